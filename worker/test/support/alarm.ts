import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { stubOf } from "./api.ts";

/** Lets the turn go by in which an alarm is set that an earlier one asked for. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** When the alarm will fire, ms since the epoch; null when none will. */
export function alarmOf(id: string): Promise<number | null> {
  return runInDurableObject(stubOf(id), async (_, { storage }) => {
    // the alarm is set when what was written with it is on the disk, which takes its time for much of it
    await storage.sync();
    await turn();
    return storage.getAlarm();
  });
}

/** Lets the alarm fire now, if there is one. */
export async function fireAlarm(id: string): Promise<void> {
  if ((await alarmOf(id)) !== null) await runDurableObjectAlarm(stubOf(id));
}

/** Lets the alarm believe that nobody has typed for a while, and waits for its work. */
export async function alarmAfterSilence(id: string): Promise<void> {
  await later(60_000, () => fireAlarm(id));
}

/** Does something with the clock `ms` ahead. */
export async function later<T>(ms: number, act: () => Promise<T>): Promise<T> {
  const { now } = Date;
  Date.now = () => now() + ms;
  try {
    return await act();
  } finally {
    Date.now = now;
  }
}
