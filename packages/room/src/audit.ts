import type { Seq } from "@palimpsest/history";
import { type ClientMessage, digest, isSameDigest, type ServerCopy } from "@palimpsest/protocol";
import { encodeStateVector } from "@palimpsest/ydoc";
import type { KnownDocument } from "./known-document.ts";

/** In which respect a client's copy differs from what is known here. */
export interface Difference {
  /** Text and everything else that has a place in the log: nothing but a mistake explains it. */
  readonly content: boolean;
  /**
   * Deletions. A client also deletes what lies in something that another deleted at the same time, and the older of
   * two values that were set at the same time; it never says so, so this differs without any mistake.
   */
  readonly deletions: boolean;
}

export type Finding =
  /** The client is elsewhere in the log: if nothing was lost, what it lacks is on its way to it. */
  | { readonly kind: "elsewhere" }
  | { readonly kind: "same" }
  /** `difference` is null when one was found at this position before: many clients meet the same one. */
  | { readonly kind: "different"; readonly copy: ServerCopy; readonly difference: Difference | null };

interface Digests {
  readonly head: Seq;
  readonly stateVector: Uint8Array;
  readonly deleteSet: Uint8Array;
}

/** Compares clients' copies with what is known of the document. Everybody asks in the same quiet moment: once for all. */
export class Audits {
  readonly #document: KnownDocument;
  #digests: Digests | null = null;
  #differedAt: Seq | null = null;

  constructor(document: KnownDocument) {
    this.#document = document;
  }

  compare({ seq, stateVector, deleteSet }: ClientMessage & { kind: "audit" }): Finding {
    const { head } = this.#document;
    if (seq !== head) return { kind: "elsewhere" };
    const here = this.#at(head);
    const content = !isSameDigest(stateVector, here.stateVector);
    const deletions = !isSameDigest(deleteSet, here.deleteSet);
    if (!content && !deletions) return { kind: "same" };
    const isNew = this.#differedAt !== head;
    this.#differedAt = head;
    return { kind: "different", copy: this.#copy(), difference: isNew ? { content, deletions } : null };
  }

  #at(head: Seq): Digests {
    if (this.#digests?.head === head) return this.#digests;
    const { stateVector, deleteSet } = this.#copy();
    this.#digests = { head, stateVector: digest(stateVector), deleteSet: digest(deleteSet) };
    return this.#digests;
  }

  #copy(): ServerCopy {
    const { stateVector } = this.#document;
    return { stateVector: encodeStateVector(stateVector), deleteSet: this.#document.deleteSet().encode() };
  }
}
