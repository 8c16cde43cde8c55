import type { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import type { Timeline } from "./timeline.ts";

/** One moment of a document that holds all of them: which ids are there. */
export class Lens {
  readonly #vector: ReadonlyMap<ClientId, number>;
  readonly #deletes: DeleteSet;

  constructor(timeline: Timeline, seq: number) {
    this.#vector = timeline.vectorAt(seq);
    this.#deletes = timeline.deletesAt(seq);
  }

  /** Whether it had been inserted, deleted since or not. */
  knows(client: ClientId, clock: number): boolean {
    return clock < (this.#vector.get(client) ?? 0);
  }

  /** The clock after what the client had inserted. */
  end(client: ClientId): number {
    return this.#vector.get(client) ?? 0;
  }

  /** Whether it is there, as far as it goes by itself: what it lies in may not be. */
  has(client: ClientId, clock: number): boolean {
    return this.knows(client, clock) && !this.#deletes.has(client, clock);
  }

  /** The parts of the range that are there, ascending. */
  parts(range: IdRange): readonly IdRange[] {
    const known = this.end(range.client) - range.clock;
    if (known <= 0) return [];
    return this.#deletes.missing(known >= range.length ? range : { ...range, length: known });
  }
}
