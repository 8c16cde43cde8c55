import type { Seq } from "@palimpsest/history";
import type { Identity } from "@palimpsest/protocol";
import { FRAGMENT_NAME } from "@palimpsest/schema";
import type { DocumentStore } from "@palimpsest/store";
import {
  DeleteSet,
  decodeDeleteSet,
  passageReversal,
  refersTo,
  revert,
  type Stranded,
  strandedIn,
} from "@palimpsest/ydoc";
import { BroughtBack } from "./brought-back.ts";
import { type Damaged, orDamaged } from "./damaged.ts";
import type { DocumentParts } from "./document-parts.ts";
import { type Person, peopleOf } from "./history-page.ts";
import { TOO_LARGE, type TooLarge } from "./moment.ts";
import { newClientId } from "./new-client-id.ts";
import type { BeforeFloor, Past, Stretch } from "./past.ts";
import type { Restored, Restoring } from "./restoring.ts";

/** Text that was written into something which a restore had removed, by somebody who had not heard of it. */
export interface Rescue {
  readonly id: string;
  /** The restore that had removed what it was written into. */
  readonly restore: number;
  /** The newest frame of it, and when that was. */
  readonly seq: number;
  readonly at: string | null;
  readonly author: Person;
  readonly text: string;
  /** ProseMirror nodes. */
  readonly content: readonly object[];
}

type Refusal = TooLarge | Damaged | BeforeFloor;

/** Ids of rescues that nobody wants to see any more, as a JSON list. */
const DISMISSED = "dismissed-rescues";
/** As many are remembered; those of the oldest restores are forgotten first. */
const MAX_DISMISSED = 500;
/** Frames that may have come between two looks. */
const LOOK_BACK = 50;

interface Found {
  readonly id: string;
  readonly stranded: Stranded;
}

/** What concurrent edits would have lost to a restore. It is all in the log: this finds it and puts it back. */
export class Rescues {
  readonly #parts: DocumentParts;
  readonly #past: Past;
  readonly #restoring: Restoring;
  /** What restores deleted; null until it is needed. */
  #watched: DeleteSet | null = null;
  #lookedTo = 0;

  constructor(parts: DocumentParts, past: Past, restoring: Restoring) {
    this.#parts = parts;
    this.#past = past;
    this.#restoring = restoring;
  }

  list(): { readonly ok: true; readonly rescues: readonly Rescue[] } | Refusal {
    return orDamaged(() => {
      const { store, host } = this.#parts;
      const now = Date.now();
      host.flush(now);
      if (!store.hasRestores) return { ok: true, rescues: [] };
      const stretch = this.#stretch(now, false);
      if (stretch === null) return TOO_LARGE;
      if ("ok" in stretch) return stretch;
      const people = peopleOf(store.authors());
      const rescues = this.#find(stretch).map(({ id, stranded }) => ({
        id,
        restore: stranded.deletedAt,
        seq: stranded.until,
        at: stretch.facts.at(stranded.until),
        author: people(stranded.author),
        text: stranded.text,
        content: [{ type: "paragraph", content: [{ type: "text", text: stranded.text }] }],
      }));
      return { ok: true, rescues };
    });
  }

  putBack(id: string, user: Identity): Restored | Refusal | Unknown {
    return orDamaged(() => {
      const { store, host } = this.#parts;
      const now = Date.now();
      host.flush(now);
      if (!store.hasRestores) return UNKNOWN;
      const stretch = this.#stretch(now, true);
      if (stretch === null) return TOO_LARGE;
      if ("ok" in stretch) return stretch;
      const { weave } = stretch;
      try {
        const found = this.#find(stretch).find((each) => each.id === id);
        if (found === undefined) return UNKNOWN;
        const { deletedAt, ranges, from, until, author } = found.stranded;
        // what it was written into was last there before the restore
        const reversal = passageReversal(weave, deletedAt - 1, ranges);
        const { moved } = new BroughtBack(store);
        const reverted = revert(weave.doc, reversal, newClientId(store), { moved });
        const facts = {
          how: "rescue",
          of: store.authors().find(({ no }) => no === author)?.no ?? null,
          from: (from - 1) as Seq,
          through: until as Seq,
        } as const;
        return this.#restoring.write({ target: until as Seq, facts, reverted }, user, now);
      } finally {
        weave.destroy();
      }
    });
  }

  /** Takes it from the list. Its text stays in the history. */
  dismiss(id: string): { readonly ok: true } | Refusal | Unknown {
    const listed = this.list();
    if (!listed.ok) return listed;
    if (!listed.rescues.some((rescue) => rescue.id === id)) return UNKNOWN;
    const { store, host } = this.#parts;
    store.writeNote(DISMISSED, JSON.stringify([...this.#dismissed(), id].slice(-MAX_DISMISSED)));
    host.dispatch({ kind: "notify", notice: { kind: "history" } });
    return { ok: true };
  }

  /**
   * Whether something new may have been written into what a restore removed. It looks at ids alone, and is sometimes
   * wrong: who types beside restored text refers to what stood there.
   */
  mayHaveNews(): boolean {
    const { store } = this.#parts;
    if (!store.hasRestores) return false;
    this.#watched ??= idsDeletedBy(store);
    const { head } = store.stats();
    const after = Math.max(this.#lookedTo, head - LOOK_BACK, 0) as Seq;
    this.#lookedTo = head;
    let hasNews = false;
    for (const { kind, update } of store.frames(after, head)) {
      // what it deleted is noted behind its frame: read again for the next one
      if (kind === "restore") this.#watched = null;
      else hasNews ||= this.#watched !== null && refersTo(update, this.#watched);
    }
    return hasNews;
  }

  /** @param own whether it is going to be changed */
  #stretch(now: number, own: boolean): Stretch | BeforeFloor | null {
    const { store } = this.#parts;
    const { head, floor } = store.stats();
    // of what a restore below the floor removed, the log knows nothing any more
    const first = store.restoreFacts().find(({ seq }) => seq > floor);
    const from = ((first?.seq ?? head + 1) - 1) as Seq;
    return own ? this.#past.take(from, head, now) : this.#past.stretch(from, head, now);
  }

  #find({ weave, facts }: Stretch): Found[] {
    const { store } = this.#parts;
    const restores = new Set<number>(store.restoreFacts().map(({ seq }) => seq));
    const dismissed = new Set(this.#dismissed());
    const broughtBack = new BroughtBack(store);
    const found: Found[] = [];
    const all = strandedIn(weave, FRAGMENT_NAME, {
      isAsked: (seq) => restores.has(seq),
      authorOf: (seq) => facts.get(seq)?.author ?? 0,
    });
    for (const stranded of all) {
      const [first] = stranded.ranges;
      if (first === undefined) continue;
      const id = `${stranded.deletedAt}-${first.client}-${first.clock}`;
      const now = broughtBack.moved.newest(first);
      const isBack = now.client !== first.client || now.clock !== first.clock;
      if (!isBack && !dismissed.has(id)) found.push({ id, stranded });
    }
    return found;
  }

  #dismissed(): string[] {
    return JSON.parse(this.#parts.store.readNote(DISMISSED) ?? "[]") as string[];
  }
}

function idsDeletedBy(store: DocumentStore): DeleteSet {
  const ids = new DeleteSet();
  for (const { deletes } of store.restores()) ids.addAll(decodeDeleteSet(deletes));
  return ids;
}

interface Unknown {
  readonly ok: false;
  readonly code: "unknown-rescue";
}

const UNKNOWN: Unknown = { ok: false, code: "unknown-rescue" };
