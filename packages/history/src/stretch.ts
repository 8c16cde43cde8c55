import { type Extent, planReplay, type ReplayPlan } from "./replay.ts";
import type { Seq } from "./seq.ts";

export type StretchPlan =
  /**
   * Load the snapshot at `base` (nothing where that is 0), bring it to `start`, and keep all that the frames in
   * (`start`, `end`] do.
   */
  | { readonly kind: "stretch"; readonly base: Seq; readonly start: Seq; readonly end: Seq }
  | Exclude<ReplayPlan, { readonly kind: "from-snapshot" | "from-start" }>;

/**
 * The stretch of log to load for looking at moments from `first` through `last`.
 *
 * @param reach frames to load on either side as well, for who is going to look there next. Not across the snapshot that
 *   the first moment is built on: everything behind the start would have to be built on an older one
 */
export function planStretch(first: Seq, last: Seq, extent: Extent, reach: number): StretchPlan {
  if (last > extent.head) return { kind: "beyond-head", head: extent.head };
  const replay = planReplay(first, extent);
  if (replay.kind !== "from-snapshot" && replay.kind !== "from-start") return replay;
  const base = replay.kind === "from-snapshot" ? replay.snapshot : (0 as Seq);
  // below the floor single moments are left, and no frames between them
  if (base < extent.floor) {
    return last === base
      ? { kind: "stretch", base, start: base, end: base }
      : { kind: "before-floor", floor: extent.floor };
  }
  const start = Math.max(base, first - reach) as Seq;
  const end = Math.min(extent.head, last + reach) as Seq;
  return { kind: "stretch", base, start, end };
}
