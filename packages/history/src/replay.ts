import { BEFORE_ALL, type Seq } from "./seq.ts";

/** What the log and the snapshots of one document hold. */
export interface Extent {
  /** Oldest position from which on every state can still be built; 0 while nothing was dropped. */
  readonly floor: Seq;
  /** Newest position. */
  readonly head: Seq;
  /** Positions of the stored snapshots, in any order. */
  readonly snapshots: readonly Seq[];
}

export type ReplayPlan =
  /** Load the snapshot at `snapshot`, then apply the frames in (`snapshot`, `through`]; there may be none. */
  | { readonly kind: "from-snapshot"; readonly snapshot: Seq; readonly through: Seq }
  /** No snapshot is old enough: apply the frames in (0, `through`] to an empty document. */
  | { readonly kind: "from-start"; readonly through: Seq }
  /** The moment was pruned. Not an error of the program: the answer names the oldest one that is left. */
  | { readonly kind: "before-floor"; readonly floor: Seq }
  /** Nobody has written that far yet. */
  | { readonly kind: "beyond-head"; readonly head: Seq };

/** How to build the state that the document had right after frame `target`. */
export function planReplay(target: Seq, extent: Extent): ReplayPlan {
  if (target > extent.head) return { kind: "beyond-head", head: extent.head };
  if (target < extent.floor) {
    // of a version that is older than the log its own snapshot is left, and no frame behind it
    return extent.snapshots.includes(target)
      ? { kind: "from-snapshot", snapshot: target, through: target }
      : { kind: "before-floor", floor: extent.floor };
  }
  let best: Seq | null = null;
  for (const snapshot of extent.snapshots) {
    if (snapshot >= extent.floor && snapshot <= target && (best === null || snapshot > best)) best = snapshot;
  }
  if (best !== null) return { kind: "from-snapshot", snapshot: best, through: target };
  // a floor above 0 is always held up by a snapshot; without one the frames before it are gone
  if (extent.floor > BEFORE_ALL) return { kind: "before-floor", floor: extent.floor };
  return { kind: "from-start", through: target };
}
