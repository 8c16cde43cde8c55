import { type Extent, planReplay, type ReplayPlan } from "./replay.ts";
import type { Seq } from "./seq.ts";

export type StretchPlan =
  /** Load the snapshot at `base` (nothing where that is 0), and keep all that the frames in (`base`, `end`] do. */
  | { readonly kind: "stretch"; readonly base: Seq; readonly end: Seq }
  | Exclude<ReplayPlan, { readonly kind: "from-snapshot" | "from-start" }>;

/**
 * The stretch of log to load for looking at moments from `first` through `last`: it begins where the first one's replay
 * would, and goes on to the next snapshot, since who looks at one moment looks at its neighbours next.
 */
export function planStretch(first: Seq, last: Seq, extent: Extent): StretchPlan {
  if (last > extent.head) return { kind: "beyond-head", head: extent.head };
  const replay = planReplay(first, extent);
  if (replay.kind !== "from-snapshot" && replay.kind !== "from-start") return replay;
  const base = replay.kind === "from-snapshot" ? replay.snapshot : (0 as Seq);
  // below the floor single moments are left, and no frames between them
  if (base < extent.floor) {
    return last === base
      ? { kind: "stretch", base, end: base }
      : { kind: "before-floor", floor: extent.floor };
  }
  let end = extent.head;
  for (const snapshot of extent.snapshots) {
    if (snapshot >= last && snapshot > base && snapshot < end) end = snapshot;
  }
  return { kind: "stretch", base, end };
}
