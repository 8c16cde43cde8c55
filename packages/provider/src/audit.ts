import {
  type ClientMessage,
  digest,
  type Seq,
  type ServerCopy,
  type ServerMessage,
} from "@palimpsest/protocol";
import * as Y from "yjs";
import { hasMore, isBehind, lengthOf } from "./server-lacks.ts";
import { Alarm, type Timers } from "./timers.ts";

/** What of this copy is not in the log. Deletions alone need no mistake: Yjs deletes what lies in something deleted. */
export type ServerLacks = "nothing" | "deletions" | "content";

/** In what this copy and the server's log were found to differ. */
export interface Difference {
  /** Something of the log is missing here. */
  readonly isBehind: boolean;
  readonly serverLacks: ServerLacks;
}

/** What an answer to an audit means. */
export type Verdict =
  /** The copies are the same, or this one has moved on since it asked: the next quiet moment asks again. */
  | { readonly kind: "nothing" }
  /** Everything up to the server's position was sent before its answer, and did not come. */
  | { readonly kind: "missed" }
  | { readonly kind: "different"; readonly difference: Difference; readonly copy: ServerCopy };

/** Milliseconds. */
export const auditing = {
  /** Without news: a copy is compared when nothing is on its way. */
  quietMs: 2_000,
  /**
   * Everybody's copy falls quiet at once; they ask one after the other, so that what the first one finds is mended
   * when the others ask. Together with the quiet less than the 10 s after which an idle object is put to sleep.
   */
  spreadMs: 4_000,
} as const;

export interface AuditOptions {
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  /** Frames between two audits. */
  readonly every: number;
  readonly doc: Y.Doc;
  /** The exact position of the copy, while it is live and nothing local waits to be acknowledged; else null. */
  readonly position: () => Seq | null;
  readonly send: (audit: ClientMessage & { kind: "audit" }) => void;
}

/**
 * Asks the server now and then whether it has the same as this copy. Only in the quiet after something happened: an
 * idle document is never woken for it.
 */
export class Audit {
  readonly #options: AuditOptions;
  readonly #timer: Alarm;
  /** Up to where the copies were the same, or one came out of the other. */
  #through: number | null = null;
  #isDue = false;
  #asked: Seq | null = null;

  constructor(options: AuditOptions) {
    this.#options = options;
    this.#timer = new Alarm(options.timers);
  }

  /** The first sync is complete: of a whole copy, or (`from` is the position before) of what came after. */
  synced(from: number | null, seq: number): void {
    if (from === null) {
      this.#through = seq;
      this.#isDue = false;
    } else {
      // of a stored copy nobody knows better up to where it was compared
      this.#through ??= from;
      // whatever was lost before may show now, and nobody compared the state vectors
      if (seq > from) this.#isDue = true;
    }
    this.activity();
  }

  /** Something came, was acknowledged or was typed. */
  activity(): void {
    const { position, random } = this.#options;
    const seq = position();
    this.#timer.clear();
    if (seq === null || this.#through === null) return;
    if (seq - this.#through >= this.#options.every) this.#isDue = true;
    if (this.#isDue) this.#timer.set(auditing.quietMs + random() * auditing.spreadMs, () => this.#ask());
  }

  /** The connection is gone. */
  stop(): void {
    this.#timer.clear();
    this.#asked = null;
  }

  answered({ seq, difference }: ServerMessage & { kind: "audited" }): Verdict {
    const position = this.#options.position();
    const asked = this.#asked;
    this.#asked = null;
    if (asked === null || position === null) return { kind: "nothing" };
    if (seq > position) return { kind: "missed" };
    if (seq !== asked || seq !== position) return { kind: "nothing" };
    this.#isDue = false;
    this.#through = seq;
    if (difference === null) return { kind: "nothing" };
    return { kind: "different", difference: compare(this.#options.doc, difference), copy: difference };
  }

  #ask(): void {
    const { doc, position, send } = this.#options;
    const seq = position();
    if (seq === null) return;
    this.#asked = seq;
    const stateVector = Y.encodeStateVector(doc);
    send({
      kind: "audit",
      seq,
      stateVector: digest(stateVector),
      deleteSet: digest(deleteSetOf(doc, stateVector)),
    });
  }
}

function compare(doc: Y.Doc, { stateVector, deleteSet }: ServerCopy): Difference {
  const here = Y.createDeleteSetFromStructStore(doc.store);
  // an update without structs is a zero and the delete set
  const deletions = new Uint8Array(deleteSet.length + 1);
  deletions.set(deleteSet, 1);
  const there = Y.decodeUpdate(deletions).ds;
  const either = lengthOf(Y.mergeDeleteSets([here, there]));
  const serverLacks: ServerLacks = hasMore(doc, stateVector)
    ? "content"
    : either > lengthOf(there)
      ? "deletions"
      : "nothing";
  return { isBehind: isBehind(doc, stateVector) || either > lengthOf(here), serverLacks };
}

/** Of everything that is deleted, as Yjs writes it: canonical, since it reads the structs in their order. */
function deleteSetOf(doc: Y.Doc, stateVector: Uint8Array): Uint8Array {
  return Y.encodeStateAsUpdate(doc, stateVector).subarray(1);
}
