import * as Y from "yjs";
import { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import type { Timeline } from "./timeline.ts";

/** One moment of a document that holds all of them: which ids are there. */
export class Lens {
  readonly #vector: ReadonlyMap<ClientId, number>;
  readonly #deletes: DeleteSet;

  constructor(vector: ReadonlyMap<ClientId, number>, deletes: DeleteSet) {
    this.#vector = vector;
    this.#deletes = deletes;
  }

  static at(seq: number, timeline: Timeline): Lens {
    return new Lens(timeline.vectorAt(seq), timeline.deletesAt(seq));
  }

  /** As the document itself sees it. */
  static now(doc: Y.Doc): Lens {
    const vector = Y.decodeStateVector(Y.encodeStateVector(doc));
    const ranges: IdRange[] = [];
    for (const [client, list] of Y.createDeleteSetFromStructStore(doc.store).clients) {
      for (const { clock, len } of list) ranges.push({ client: client as ClientId, clock, length: len });
    }
    const deletes = new DeleteSet();
    deletes.addAll(ranges);
    return new Lens(vector as Map<ClientId, number>, deletes);
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
