import type { DocumentStore } from "@palimpsest/store";
import type { TimedUpdate } from "@palimpsest/ydoc";
import { type Person, peopleOf } from "./history-page.ts";
import type { Told } from "./past-json.ts";

/** Authors are numbered from 1 on. */
const NOBODY = 0;

/** Who wrote the frames of a stretch and when, without their bytes. */
export class FrameFacts {
  readonly #after: number;
  readonly #authors: number[] = [];
  readonly #times: number[] = [];

  /** @param after the position before the first frame */
  constructor(after: number) {
    this.#after = after;
  }

  /** Notes frames in ascending order, and hands each on. */
  *note(
    frames: Iterable<TimedUpdate & { readonly author: number; readonly time: number }>,
  ): Generator<TimedUpdate> {
    for (const frame of frames) {
      // those that cannot be read are nobody's
      for (let missing = frame.seq - this.#after - 1 - this.#authors.length; missing > 0; missing--) {
        this.#authors.push(NOBODY);
        this.#times.push(0);
      }
      this.#authors.push(frame.author);
      this.#times.push(frame.time);
      yield frame;
    }
  }

  get(seq: number): { readonly author: number; readonly time: number } | null {
    const index = seq - this.#after - 1;
    const author = this.#authors[index];
    return author === undefined || author === NOBODY ? null : { author, time: this.#times[index] as number };
  }

  at(seq: number): string | null {
    const facts = this.get(seq);
    return facts === null ? null : new Date(facts.time).toISOString();
  }
}

/** The people of an answer, each once, so that a thousand spans name them by a number. */
export class People {
  readonly #person: (no: number) => Person;
  readonly #indexes = new Map<number, number>();
  readonly list: Person[] = [];

  constructor(store: DocumentStore) {
    this.#person = peopleOf(store.authors());
  }

  index(author: number): number {
    let index = this.#indexes.get(author);
    if (index === undefined) {
      index = this.list.push(this.#person(author)) - 1;
      this.#indexes.set(author, index);
    }
    return index;
  }

  told(seq: number, facts: FrameFacts): Told {
    const frame = facts.get(seq);
    return { by: frame === null ? null : this.index(frame.author), at: facts.at(seq) };
  }
}
