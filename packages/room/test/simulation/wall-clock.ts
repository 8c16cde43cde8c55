import type { FakeClock } from "@palimpsest/testkit/clock";

/** One machine's own idea of the time. Setting it moves no timer, as on the platforms. */
export class WallClock {
  readonly #clock: FakeClock;
  #aheadMs = 0;
  readonly setTimeout: FakeClock["setTimeout"];
  readonly clearTimeout: FakeClock["clearTimeout"];

  constructor(clock: FakeClock) {
    this.#clock = clock;
    this.setTimeout = clock.setTimeout;
    this.clearTimeout = clock.clearTimeout;
  }

  readonly now = (): number => this.#clock.now() + this.#aheadMs;

  /** Somebody, or the network, sets it: forward, or back. */
  jump(ms: number): void {
    this.#aheadMs += ms;
  }
}
