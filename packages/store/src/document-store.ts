import type { AppendBatch, Author, AuthorNo, Frame, RowEnd, Seq, StoredDocument } from "@palimpsest/history";
import type { Link } from "./segment-rows.ts";
import type { Verification, VerifyOptions } from "./verify.ts";

/** Largest value of one row's column. Production refuses 2 MB, the local runtime only 8: so it is checked here. */
export const MAX_ROW_BYTES = 1_900_000;

export interface SnapshotInfo {
  readonly seq: Seq;
  readonly createdAt: number;
  readonly bytes: number;
  /** False when the content of what was deleted is still in it. */
  readonly collected: boolean;
  /** It takes less room than `bytes`, and some time to read. */
  readonly isDeflated: boolean;
}

export interface NewSnapshot {
  readonly seq: Seq;
  readonly createdAt: number;
  /** The content of what was deleted is gone from it. */
  readonly collected: boolean;
  readonly update: Uint8Array;
  readonly stateVector: Uint8Array;
  readonly deleteSet: Uint8Array;
}

/** A stored part of a snapshot. */
export type SnapshotSection = "update" | "state-vector" | "delete-set";

export interface Version {
  readonly id: string;
  readonly seq: Seq;
  readonly name: string;
  /** What its maker wants remembered about it; empty when nothing. */
  readonly description: string;
  readonly createdAt: number;
  readonly author: AuthorNo;
  /** Made by the program (before a restore), not by a person. */
  readonly automatic: boolean;
}

/** How something was brought back: everything, a part, what one person did, a restore taken back, lost text rescued. */
export type RestoreHow = "whole" | "part" | "person" | "undo" | "rescue";

/** What is known of a restore besides its frame. */
export interface RestoreFacts {
  /** Its frame. */
  readonly seq: Seq;
  readonly how: RestoreHow;
  /** Whose edits it undid; null when it was not about one person. */
  readonly of: AuthorNo | null;
  /** It undid what was done in (`from`, `through`]; null where that says nothing. */
  readonly from: Seq | null;
  readonly through: Seq | null;
}

export interface StoredRestore extends RestoreFacts {
  /** Where the content came from that it inserted again; opaque here. */
  readonly moves: Uint8Array;
  /** The encoded delete set of its frame. */
  readonly deletes: Uint8Array;
}

/** A frame without its bytes. */
export interface FrameHead {
  readonly seq: Seq;
  readonly time: number;
  readonly author: AuthorNo;
  readonly kind: Frame["kind"];
  /** For a restore: the position that was brought back. */
  readonly target: Seq | null;
}

/** What a row of the log holds, summed up. */
export interface RowSummary {
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
  /** What the function said that the store was given; null when the row is damaged. */
  readonly text: string | null;
}

export interface StoreStats {
  readonly head: Seq;
  /** The oldest position from which on every moment can be read; 0 while nothing was dropped. */
  readonly floor: Seq;
  readonly logBytes: number;
  readonly snapshotBytes: number;
  readonly snapshots: number;
  readonly segments: number;
  readonly versions: number;
  /** Rows written since creation, as Cloudflare bills them. */
  readonly rowsWritten: number;
  /** Times the object was started for this document; starts after which nothing was written are not counted. */
  readonly wakes: number;
}

/**
 * The durable side of one document: log, snapshots, versions. Everything is synchronous, so that a turn which
 * appends, acknowledges and broadcasts has no gap in which another message could come between.
 * Every method that writes is atomic: when it throws, storage and this object are as before.
 */
export interface DocumentStore {
  /** Whether a document was created here. */
  readonly exists: boolean;
  /** Null while no document was created here. */
  load(): StoredDocument | null;
  /** Whose a Yjs client id is; null while nobody wrote under it. */
  ownerOf(client: number): AuthorNo | null;
  /** In order of their numbers. */
  authors(): readonly Author[];
  create(document: { readonly documentId: string; readonly logId: string; readonly createdAt: number }): void;

  /** @returns the seq of the last frame appended */
  append(batch: AppendBatch): Seq;
  /**
   * Frames in (`after`, `through`], ascending. Reads a few segments at a time.
   *
   * @throws Error when the first of them were dropped: what follows would look like all there is
   * @throws Damage, while it is walked, at a row that is not what was written; what it yielded before is whole, and
   *   another walk can begin behind its `through`
   */
  frames(after: Seq, through: Seq): Iterable<Frame>;
  /**
   * Updates that, one after the other, do what the frames in (`after`, `through`] do: one for some hundreds of them,
   * where a row keeps such, else one for each.
   *
   * @throws as `frames` does, but for a damaged row all of whose frames are kept in such updates
   */
  updates(after: Seq, through: Seq): Iterable<Uint8Array>;
  /** Where the rows of the log end, ascending, with the bytes from its beginning through each. */
  rowEnds(): readonly RowEnd[];
  /** Bytes of the frames after a position, or a few more: what stands in the same rows is counted whole. */
  tailBytes(after: Seq): number;
  /**
   * Frames with seq < `before`, descending.
   *
   * @throws Damage as `frames` does; another walk can begin before its `seq`
   */
  framesDescending(before: Seq): Iterable<Frame>;

  /**
   * The rows of the log that begin before a position, newest first, each summed up. Most of them keep their summary, so
   * that their frames are not read; the newest, which are not packed yet, are read and summed up now.
   */
  summaries(before: Seq): Iterable<RowSummary>;

  /** The newest frame at or before a time in ms since the epoch; 0 when there is none. Reads one row's frames at most. */
  positionAt(time: number): Seq;
  /** Who wrote a frame and when; null when it is not there. Reads one row. */
  frameHeadAt(seq: Seq): FrameHead | null;

  /** The newest positions whose encoded state vector is stored, newest first. */
  bases(limit: number): readonly { readonly seq: Seq; readonly stateVector: Uint8Array }[];

  /** Ascending by seq. */
  snapshots(): readonly SnapshotInfo[];
  /**
   * @throws Error when it is not there
   * @throws Damage when it is not what was written
   */
  readSnapshot(seq: Seq, section: SnapshotSection): Uint8Array;
  /**
   * Does what `act` does; when it meets a snapshot that cannot be read, once more without that one, which from then on
   * counts as not there: the log has everything. That is remembered, until a new one takes its place.
   */
  readAround<T>(act: () => T): T;
  /** Snapshots that were found damaged and count as not there, ascending. */
  readonly damagedSnapshots: readonly Seq[];
  /**
   * Writes one, in the place of what is at the same position, drops those at `drop` and packs those at `deflate`, which
   * may be the new one: one step for all.
   */
  writeSnapshot(snapshot: NewSnapshot, drop?: readonly Seq[], deflate?: readonly Seq[]): void;

  /**
   * Forgets the past before `floor`: what of the log holds nothing newer, and the snapshots at `drop`. What was pinned
   * below it stays. It cannot be taken back.
   *
   * @throws Error when no snapshot at `floor` holds what is dropped
   * @throws Damage when that one is not what was written
   */
  thin(floor: Seq, drop: readonly Seq[]): void;

  /** Newest first. */
  versions(): readonly Version[];
  addVersion(version: Version): void;
  /** @returns whether there is such a version */
  updateVersion(id: string, change: { readonly name?: string; readonly description?: string }): boolean;
  /** @returns whether there was such a version */
  removeVersion(id: string): boolean;

  /** Whether anything was ever brought back here with `addRestore`. */
  readonly hasRestores: boolean;
  /** Ascending by seq. Reads all their bytes; a list needs only `restoreFacts`. */
  restores(): readonly StoredRestore[];
  /** Ascending by seq. */
  restoreFacts(): readonly RestoreFacts[];
  /** @throws Error when something is kept of a restore at this position already */
  addRestore(restore: StoredRestore): void;

  /** Small facts beside the document (what the directory was told last). */
  readNote(key: string): string | null;
  writeNote(key: string, value: string): void;

  /**
   * Counts rows that were written beside the store (an alarm, the directory) into `rowsWritten`. They are saved with
   * the next write.
   */
  countRows(rows: number): void;
  /** Rows written since creation, those that are not saved yet included. */
  readonly rowsWritten: number;

  /**
   * Several writes as one: when `act` throws, none of them stays. Do not put writes into a transaction of the
   * database's own: if it fails, this object does not learn of it and is ahead of the rows.
   */
  transaction<T>(act: () => T): T;

  /**
   * Looks at everything that is stored, a row or a snapshot for each step of the walk; between two steps other work may
   * be done, and its end tells what was found.
   */
  verify(options?: VerifyOptions): Generator<void, Verification>;
  /** Where closed segments end, ascending: with the frames, what anybody needs to make the links again. */
  links(): readonly Link[];

  stats(): StoreStats;
}
