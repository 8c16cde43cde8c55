import { runDurableObjectAlarm } from "cloudflare:test";
import { stubOf } from "./api.ts";

/** Lets the alarm believe that nobody has typed for a while, and waits for its work. */
export async function alarmAfterSilence(id: string): Promise<void> {
  await later(60_000, () => runDurableObjectAlarm(stubOf(id)));
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
