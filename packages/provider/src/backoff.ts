/** How long to wait between attempts, in milliseconds. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/**
 * The wait before the next attempt, in milliseconds, after `failures` attempts that failed before this one (0 for
 * the first). Full jitter: anything from 0 to an exponentially growing bound, so that a thousand tabs whose
 * document was restarted at one instant do not all return at one instant. `random` is in [0, 1).
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export function backoffDelayMs(failures: number, random: number, { baseMs, capMs }: Backoff): number {
  // 2 ** 1024 is Infinity and min() brings it back to the cap: no failure count is too large
  return random * Math.min(capMs, baseMs * 2 ** failures);
}
