import { runDurableObjectAlarm } from "cloudflare:test";
import { stubOf } from "./api.ts";

/** Lets the alarm believe that nobody has typed for a while, and waits for its work. */
export async function alarmAfterSilence(id: string): Promise<void> {
  const { now } = Date;
  Date.now = () => now() + 60_000;
  try {
    await runDurableObjectAlarm(stubOf(id));
  } finally {
    Date.now = now;
  }
}
