import {
  BEFORE_ALL,
  type CompactionPlan,
  type CompactionPolicy,
  defaultPrunePolicy,
  planCompaction,
  planPrune,
} from "@palimpsest/history";
import type { DocumentStore } from "@palimpsest/store";
import { compact, materialize } from "@palimpsest/ydoc";
import { updatesAt } from "./moment.ts";

/** What the alarm does about the tail of the log now. */
export function compactionPlan(store: DocumentStore, now: number, policy: CompactionPolicy): CompactionPlan {
  const { head } = store.stats();
  const snapshot = store.snapshots().at(-1)?.seq ?? BEFORE_ALL;
  let bytes = 0;
  let lastFrameAt = 0;
  for (const { update, time } of store.frames(snapshot, head)) {
    bytes += update.length;
    lastFrameAt = time;
  }
  return planCompaction({ head, snapshot, bytes, lastFrameAt }, now, policy);
}

/**
 * Writes a snapshot of everything so far, verified before it is stored, and drops those that are not needed any more.
 * The snapshot before it stays; the log stays whole. A crash between the two acts leaves one snapshot too many.
 */
export function compactNow(store: DocumentStore, now: number): void {
  const { head } = store.stats();
  const doc = materialize(updatesAt(head, store));
  try {
    store.writeSnapshot({ seq: head, createdAt: now, ...compact(doc) });
  } finally {
    doc.destroy();
  }
  store.dropSnapshots(
    planPrune(
      store.snapshots().map(({ seq }) => seq),
      defaultPrunePolicy,
    ),
  );
}
