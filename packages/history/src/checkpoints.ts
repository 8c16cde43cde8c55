import type { Seq } from "./seq.ts";

/** A snapshot and what loading it costs. */
export interface Checkpoint {
  readonly seq: Seq;
  /** Of the state, unpacked. */
  readonly bytes: number;
}

/** The end of a row of the log. */
export interface RowEnd {
  readonly seq: Seq;
  /** Bytes of log from the oldest that is there through this row. */
  readonly logBytes: number;
}

/** What of the log is there. */
export interface LogExtent {
  /** Oldest position whose state can still be built; 0 while nothing was dropped. */
  readonly floor: Seq;
  /** Ascending. */
  readonly rows: readonly RowEnd[];
}

/**
 * How far snapshots of the past lie apart. Near ones cost room, far ones time: what is between them is replayed, and
 * loading a state costs about as much as it is large, so twice its own size of log between two keeps both in proportion.
 * Of the usual distances a typed text takes less than six bytes of disk for an edit, and any of its moments 0.1 s: most
 * of the log between is kept condensed, so that 40,000 keystrokes are a few thousand structs.
 */
export interface CheckpointPolicy {
  /** Newest snapshots that stay in any case: the current one and the one before it. */
  readonly keepNewest: number;
  /** Older ones stay as checkpoints when they lie this many frames apart, */
  readonly frames: number;
  /** or this many bytes of log, */
  readonly logBytes: number;
  /** and in any case this many times their own size of log. */
  readonly ownSizes: number;
}

export const defaultCheckpointPolicy: CheckpointPolicy = {
  keepNewest: 2,
  frames: 40_000,
  logBytes: 1200 * 1024,
  ownSizes: 2,
};

/** Whether a snapshot is worth keeping behind one that is kept. */
export function isApart(
  earlier: Pick<Checkpoint, "seq">,
  later: Checkpoint,
  log: LogExtent,
  policy: CheckpointPolicy,
): boolean {
  const logBytes = bytesThrough(later.seq, log) - bytesThrough(earlier.seq, log);
  const isFar = later.seq - earlier.seq >= policy.frames || logBytes >= policy.logBytes;
  return isFar && logBytes >= policy.ownSizes * later.bytes;
}

/**
 * Where a snapshot is missing: the oldest end of a row that is worth keeping one at, and leaves the next one worth
 * keeping. There is such a stretch where a history was imported, where people typed for long without a pause, and where
 * a snapshot was damaged. Null when every moment is near enough to one.
 *
 * @param after positions up to here were tried before
 */
export function planCheckpoint(
  snapshots: readonly Checkpoint[],
  log: LogExtent,
  policy: CheckpointPolicy,
  after: Seq,
): Seq | null {
  let earlier: Checkpoint = { seq: log.floor, bytes: 0 };
  for (const later of [...snapshots].sort((a, b) => a.seq - b.seq)) {
    if (later.seq <= log.floor) continue;
    // how large the state between them was nobody knows: it is tried where the larger one would be worth keeping
    const bytes = Math.max(earlier.bytes, later.bytes);
    for (const { seq } of log.rows) {
      if (seq <= earlier.seq || seq >= later.seq || seq <= after) continue;
      const between = { seq, bytes };
      if (isApart(earlier, between, log, policy) && isApart(between, later, log, policy)) return seq;
    }
    earlier = later;
  }
  return null;
}

/** Bytes of log through a position; within a row by its share of the frames. */
function bytesThrough(seq: Seq, { rows }: LogExtent): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as RowEnd).seq < seq) low = middle + 1;
    else high = middle;
  }
  const row = rows[low];
  const before = rows[low - 1] ?? { seq: 0, logBytes: 0 };
  if (row === undefined) return before.logBytes;
  return before.logBytes + ((row.logBytes - before.logBytes) * (seq - before.seq)) / (row.seq - before.seq);
}
