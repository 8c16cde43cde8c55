/** The clock and the timers a provider runs on; tests give it a clock that stands still. */
export interface Timers {
  /** Milliseconds since 1970; shown to people as `retryAt`. */
  now(): number;
  /** Calls `run` once after `ms` milliseconds; the result is only ever handed back to `clearTimeout`. */
  setTimeout(run: () => void, ms: number): unknown;
  /** Forgets a timer; one that already ran is no error. */
  clearTimeout(timer: unknown): void;
}

export const platformTimers: Timers = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/** One timer that is either set or not: setting it again replaces it, so two can never be pending. */
export class Alarm {
  readonly #timers: Timers;
  #pending: unknown = null;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get isSet(): boolean {
    return this.#pending !== null;
  }

  /** Calls `run` in `ms` milliseconds, instead of whatever was set before. */
  set(ms: number, run: () => void): void {
    this.clear();
    this.#pending = this.#timers.setTimeout(() => {
      this.#pending = null;
      run();
    }, ms);
  }

  clear(): void {
    if (this.#pending === null) return;
    this.#timers.clearTimeout(this.#pending);
    this.#pending = null;
  }
}
