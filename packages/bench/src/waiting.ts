import { setTimeout as sleep } from "node:timers/promises";

/** Looks every `everyMs` whether it is so; false when it was not within `limitMs`. */
export async function until(isSo: () => boolean, limitMs: number, everyMs = 5): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > end) return false;
    await sleep(everyMs);
  }
  return true;
}

/** Waits for a moment of `performance.now()`; not at all when it has passed. */
export async function sleepUntil(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await sleep(left);
}

/** One turn of the event loop, in which sockets are read and written. */
export function yieldToSockets(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
