import {
  BEFORE_ALL,
  type CompactionPlan,
  type CompactionPolicy,
  defaultPrunePolicy,
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
  const snapshots = store.snapshots().map(({ seq }) => seq);
  const snapshot = { seq: head, createdAt: now, ...compactState(updatesAt(head, store)) };
  const pruned = planPrune([...snapshots, head], defaultPrunePolicy);
  store.writeSnapshot(snapshot, [...pruned, ...store.damagedSnapshots]);
}

/** As a document where that fits, since only a document can collect garbage; else by merging bytes. */
function compactState(updates: readonly Uint8Array[]): CompactState {
  const fitting = withinBudget(updates);
  if (fitting === null) return compactWithoutDocument(updates);
  const doc = materialize(fitting);
  try {
    return compact(doc);
  } finally {
    doc.destroy();
  }
}
