/**
 * A connection of which nothing was heard for so long is gone, whatever its socket says. Our provider gives a sign
 * of life every 30 s, and in a hidden tab at least every minute.
 */
export const SILENT_MS = 80_000;

/** Milliseconds after the last activity at which silent connections are looked for, closely at first. */
const FIRST_SWEEPS_MS = [85_000, 125_000, 205_000] as const;
/** … and from then on. Each sweep wakes the object; with `SILENT_MS` it stays below ten minutes. */
const EVERY_MS = 500_000;

/**
 * When to look for silent connections next. From `activeAt` alone: a sweep that found nothing leaves nothing to
 * remember. Who falls silent soon after an activity is found within two minutes, anybody within ten.
 *
 * @param activeAt when somebody last wrote, came or moved
 */
export function nextSweep(activeAt: number, now: number): number {
  for (const after of FIRST_SWEEPS_MS) if (activeAt + after > now) return activeAt + after;
  const regularFrom = activeAt + FIRST_SWEEPS_MS[2];
  return regularFrom + (Math.floor((now - regularFrom) / EVERY_MS) + 1) * EVERY_MS;
}
