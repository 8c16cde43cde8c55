import { Alarm, type Timers } from "./timers.ts";

/** What liveness needs of a socket. */
export interface Line {
  /** Sends the text frame that the server's runtime answers by itself, without waking the document's object. */
  ping(): void;
  /** Bytes still waiting to leave this machine. */
  buffered(): number;
  dead(): void;
}

/** Milliseconds. A dead TCP connection is noticed by nobody else for many minutes. */
export const liveness = { everyMs: 30_000, answerMs: 10_000 } as const;

/** Asks for a sign of life every 30 s; `line.dead` is called when there is none within 10 s. */
export class Liveness {
  readonly #line: Line;
  readonly #next: Alarm;
  readonly #deadline: Alarm;

  constructor(timers: Timers, line: Line) {
    this.#line = line;
    this.#next = new Alarm(timers);
    this.#deadline = new Alarm(timers);
  }

  start(): void {
    this.#next.set(liveness.everyMs, () => this.probe());
  }

  stop(): void {
    this.#next.clear();
    this.#deadline.clear();
  }

  /** Anything received is a sign of life. */
  heard(): void {
    this.#deadline.clear();
  }

  /** Asks now; while an answer is awaited already, does nothing. */
  probe(): void {
    this.start();
    if (this.#deadline.isSet) return;
    this.#await(this.#line.buffered());
    this.#line.ping();
  }

  #await(buffered: number): void {
    this.#deadline.set(liveness.answerMs, () => {
      const now = this.#line.buffered();
      // the ping stands behind a large push on a slow line; giving up would start that push again, for ever
      if (now > 0 && now < buffered) this.#await(now);
      else this.#line.dead();
    });
  }
}
