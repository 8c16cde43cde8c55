/**
 * Times changes on their way: a writer marks each one when it is made, a receiver's listener finds it again by the
 * writer's Yjs clock, whether it comes alone or merged with others. Changes that were never marked (warming up) are
 * passed over.
 */
export class Deliveries {
  /** Milliseconds from a change to its receipt, in the order of receipt. */
  readonly samples: number[] = [];
  /** How many receipts the marks so far lead to. */
  expected = 0;
  readonly #marks = new Map<number, number[]>();

  get missing(): number {
    return this.expected - this.samples.length;
  }

  /** The change at `clock` of `clientId` is made now and will reach `receivers` others. */
  mark(clientId: number, clock: number, receivers: number, now = performance.now()): void {
    const marks = this.#marks.get(clientId) ?? [];
    this.#marks.set(clientId, marks);
    marks[clock] = now;
    this.expected += receivers;
  }

  /** What the receiver `self` calls with each update; counts every change once, and none that a server sends back. */
  listener(self: number): (clientId: number, end: number, at: number) => void {
    const seen = new Map<number, number>();
    return (clientId, end, at) => {
      if (clientId === self) return;
      const marks = this.#marks.get(clientId);
      for (let clock = seen.get(clientId) ?? 0; marks !== undefined && clock < end; clock++) {
        const markedAt = marks[clock];
        if (markedAt !== undefined) this.samples.push(at - markedAt);
      }
      seen.set(clientId, Math.max(end, seen.get(clientId) ?? 0));
    };
  }
}
