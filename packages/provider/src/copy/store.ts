import type { Role, Seq } from "@palimpsest/protocol";

/** Up to where everything of a log is in a copy. */
export interface Position {
  readonly logId: string;
  readonly seq: Seq;
}

/** What is known of one document's copy without reading it. */
export interface CopyHead {
  readonly documentId: string;
  /** A copy that was removed and made anew is another one: what a tab wrote into the first is not in it. */
  readonly generation: string;
  /** The user whose copy it is. */
  readonly owner: string;
  /** Of the newest editor that wrote into it. */
  readonly schemaVersion: number;
  readonly role: Role | null;
  /** Null: of nothing is known how much of it is here. */
  readonly position: Position | null;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** The number of the next row; numbers are never used twice in a generation. */
  readonly nextRow: number;
  /** Rows, and entries of outboxes, that were written since everything was last put into one row. */
  readonly loose: number;
  readonly looseBytes: number;
  readonly wholeBytes: number;
}

/** A Yjs update that is part of a copy. All rows together are the document, but for the outboxes. */
export interface CopyRow {
  readonly row: number;
  /** The tab that wrote it. */
  readonly tab: string;
  readonly update: Uint8Array;
  readonly checksum: number;
}

/** Local changes of one tab that the server has not acknowledged. */
export interface OutboxEntry {
  readonly tab: string;
  /** The number of the first change in it. */
  readonly first: number;
  readonly update: Uint8Array;
  readonly checksum: number;
}

/** What could not be sent from a copy that had to go, until somebody fetches it. */
export interface Aside {
  readonly id: string;
  readonly documentId: string;
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The close code for which the copy had to go; 0: it was another user's. */
  readonly code: number;
  /** Together the document as it stood on this device. */
  readonly updates: readonly Uint8Array[];
}

export interface StoredCopy {
  /** Null: there is no copy. Then there is nothing else either. */
  readonly head: CopyHead | null;
  /** In the order of their numbers; empty unless they were asked for. */
  readonly rows: readonly CopyRow[];
  /** In the order of tab and number; empty unless they were asked for. */
  readonly outbox: readonly OutboxEntry[];
}

/** Done in this order: what is removed may be put back under the same number. */
export interface CopyChange {
  /** Everything of the document's copy goes. */
  readonly removesAll?: boolean;
  /** Rows up to this number go. */
  readonly removesRowsThrough?: number;
  /** Outboxes of which everything goes. */
  readonly removesOutboxes?: readonly string[];
  /** Entries of which the first number is within. */
  readonly removesEntries?: readonly {
    readonly tab: string;
    readonly first: number;
    readonly last: number;
  }[];
  readonly rows?: readonly CopyRow[];
  readonly outbox?: readonly OutboxEntry[];
  readonly aside?: Aside;
  readonly head?: CopyHead;
}

/** How much of a copy a decision wants to see. */
export type Reads = "head" | "outbox" | "all";

export interface Decision<T> {
  readonly result: T;
  /** Null: nothing changes. */
  readonly change: CopyChange | null;
}

export interface ListedCopy {
  readonly head: CopyHead;
  /** Somebody's change in it was not acknowledged. */
  readonly hasUnsent: boolean;
}

/**
 * Where copies lie, for all tabs of one browser. Every implementation runs the contract suite
 * (`test/support/store-contract.ts`).
 */
export interface OfflineStore {
  /**
   * Reads, decides and writes in one transaction: no other tab's comes between, and a crash leaves all of it or nothing.
   * Resolves once it is done for; rejects, with nothing changed, when it cannot be read or written, or `decide` throws.
   */
  change<T>(documentId: string, reads: Reads, decide: (copy: StoredCopy) => Decision<T>): Promise<T>;
  list(): Promise<readonly ListedCopy[]>;
  asides(documentId: string): Promise<readonly Aside[]>;
  discardAside(id: string): Promise<void>;
}

/** Whether it is for want of room that a store could not write. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "QuotaExceededError";
}
