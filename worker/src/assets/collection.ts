import type { Seq } from "@palimpsest/history";
import type { StoredAsset } from "@palimpsest/store";

/**
 * For how long a file is kept that no moment refers to: somebody may have put it into the text while offline, or have
 * it in the clipboard, or take back that it was deleted.
 */
export const GRACE_MS = 30 * 24 * 60 * 60 * 1000;

/** Whoever writes a file's bytes and does not say after so long that they are there was cut off. */
export const WRITING_MS = 60 * 60 * 1000;

/** So many at once. */
const MANY = 100;

export type CollectionPlan =
  /** Their bytes are not wanted or not whole: first these go, then what is noted of them. */
  | { readonly kind: "remove"; readonly ids: readonly string[] }
  /** Nothing that is kept refers to them, and has not for long: from now on they count as going. */
  | { readonly kind: "condemn"; readonly ids: readonly string[] }
  /** What referred to them was dropped: do the states that stand for it, at and below the floor? */
  | { readonly kind: "look-below"; readonly ids: readonly string[] }
  /** Does what was written behind `after` refer to them? Not asked before it matters. */
  | { readonly kind: "look"; readonly after: Seq; readonly ids: readonly string[] }
  /** Nothing can be done before this time, ms since the epoch. */
  | { readonly kind: "wait"; readonly at: number }
  | { readonly kind: "none" };

export interface Kept {
  readonly head: Seq;
  /** Everything from here on is kept. */
  readonly floor: Seq;
}

/** The next step of finding the files that no moment refers to, and of taking leave of them. */
export function planCollection(
  assets: readonly StoredAsset[],
  { head, floor }: Kept,
  now: number,
): CollectionPlan {
  const going = assets.filter(({ isStored, uploadedAt }) => !isStored && uploadedAt + WRITING_MS <= now);
  if (going.length > 0) return { kind: "remove", ids: idsOf(going) };
  const unused = assets.filter(({ isStored, foundAt }) => isStored && foundAt === null);
  const due = unused.filter(({ unusedSince }) => unusedSince + GRACE_MS <= now);
  const dropped = [
    ...assets.filter(({ foundAt }) => foundAt !== null && foundAt < floor),
    ...due.filter(({ lookedThrough }) => lookedThrough < floor),
  ];
  if (dropped.length > 0) return { kind: "look-below", ids: idsOf(dropped) };
  const unlooked = due.filter(({ lookedThrough }) => lookedThrough < head);
  if (unlooked.length > 0) {
    const after = Math.min(...unlooked.map(({ lookedThrough }) => lookedThrough)) as Seq;
    return { kind: "look", after, ids: unlooked.map(({ id }) => id) };
  }
  if (due.length > 0) return { kind: "condemn", ids: idsOf(due) };
  const times = [
    ...assets.filter(({ isStored }) => !isStored).map(({ uploadedAt }) => uploadedAt + WRITING_MS),
    ...unused.map(({ unusedSince }) => unusedSince + GRACE_MS),
  ];
  return times.length === 0 ? { kind: "none" } : { kind: "wait", at: Math.min(...times) };
}

function idsOf(assets: readonly StoredAsset[]): string[] {
  return assets.slice(0, MANY).map(({ id }) => id);
}
