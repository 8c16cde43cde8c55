import { BEFORE_ALL, type Extent, planReplay, type ReplayPlan, type Seq } from "@palimpsest/history";
import type { DocumentStore } from "@palimpsest/store";

/** Why a moment cannot be shown. */
export type MomentProblem =
  | { readonly ok: false; readonly code: "bad-moment" }
  | { readonly ok: false; readonly code: "unknown-version" }
  | { readonly ok: false; readonly code: "beyond-head"; readonly head: Seq }
  | { readonly ok: false; readonly code: "before-floor"; readonly floor: Seq };

/** Why a state cannot be shown or brought back: as a `Y.Doc` it would not fit the isolate. Sending it is no problem. */
export interface TooLarge {
  readonly ok: false;
  readonly code: "document-too-large";
}

export const TOO_LARGE: TooLarge = { ok: false, code: "document-too-large" };

export type ResolvedMoment = { readonly ok: true; readonly seq: Seq } | MomentProblem;

export function extentOf(store: DocumentStore): Extent {
  const { head, floor } = store.stats();
  return { head, floor, snapshots: store.snapshots().map(({ seq }) => seq) };
}

/**
 * The log position that a person's words mean: a seq, an ISO time (the last frame at or before it), a version's id,
 * or null for the present.
 *
 * @param now server time: a moment later than this has not happened yet
 */
export function resolveMoment(at: string | null, store: DocumentStore, now: number): ResolvedMoment {
  const { head, floor } = store.stats();
  if (at === null) return { ok: true, seq: head };
  if (/^\d{1,15}$/.test(at)) {
    const seq = Number(at) as Seq;
    if (seq > head) return { ok: false, code: "beyond-head", head };
    const isKept = seq >= floor || store.snapshots().some((snapshot) => snapshot.seq === seq);
    return isKept ? { ok: true, seq } : { ok: false, code: "before-floor", floor };
  }
  if (/^v_[0-9A-Za-z]{1,32}$/.test(at)) {
    const version = store.versions().find(({ id }) => id === at);
    return version === undefined ? { ok: false, code: "unknown-version" } : { ok: true, seq: version.seq };
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(at))
    return { ok: false, code: "bad-moment" };
  const time = Date.parse(at);
  if (Number.isNaN(time)) return { ok: false, code: "bad-moment" };
  if (time > now) return { ok: false, code: "beyond-head", head };
  const seq = store.positionAt(time);
  return seq < floor ? { ok: false, code: "before-floor", floor } : { ok: true, seq };
}

/** The stored updates that, applied in order, are the document right after `target`. */
export function updatesAt(target: Seq, store: DocumentStore): Uint8Array[] {
  return store.readAround(() => updatesOf(planReplay(target, extentOf(store)), store));
}

function updatesOf(plan: ReplayPlan, store: DocumentStore): Uint8Array[] {
  switch (plan.kind) {
    case "from-snapshot":
      return [
        store.readSnapshot(plan.snapshot, "update"),
        ...updatesBetween(plan.snapshot, plan.through, store),
      ];
    case "from-start":
      return updatesBetween(BEFORE_ALL, plan.through, store);
    case "before-floor":
    case "beyond-head":
      throw new Error(`a moment was not resolved before it was replayed: ${plan.kind}`);
  }
}

/** The updates of the frames in (`after`, `through`]. */
export function updatesBetween(after: Seq, through: Seq, store: DocumentStore): Uint8Array[] {
  const updates: Uint8Array[] = [];
  for (const { update } of store.frames(after, through)) updates.push(update);
  return updates;
}
