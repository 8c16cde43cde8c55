import { DeleteSet } from "./delete-set.ts";
import { IdMap, type MappedRange, plus } from "./id-map.ts";
import type { IdRange } from "./ids.ts";
import type { Id } from "./woven.ts";

/**
 * What an edit that takes something back inserted again: Yjs cannot revive what was deleted, so the same characters
 * come back under new ids. As many ids from `to` on as `from` is long.
 */
export interface Move {
  readonly from: IdRange;
  readonly to: Id;
}

/**
 * Which ids are the same character, over a document's restores. A character can be deleted and put back many times,
 * from whichever of its forms: all of them are one character, and the form inserted last is its newest.
 */
export class Moved {
  readonly #moves: readonly Move[];
  /** Every later form → the first one. */
  readonly #origins = new IdMap();
  /** First form → newest. */
  readonly #newest = new IdMap();

  /** @param restores the moves of each edit that made some, in the order of the edits */
  constructor(restores: Iterable<readonly Move[]> = []) {
    const moves: Move[] = [];
    for (const restore of restores) for (const move of restore) moves.push(move);
    this.#moves = moves;
    for (const { from, to } of moves) {
      for (const part of this.#origins.parts(from)) {
        const original = part.to ?? { client: part.from.client, clock: part.from.clock };
        const now = plus(to, part.from.clock - from.clock);
        const { length } = part.from;
        this.#origins.set({ ...now, length }, original);
        this.#newest.set({ ...original, length }, now);
      }
    }
  }

  get isEmpty(): boolean {
    return this.#moves.length === 0;
  }

  /** Under which id this character was first written: whoever owns that one wrote it. */
  original(id: Id): Id {
    return this.#origins.get(id.client, id.clock) ?? id;
  }

  /** Under which id this character was inserted last. It may have been deleted since. */
  newest(id: Id): Id {
    const { client, clock } = this.original(id);
    return this.#newest.get(client, clock) ?? { client, clock };
  }

  /** The newest form of each id of a range, stretch by stretch: null where it was never inserted again. */
  *newestOf(range: IdRange): Generator<MappedRange> {
    for (const { from, to } of this.#origins.parts(range)) {
      const original = { ...(to ?? from), length: from.length };
      for (const { from: part, to: newest } of this.#newest.parts(original)) {
        const clock = from.clock + part.clock - original.clock;
        yield { from: { client: from.client, clock, length: part.length }, to: newest };
      }
    }
  }

  /** These ids and every form in which they came back: what was put back from a form that is not among them is not. */
  follow(ranges: Iterable<IdRange>): DeleteSet {
    const ids = new DeleteSet();
    ids.addAll(ranges);
    for (const { from, to } of this.#moves) {
      for (const { clock, length } of ids.held(from)) ids.add({ ...plus(to, clock - from.clock), length });
    }
    return ids;
  }

  /** As if what has these ids had never been inserted. */
  without(ids: DeleteSet): Moved {
    const left: Move[] = [];
    for (const { from, to } of this.#moves) {
      for (const { client, clock, length } of ids.missing({ ...to, length: from.length })) {
        const offset = clock - to.clock;
        left.push({ from: { ...from, clock: from.clock + offset, length }, to: { client, clock } });
      }
    }
    return new Moved([left]);
  }

  /** All forms of everything that was inserted again, each one after those that came later. */
  *formsFromNewest(): Generator<IdRange> {
    for (const { from, to } of this.#moves.toReversed()) yield { ...to, length: from.length };
    for (const { from } of this.#moves) {
      for (const part of this.#origins.parts(from)) if (part.to === null) yield part.from;
    }
  }
}
