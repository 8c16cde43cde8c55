import type { Seq } from "@palimpsest/history";
import { FRAGMENT_NAME, META_NAME, TITLE_KEY } from "@palimpsest/schema";
import { compare, creditOf, type Weave } from "@palimpsest/ydoc";
import { BroughtBack } from "./brought-back.ts";
import { type Damaged, orDamaged } from "./damaged.ts";
import type { DocumentParts } from "./document-parts.ts";
import { peopleOf } from "./history-page.ts";
import { type MomentProblem, resolveMoment, TOO_LARGE, type TooLarge } from "./moment.ts";
import type { BeforeFloor, Past, Stretch } from "./past.ts";
import { comparedJSON, creditedJSON, momentJSON } from "./past-json.ts";
import { People } from "./told.ts";

/** An answer as text: objects of ten thousand blocks would be copied one by one on their way out of the object. */
export interface Shown {
  readonly ok: true;
  readonly seq: number;
  readonly json: string;
}

type Refusal = MomentProblem | TooLarge | Damaged | BeforeFloor;

/** What a document looked like, what became of it and who wrote it. Reads, and writes nothing. */
export class Looking {
  readonly #parts: DocumentParts;
  readonly #past: Past;

  constructor(parts: DocumentParts, past: Past) {
    this.#parts = parts;
    this.#past = past;
  }

  /** @param ids each node with that of its item */
  moment(at: string | null, ids: boolean): Shown | Refusal {
    return this.#looking([at], ({ weave }, [seq]) => {
      const { store } = this.#parts;
      const head = seq > 0 ? store.frameHeadAt(seq) : null;
      return {
        seq,
        at: head === null ? null : new Date(head.time).toISOString(),
        author: head === null ? null : peopleOf(store.authors())(head.author),
        title: titleAt(weave, seq),
        content: momentJSON(weave.between(FRAGMENT_NAME, seq, seq), ids),
      };
    });
  }

  /** What became of the document between two moments, whichever is the earlier one. */
  difference(from: string | null, to: string | null): Shown | Refusal {
    return this.#looking([from, to], ({ weave, facts }, [first, second]) => {
      const people = new People(this.#parts.store);
      const authorOf = (seq: number) => facts.get(seq)?.author ?? 0;
      const { nodes, changes, shares } = compare(weave, FRAGMENT_NAME, first, second, authorOf);
      const total = { inserted: 0, deleted: 0 };
      for (const { inserted, deleted } of shares) {
        total.inserted += inserted;
        total.deleted += deleted;
      }
      const content = comparedJSON(nodes, (seq) => people.told(seq, facts));
      return {
        from: { seq: first, at: this.#timeOf(first) },
        to: { seq: second, at: this.#timeOf(second) },
        people: people.list,
        title: { before: titleAt(weave, first), after: titleAt(weave, second) },
        summary: {
          changes,
          ...total,
          people: shares.map(({ author, ...share }) => ({ person: people.index(author), ...share })),
        },
        content,
      };
    });
  }

  /** Who wrote each span of a moment, and when. */
  authorship(at: string | null): Shown | Refusal {
    return this.#looking([at], ({ weave }, [seq]) => {
      const { store } = this.#parts;
      const { timeline, facts } = this.#past.origins(seq, Date.now());
      const people = new People(store);
      const broughtBack = new BroughtBack(store);
      const nodes = creditOf(weave.between(FRAGMENT_NAME, seq, seq), {
        timeline,
        frame: (frame) => facts.get(frame),
        ownerOf: (client) => store.ownerOf(client),
        origin: (id) => broughtBack.origin(id),
        mayHaveOrigin: (client) => broughtBack.has(client),
      });
      const content = creditedJSON(nodes, ({ author, from, until, restoredAt }) => ({
        by: author === null ? null : people.index(author),
        at: from === null ? null : facts.at(from),
        until: until === null ? null : facts.at(until),
        ...(restoredAt === null ? {} : { restored: people.told(restoredAt, facts) }),
      }));
      return { seq, at: this.#timeOf(seq), people: people.list, title: titleAt(weave, seq), content };
    });
  }

  #looking<const M extends readonly (string | null)[]>(
    moments: M,
    show: (stretch: Stretch, seqs: { [K in keyof M]: Seq }) => object,
  ): Shown | Refusal {
    return orDamaged(() => {
      const { store, host } = this.#parts;
      const now = Date.now();
      host.flush(now);
      const seqs: Seq[] = [];
      for (const at of moments) {
        const moment = resolveMoment(at, store, now);
        if (!moment.ok) return moment;
        seqs.push(moment.seq);
      }
      const [first, last] = [Math.min(...seqs) as Seq, Math.max(...seqs) as Seq];
      const stretch = this.#past.stretch(first, last, now);
      if (stretch === null) return TOO_LARGE;
      if ("ok" in stretch) return stretch;
      const shown = show(stretch, seqs as { [K in keyof M]: Seq });
      return { ok: true, seq: seqs.at(-1) as Seq, json: JSON.stringify(shown) };
    });
  }

  #timeOf(seq: number): string | null {
    const head = seq > 0 ? this.#parts.store.frameHeadAt(seq as Seq) : null;
    return head === null ? null : new Date(head.time).toISOString();
  }
}

function titleAt(weave: Weave, seq: number): string {
  const title = weave.valueAt(META_NAME, TITLE_KEY, seq);
  return typeof title === "string" ? title : "";
}
