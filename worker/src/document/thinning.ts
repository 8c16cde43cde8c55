import { planThinning, type Seq, type ThinningPlan } from "@palimpsest/history";
import type { DocumentStore } from "@palimpsest/store";
import { compactState } from "./compaction.ts";
import { updatesAt } from "./moment.ts";

/** The position of a version of which no snapshot could be written. */
const UNPINNABLE = "thinning-failed";

/** @param keepMs for how long everything is kept; null for ever */
export function thinningPlan(store: DocumentStore, keepMs: number | null, now: number): ThinningPlan {
  const { floor } = store.stats();
  // what lies at the floor or below is looked through as well: a version may have been removed
  if (keepMs === null && floor === 0) return { kind: "none" };
  const versions = store.versions().map(({ seq }) => seq);
  const noted = Number(store.readNote(UNPINNABLE) ?? 0) as Seq;
  return planThinning({
    floor,
    mayGoThrough: keepMs === null ? floor : store.positionAt(now - keepMs),
    snapshots: store.snapshots().map(({ seq }) => seq),
    versions,
    unpinnable: versions.includes(noted) ? noted : null,
  });
}

/**
 * One step of making the past shorter: a snapshot for a version, or the drop itself once all of them are there.
 *
 * @param sync makes it durable that a step was tried, before it is
 */
export async function thin(
  plan: Exclude<ThinningPlan, { kind: "none" }>,
  store: DocumentStore,
  now: number,
  sync: () => Promise<void>,
): Promise<void> {
  switch (plan.kind) {
    case "pin":
      await pin(plan.seq, store, now, sync);
      break;
    case "thin": {
      const { floor } = store.stats();
      const held = store.snapshots().filter(({ seq }) => seq >= floor && seq <= plan.floor);
      const stays = held.filter(({ seq }) => !plan.drop.includes(seq));
      // one that turns out to be damaged counts as not there: the next plan has another written first
      if (stays.every(({ seq }) => isWhole(seq, store))) store.thin(plan.floor, plan.drop);
    }
  }
}

/** After this nothing else can tell what it says. */
function isWhole(seq: Seq, store: DocumentStore): boolean {
  return store.readAround(() => {
    if (!store.snapshots().some((snapshot) => snapshot.seq === seq)) return false;
    for (const section of ["update", "state-vector", "delete-set"] as const) store.readSnapshot(seq, section);
    return true;
  });
}

async function pin(seq: Seq, store: DocumentStore, now: number, sync: () => Promise<void>): Promise<void> {
  // an object that dies over it would do so at each of its alarms
  store.writeNote(UNPINNABLE, String(seq));
  await sync();
  try {
    const snapshot = { seq, createdAt: now, ...compactState(updatesAt(seq, store)) };
    store.transaction(() => {
      store.writeSnapshot(snapshot, [], [seq]);
      store.writeNote(UNPINNABLE, "0");
    });
  } catch (error) {
    console.error(JSON.stringify({ event: "pinning-failed", seq, reason: String(error) }));
  }
}
