import type { Seq } from "./seq.ts";

/** What of a document's past is there, and what of it is wanted. */
export interface Past {
  readonly floor: Seq;
  /** The newest position that need not be kept; the floor or less where everything is. */
  readonly mayGoThrough: Seq;
  /** Positions of whole snapshots, in any order. */
  readonly snapshots: readonly Seq[];
  /** Positions of versions, in any order. */
  readonly versions: readonly Seq[];
  /** A version's position of which no snapshot can be written: the log stays behind it. Null when there is none. */
  readonly unpinnable: Seq | null;
}

export type ThinningPlan =
  /** Write a snapshot at `seq`, a version's position: the log that it would be read from is about to go. */
  | { readonly kind: "pin"; readonly seq: Seq }
  /** Raise the floor to `floor`, where a snapshot is, drop the log before it and the snapshots at `drop`. */
  | { readonly kind: "thin"; readonly floor: Seq; readonly drop: readonly Seq[] }
  /** Nothing is old enough, or nothing would be gained. */
  | { readonly kind: "none" };

/**
 * How the past is made shorter. The floor rises to snapshots alone, so what is dropped goes in large pieces. Versions
 * below it stay readable, each from a snapshot of its own, which is there before anything goes; that of a version which
 * was removed goes with the next thinning.
 */
export function planThinning({ floor, mayGoThrough, snapshots, versions, unpinnable }: Past): ThinningPlan {
  const limit = Math.min(mayGoThrough, unpinnable ?? Number.MAX_SAFE_INTEGER);
  const candidates = snapshots.filter((seq) => seq > floor && seq <= limit);
  const next = candidates.length === 0 ? floor : (Math.max(...candidates) as Seq);
  const below = versions.filter((seq) => seq > 0 && seq < next);
  const there = new Set(snapshots);
  const missing = below.filter((seq) => seq >= floor && !there.has(seq));
  if (missing.length > 0) return { kind: "pin", seq: Math.min(...missing) as Seq };
  const wanted = new Set(below);
  const drop = snapshots.filter((seq) => seq < next && !wanted.has(seq)).sort((a, b) => a - b);
  if (next === floor && drop.length === 0) return { kind: "none" };
  return { kind: "thin", floor: next, drop };
}
