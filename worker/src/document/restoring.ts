import type { AuthorNo, Seq } from "@palimpsest/history";
import type { Identity } from "@palimpsest/protocol";
import { FRAGMENT_NAME } from "@palimpsest/schema";
import type { RestoreFacts } from "@palimpsest/store";
import {
  blocksReversal,
  compare,
  type DeleteSet,
  deleteSetOf,
  encodeMoves,
  type Id,
  type IdRange,
  type Place,
  passageReversal,
  personReversal,
  type Reversal,
  type Reverted,
  revert,
  selectionReversal,
  takeBackFrame,
  type Weave,
} from "@palimpsest/ydoc";
import { BroughtBack } from "./brought-back.ts";
import { type Damaged, orDamaged } from "./damaged.ts";
import type { DocumentParts } from "./document-parts.ts";
import { type MomentProblem, resolveMoment, TOO_LARGE, type TooLarge } from "./moment.ts";
import { newClientId } from "./new-client-id.ts";
import type { BeforeFloor, Past, Stretch } from "./past.ts";
import { planRestore } from "./restore.ts";
import { keepPresent } from "./versions.ts";

/** What is to be brought back. Moments are a person's words for them: see `resolveMoment`. */
export type RestoreRequest =
  /** Everything as it was. */
  | { readonly kind: "whole"; readonly to: string }
  | { readonly kind: "blocks"; readonly to: string; readonly blocks: readonly Id[] }
  | { readonly kind: "selection"; readonly to: string; readonly from: Place; readonly until: Place }
  /** What change `change` of the comparison of two moments deleted, and only that. */
  | { readonly kind: "passage"; readonly from: string; readonly to: string; readonly change: number }
  /** Exactly the restore at `seq` is taken back; what came after it stays. */
  | { readonly kind: "undo"; readonly seq: number }
  /** What one person did in (`after`, `through`] is taken back; what others made of it stays. */
  | { readonly kind: "person"; readonly userId: string; readonly after: number; readonly through: number };

export interface Restored {
  readonly ok: true;
  /** The newest position afterwards. */
  readonly seq: number;
  /** The position before: restoring to it takes the restore back, and all that came after it. */
  readonly undo: number;
  /** False when the document already looked like that: then nothing was written. */
  readonly changed: boolean;
  /** The version that holds the present before; null when nothing was written. */
  readonly kept: string | null;
}

type Unknown = {
  readonly ok: false;
  readonly code: "unknown-passage" | "not-a-restore" | "unknown-person" | "bad-stretch";
};
export type RestoreRefusal = MomentProblem | TooLarge | Damaged | BeforeFloor | Unknown;

/** A restore as it is to be written. */
interface Plan {
  readonly target: Seq;
  readonly facts: Pick<RestoreFacts, "how" | "of" | "from" | "through">;
  readonly reverted: Reverted | null;
}

type Refusal = Exclude<RestoreRefusal, Damaged>;

/** Brings back what was: always as a new edit on top, that can be taken back itself. */
export class Restoring {
  readonly #parts: DocumentParts;
  readonly #past: Past;

  constructor(parts: DocumentParts, past: Past) {
    this.#parts = parts;
    this.#past = past;
  }

  restore(request: RestoreRequest, user: Identity): Restored | RestoreRefusal {
    return orDamaged(() => {
      const now = Date.now();
      this.#parts.host.flush(now);
      const plan = this.#plan(request, now);
      return "ok" in plan ? plan : this.write(plan, user, now);
    });
  }

  /** One turn: the present is kept, the edit appended, shown, and noted. */
  write({ target, facts, reverted }: Plan, user: Identity, now: number): Restored {
    const { store, host } = this.#parts;
    const { head } = store.stats();
    if (reverted === null) return { ok: true, seq: head, undo: head, changed: false, kept: null };
    const { update, moves } = reverted;
    const kept = keepPresent(this.#parts, "Before restoring", user);
    const seq = host.dispatch({ kind: "edit", as: "restore", target, user, update, now });
    store.addRestore({ ...facts, seq, moves: encodeMoves(moves), deletes: deleteSetOf(update).encode() });
    host.dispatch({ kind: "notify", notice: { kind: "history" } });
    return { ok: true, seq, undo: head, changed: true, kept };
  }

  #plan(request: RestoreRequest, now: number): Plan | Refusal {
    switch (request.kind) {
      case "whole":
        return this.#whole(request.to, now);
      case "blocks":
        return this.#part(request.to, now, ({ weave }, seq) => blocksReversal(weave, seq, request.blocks));
      case "selection":
        return this.#part(request.to, now, ({ weave }, seq) =>
          selectionReversal(weave, seq, request.from, request.until),
        );
      case "passage":
        return this.#part(request.from, now, ({ weave, facts }, seq) => {
          const until = resolveMoment(request.to, this.#parts.store, now);
          if (!until.ok || until.seq < seq) return null;
          const authorOf = (frame: number) => facts.get(frame)?.author ?? 0;
          const ids = compare(weave, FRAGMENT_NAME, seq, until.seq, authorOf).deletedBy(request.change);
          return ids.length === 0 ? null : passageReversal(weave, seq, ids);
        });
      case "undo":
        return this.#undo(request.seq as Seq, now);
      case "person":
        return this.#person(request.userId, request.after as Seq, request.through as Seq, now);
    }
  }

  #whole(to: string, now: number): Plan | Refusal {
    const { store } = this.#parts;
    const moment = resolveMoment(to, store, now);
    if (!moment.ok) return moment;
    const restoring = planRestore(moment.seq, newClientId(store), store);
    if (restoring.kind === "too-large") return TOO_LARGE;
    const reverted = restoring.kind === "edit" ? restoring.reverted : null;
    return { target: moment.seq, facts: { ...whole, how: "whole" }, reverted };
  }

  #part(
    to: string,
    now: number,
    reversalOf: (stretch: Stretch, seq: Seq) => Reversal | null,
  ): Plan | Refusal {
    const moment = resolveMoment(to, this.#parts.store, now);
    if (!moment.ok) return moment;
    return this.#revert(moment.seq, { ...whole, how: "part" }, now, (stretch) =>
      reversalOf(stretch, moment.seq),
    );
  }

  #undo(seq: Seq, now: number): Plan | Refusal {
    const { store } = this.#parts;
    const frame = seq > 0 ? store.frameHeadAt(seq) : null;
    if (frame?.kind !== "restore") return { ok: false, code: "not-a-restore" };
    const before = (seq - 1) as Seq;
    const facts = { ...whole, how: "undo", from: before, through: seq } as const;
    const reversalOf = ({ weave }: Stretch) => {
      const [restore] = store.frames(before, seq);
      return restore === undefined
        ? null
        : takeBackFrame(weave.doc, restore.update, this.#deletes(weave, before, seq));
    };
    return this.#revert(before, facts, now, reversalOf, true);
  }

  #person(userId: string, after: Seq, through: Seq, now: number): Plan | Refusal {
    const { store } = this.#parts;
    const { head, floor } = store.stats();
    const person = store.authors().find((author) => author.userId === userId);
    if (person === undefined) return { ok: false, code: "unknown-person" };
    if (through > head) return { ok: false, code: "beyond-head", head };
    if (after < floor) return { ok: false, code: "before-floor", floor };
    if (after >= through) return { ok: false, code: "bad-stretch" };
    const facts = { how: "person", of: person.no, from: after, through } as const;
    return this.#revert(
      after,
      facts,
      now,
      ({ weave }) =>
        personReversal(
          weave.doc,
          this.#frames(after, through, person.no),
          this.#deletes(weave, after, through),
        ),
      true,
    );
  }

  /** @param seq what is brought back was there at this moment, or has gone since */
  #revert(
    seq: Seq,
    facts: Plan["facts"],
    now: number,
    reversalOf: (stretch: Stretch) => Reversal | null,
    keepForeign = false,
  ): Plan | Refusal {
    const { store } = this.#parts;
    const stretch = this.#past.take(seq, store.stats().head, now);
    if (stretch === null) return TOO_LARGE;
    if ("ok" in stretch) return stretch;
    const { weave } = stretch;
    try {
      const reversal = reversalOf(stretch);
      if (reversal === null) return { ok: false, code: "unknown-passage" };
      const { moved } = new BroughtBack(store);
      const reverted = revert(weave.doc, reversal, newClientId(store), { moved, keepForeign });
      return { target: seq, facts, reverted };
    } finally {
      weave.destroy();
    }
  }

  *#frames(after: Seq, through: Seq, author: AuthorNo) {
    for (const frame of this.#parts.store.frames(after, through)) {
      yield { update: frame.update, isTheirs: frame.author === author };
    }
  }

  /** What all frames but those in (`after`, `through`] delete, as far back as the weave goes. */
  *#deletes({ timeline }: Weave, after: Seq, through: Seq): Generator<IdRange> {
    yield* timeline.base.deletes;
    const { store } = this.#parts;
    const sets: DeleteSet[] = [];
    for (const { update } of store.frames(timeline.base.seq as Seq, after)) sets.push(deleteSetOf(update));
    for (const { update } of store.frames(through, timeline.end as Seq)) sets.push(deleteSetOf(update));
    for (const set of sets) yield* set;
  }
}

const whole = { of: null, from: null, through: null } as const;
