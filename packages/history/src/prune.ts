import { type Checkpoint, type CheckpointPolicy, isApart, type LogExtent } from "./checkpoints.ts";
import type { Seq } from "./seq.ts";

/**
 * Which snapshots to delete. The log stays whole, so that no moment is lost by it: checkpoints only bound how
 * much is replayed to see one. Call it with the newest one, once that has been verified. What lies at the floor or below
 * stays: nothing else holds those moments.
 */
export function planPrune(
  snapshots: readonly Checkpoint[],
  log: LogExtent,
  policy: CheckpointPolicy,
): readonly Seq[] {
  const ascending = snapshots.filter(({ seq }) => seq > log.floor).sort((a, b) => a.seq - b.seq);
  const drop: Seq[] = [];
  let lastKept: Pick<Checkpoint, "seq"> = { seq: log.floor };
  for (const snapshot of ascending.slice(0, Math.max(0, ascending.length - policy.keepNewest))) {
    if (isApart(lastKept, snapshot, log, policy)) lastKept = snapshot;
    else drop.push(snapshot.seq);
  }
  return drop;
}
