import type { Extent } from "./replay.ts";
import type { Seq } from "./seq.ts";

export type RollBackPlan =
  /** Build the state at `target`, apply (`target`, `head`] as one tracked change, and undo it. */
  | { readonly kind: "roll-back"; readonly target: Seq; readonly head: Seq }
  /** The target is the present: nothing to undo, nothing is appended, and the person is told so. */
  | { readonly kind: "nothing"; readonly head: Seq }
  | { readonly kind: "before-floor"; readonly floor: Seq }
  | { readonly kind: "beyond-head"; readonly head: Seq };

/** What bringing the state at `target` back means. It is always a forward edit: history is never rewritten. */
export function planRollBack(target: Seq, extent: Extent): RollBackPlan {
  if (target > extent.head) return { kind: "beyond-head", head: extent.head };
  if (target < extent.floor) return { kind: "before-floor", floor: extent.floor };
  if (target === extent.head) return { kind: "nothing", head: extent.head };
  return { kind: "roll-back", target, head: extent.head };
}
