/** Bytes. */
export interface FlowLimits {
  /** After so many a reader is asked how far it is. Whoever reads on never has more than a few of these waiting. */
  readonly askBytes: number;
  /** With so many unconfirmed a reader is left where it is, and brought on from there when it answers. */
  readonly mostBytes: number;
  /** A reader that was left behind is brought on in steps of this size. */
  readonly stepBytes: number;
  /** One of which nobody knows whether it will ever answer is sent away with so many: that bounds memory, too. */
  readonly unansweredBytes: number;
}

/** What is sent to a socket lies in the runtime's memory until its other side takes it. */
export const flowLimits: FlowLimits = {
  askBytes: 256 * 1024,
  mostBytes: 4 * 1024 * 1024,
  stepBytes: 1024 * 1024,
  unansweredBytes: 64 * 1024 * 1024,
};

/** How much of what was sent to one reader it may not have taken yet. A slow reader must not cost memory without bound. */
export class Flow {
  readonly #limits: FlowLimits;
  #sent = 0;
  #confirmed = 0;
  #asked: number | null = null;
  /** Somebody's presence changed and this reader was not told. */
  missedPresence = false;

  constructor(limits: FlowLimits) {
    this.#limits = limits;
  }

  /** Counts what is sent. @returns the token with which to ask how far the reader is, or null while that is known well enough */
  count(bytes: number): number | null {
    this.#sent += bytes;
    return this.#sent - this.#confirmed > this.#limits.askBytes ? this.ask() : null;
  }

  /** @returns the token to ask with; null when an answer is awaited already */
  ask(): number | null {
    if (this.#asked !== null) return null;
    this.#asked = this.#sent;
    return this.#sent;
  }

  /** The reader has taken in what was sent before it was asked. An answer to a question of an earlier wake means all. */
  confirm(): void {
    this.#confirmed = this.#asked ?? this.#sent;
    this.#asked = null;
  }

  /** It has something to read: what others can live without is not added to that. */
  get isBusy(): boolean {
    return this.#sent - this.#confirmed > this.#limits.askBytes;
  }

  get isFull(): boolean {
    return this.#sent - this.#confirmed > this.#limits.mostBytes;
  }

  /** More than anybody may have waiting, whether they answer or not. */
  get isOverfull(): boolean {
    return this.#sent - this.#confirmed > this.#limits.unansweredBytes;
  }
}
