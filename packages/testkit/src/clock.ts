interface Pending {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it, with the timers that go by it. */
export class FakeClock {
  #now: number;
  #order = 0;
  readonly #pending = new Map<number, Pending>();

  /** `now` in milliseconds since 1970. */
  constructor(now = 1_000_000) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly setTimeout = (run: () => void, ms: number): unknown => {
    const order = ++this.#order;
    this.#pending.set(order, { due: this.#now + Math.max(0, ms), order, run });
    return order;
  };

  readonly clearTimeout = (timer: unknown): void => {
    this.#pending.delete(timer as number);
  };

  /** How many timers are set. */
  get timers(): number {
    return this.#pending.size;
  }

  /** Moves the time, as a person who sets the computer's clock does: no timer runs for it. */
  set(now: number): void {
    this.#now = now;
  }

  /** Lets `ms` milliseconds pass. Timers run in the order in which they are due, promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== null; next = this.#next(end)) {
      this.#pending.delete(next.order);
      this.#now = Math.max(this.#now, next.due);
      next.run();
      await settle();
    }
    this.#now = end;
  }

  #next(end: number): Pending | null {
    let next: Pending | null = null;
    for (const pending of this.#pending.values()) {
      if (pending.due > end) continue;
      // the map is in the order of setting: of two that are due together, the older one stays
      if (next === null || pending.due < next.due) next = pending;
    }
    return next;
  }
}

/** Lets every promise that can settle without time passing do so. */
export async function settle(): Promise<void> {
  // one turn for each link of the longest chain of awaits in the code under test; more do no harm
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}
