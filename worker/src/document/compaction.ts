import {
  BEFORE_ALL,
  type CompactionPlan,
  type CompactionPolicy,
  defaultCheckpointPolicy,
  type LogExtent,
  planCheckpoint,
  planCompaction,
  planPrune,
  type Seq,
} from "@palimpsest/history";
import type { DocumentStore } from "@palimpsest/store";
import {
  type CompactState,
  compact,
  compactWithoutDocument,
  materialize,
  withinBudget,
} from "@palimpsest/ydoc";
import { updatesAt } from "./moment.ts";

/** The position whose state could not be compacted. */
const FAILED = "compaction-failed";

/** What the alarm does about the tail of the log now. */
export function compactionPlan(store: DocumentStore, now: number, policy: CompactionPolicy): CompactionPlan {
  const stored = store.load();
  if (stored === null) return { kind: "none" };
  const { head, lastFrameAt } = stored;
  const snapshot = store.snapshots().at(-1)?.seq ?? BEFORE_ALL;
  const bytes = store.tailBytes(snapshot);
  const noted = Number(store.readNote(FAILED) ?? 0) as Seq;
  const failedAt = noted > snapshot ? noted : null;
  const isDamaged = store.damagedSnapshots.length > 0;
  return planCompaction({ head, snapshot, bytes, lastFrameAt, failedAt, isDamaged }, now, policy);
}

/** Above this a compaction may take more memory than the object has: then nobody is left to say that it failed. */
const RISKY_BYTES = 1024 * 1024;

/**
 * Remembers that compacting fails, before a large document is compacted: a snapshot at or behind this position will
 * prove the opposite. Without it an object that dies while compacting would do so again at each of its alarms.
 *
 * @param sync makes it durable before anything else happens
 */
export async function expectFailure(store: DocumentStore, sync: () => Promise<void>): Promise<void> {
  const { head, snapshotBytes } = store.stats();
  if (snapshotBytes + store.tailBytes(store.snapshots().at(-1)?.seq ?? BEFORE_ALL) < RISKY_BYTES) return;
  store.writeNote(FAILED, String(head));
  await sync();
}

/** Compacts, or remembers that this state cannot be: the log alone goes on serving the document. */
export function compactIfPossible(store: DocumentStore, now: number): void {
  try {
    compactNow(store, now);
  } catch (error) {
    console.error(JSON.stringify({ event: "compaction-failed", reason: String(error) }));
    store.writeNote(FAILED, String(store.stats().head));
  }
}

/**
 * Writes a snapshot of everything so far, verified before it is stored, and drops those that are not needed any more
 * or are damaged.
 * The snapshot before it stays; the log stays whole.
 */
export function compactNow(store: DocumentStore, now: number): void {
  const { head } = store.stats();
  const snapshot = { seq: head, createdAt: now, ...compactState(updatesAt(head, store)) };
  const older = store.snapshots().filter(({ seq }) => seq < head);
  const all = [...older, { seq: head, bytes: snapshot.update.length }];
  const drop = planPrune(all, logOf(store), defaultCheckpointPolicy);
  const kept = older.map(({ seq }) => seq).filter((seq) => !drop.includes(seq));
  const damaged = store.damagedSnapshots;
  // most that were the newest are dropped by the next but one: a large one is packed when it has become a checkpoint
  const isCheap = (older.at(-1)?.bytes ?? 0) < RISKY_BYTES;
  store.transaction(() => {
    store.writeSnapshot(snapshot, [...drop, ...damaged], isCheap ? kept : kept.slice(0, -1));
    // where one was lost, one is missing again
    if (damaged.length > 0) store.writeNote(CHECKPOINTS, "0");
  });
}

/** The position up to which missing checkpoints were looked for. */
const CHECKPOINTS = "checkpoints-through";

/** Where the past is too far from any snapshot; null when it is not. */
export function missingCheckpoint(store: DocumentStore): Seq | null {
  const after = Number(store.readNote(CHECKPOINTS) ?? 0) as Seq;
  return planCheckpoint(store.snapshots(), logOf(store), defaultCheckpointPolicy, after);
}

/**
 * Writes the checkpoint at `seq` from the log. That it was tried is remembered before, so that an object that dies over
 * it does not do so at each of its alarms.
 *
 * @param sync makes that durable before anything else happens
 */
export async function writeCheckpoint(
  store: DocumentStore,
  seq: Seq,
  now: number,
  sync: () => Promise<void>,
): Promise<void> {
  store.writeNote(CHECKPOINTS, String(seq));
  await sync();
  try {
    store.writeSnapshot({ seq, createdAt: now, ...compactState(updatesAt(seq, store)) }, [], [seq]);
  } catch (error) {
    console.error(JSON.stringify({ event: "checkpoint-failed", seq, reason: String(error) }));
  }
}

function logOf(store: DocumentStore): LogExtent {
  return { floor: store.stats().floor, rows: store.rowEnds() };
}

/** As a document where that fits, since only a document can collect garbage; else by merging bytes. */
export function compactState(updates: readonly Uint8Array[]): CompactState {
  const fitting = withinBudget(updates);
  if (fitting === null) return compactWithoutDocument(updates);
  const doc = materialize(fitting);
  try {
    return compact(doc);
  } finally {
    doc.destroy();
  }
}
