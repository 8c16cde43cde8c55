import type * as Y from "yjs";
import type { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { rangeOf } from "./items.ts";
import type { Timeline } from "./timeline.ts";

/** What of a document is there. What something lies in may not be, all the same. */
export interface Sight {
  /** Whether a unit of the item is there. */
  sees(item: Y.Item, offset?: number): boolean;
  /** Units of the item that had been inserted, deleted since or not. */
  come(item: Y.Item): number;
  /** Its parts that are there, ascending. */
  visible(item: Y.Item): readonly IdRange[];
}

/** As the document itself sees it: nothing has to be looked up. */
export const present: Sight = {
  sees: (item) => !item.deleted,
  come: (item) => item.length,
  visible: (item) => (item.deleted ? [] : [rangeOf(item)]),
};

/** One moment of a document that holds all of them: which ids are there. */
export class Lens implements Sight {
  readonly #vector: ReadonlyMap<ClientId, number>;
  readonly #deletes: DeleteSet;

  constructor(vector: ReadonlyMap<ClientId, number>, deletes: DeleteSet) {
    this.#vector = vector;
    this.#deletes = deletes;
  }

  static at(seq: number, timeline: Timeline): Lens {
    return new Lens(timeline.vectorAt(seq), timeline.deletesAt(seq));
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

  sees(item: Y.Item, offset = 0): boolean {
    return this.has(item.id.client as ClientId, item.id.clock + offset);
  }

  come(item: Y.Item): number {
    return Math.min(item.length, this.end(item.id.client as ClientId) - item.id.clock);
  }

  visible(item: Y.Item): readonly IdRange[] {
    return this.parts(rangeOf(item));
  }

  /** The parts of the range that are there, ascending. */
  parts(range: IdRange): readonly IdRange[] {
    const known = this.end(range.client) - range.clock;
    if (known <= 0) return [];
    return this.#deletes.missing(known >= range.length ? range : { ...range, length: known });
  }
}
