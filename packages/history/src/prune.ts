import type { Seq } from "./seq.ts";

export interface PrunePolicy {
  /** Newest snapshots that stay in any case: the current one and the one before it. */
  readonly keepNewest: number;
  /** Older ones stay as checkpoints when they lie at least this many frames apart. */
  readonly checkpointFrames: number;
}

export const defaultPrunePolicy: PrunePolicy = { keepNewest: 2, checkpointFrames: 2_000 };

/**
 * Which snapshots to delete. The log stays whole, so that no moment is lost by it: checkpoints only bound how
 * many frames are replayed to see one. Call it with the newest one, once that has been verified.
 */
export function planPrune(snapshots: readonly Seq[], policy: PrunePolicy): readonly Seq[] {
  const ascending = [...snapshots].sort((a, b) => a - b);
  const drop: Seq[] = [];
  let lastKept = 0;
  for (const snapshot of ascending.slice(0, Math.max(0, ascending.length - policy.keepNewest))) {
    if (snapshot - lastKept >= policy.checkpointFrames) lastKept = snapshot;
    else drop.push(snapshot);
  }
  return drop;
}
