import { caseCount, forEachSeed, type Random, randomHistory } from "@palimpsest/testkit";
import { mutate } from "@palimpsest/testkit/updates-mutate";
import { parseRaw, type RawUpdate } from "@palimpsest/testkit/updates-raw";
import { assert, expect, test } from "vitest";
import * as Y from "yjs";
import { admitAny } from "../src/admit.ts";
import {
  type Admission,
  admit,
  type ClientId,
  compact,
  DeleteSet,
  deleteSetOf,
  encodeStateVector,
  defaultUpdateLimits as limits,
  materialize,
} from "../src/index.ts";
import { outlineOf } from "../src/outline.ts";

const MUTANTS = caseCount("ADMIT_MUTANTS", 50_000);
const PER_FRAME = 40;

interface Known {
  readonly update: Uint8Array;
  readonly stateVector: Map<ClientId, number>;
  readonly deleteSet: DeleteSet;
}

function know(doc: Y.Doc): Known {
  const update = Y.encodeStateAsUpdate(doc);
  const stateVector = Y.decodeStateVector(Y.encodeStateVector(doc)) as Map<ClientId, number>;
  return { update, stateVector, deleteSet: deleteSetOf(update) };
}

function judge(bytes: Uint8Array, known: Known): Admission {
  return admit(bytes, { stateVector: known.stateVector, deleteSet: () => known.deleteSet });
}

/** What the short way admits the long way admits as well, with the same words. @returns whether it was short */
function sameBothWays(bytes: Uint8Array, known: Known, admission: Admission): boolean {
  if (admission.kind !== "new" || admission.outline === null) return false;
  const long = admitAny(bytes, { stateVector: known.stateVector, deleteSet: () => known.deleteSet }, limits);
  expect({ ...long, outline: outlineOf(bytes) }).toEqual(admission);
  return true;
}

/**
 * Applies what was judged to a real document and holds the judgement against what became of it. False when no
 * snapshot could be written afterwards: neighbours that contradict each other pass, and only a load shows them.
 */
function holds(bytes: Uint8Array, known: Known, admission: Admission): boolean {
  if (admission.kind === "gap" || admission.kind === "refused") return true;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, known.update);
  Y.applyUpdate(doc, admission.kind === "new" ? admission.update : bytes);
  assert(doc.store.pendingStructs === null && doc.store.pendingDs === null, "something is pending");
  const after = know(doc);
  const expected = new Map(known.stateVector);
  if (admission.kind === "new") for (const [client, clock] of admission.advanced) expected.set(client, clock);
  assert(same(encodeStateVector(after.stateVector), encodeStateVector(expected)), "another state vector");
  if (admission.kind === "known") {
    assert(same(after.deleteSet.encode(), known.deleteSet.encode()), "a known update deleted something");
    return true;
  }
  // Yjs deletes more by itself: overwritten map values, children of deleted parents
  for (const range of [...known.deleteSet, ...admission.deleted]) {
    assert(after.deleteSet.missing(range).length === 0, "something was not deleted");
  }
  const again = new Y.Doc();
  Y.applyUpdate(again, after.update);
  assert(again.store.pendingStructs === null, "something is pending after a reload");
  assert(same(Y.encodeStateVector(again), Y.encodeStateVector(doc)), "a reload lost something");
  return same(Y.encodeStateAsUpdate(again), after.update) || compacts(doc);
}

function compacts(doc: Y.Doc): boolean {
  try {
    compact(doc);
    return true;
  } catch {
    return false;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

test("[YD20] [YD47] an admitted mutant integrates at once, and a known one brings nothing", () => {
  const seen = { new: 0, known: 0, gap: 0, refused: 0 };
  let contradictory = 0;
  let short = 0;
  let left = MUTANTS;
  const attack = (random: Random) => {
    const { frames } = randomHistory(random, { writers: 3, steps: 24 });
    const raw = frames.map(parseRaw);
    const doc = new Y.Doc();
    for (const [i, frame] of frames.entries()) {
      const known = know(doc);
      for (let k = 0; k < PER_FRAME && left > 0; k++, left--) {
        const bytes = mutate(raw[i] as RawUpdate, raw, random);
        const admission = judge(bytes, known);
        seen[admission.kind]++;
        if (sameBothWays(bytes, known, admission)) short++;
        if (!holds(bytes, known, admission)) contradictory++;
      }
      Y.applyUpdate(doc, frame);
    }
  };
  for (let seed = 1; left > 0; seed++) forEachSeed(seed, 1, attack);
  // the mutator has to stay close enough to the real thing for the test to mean something
  for (const count of Object.values(seen)) expect(count, JSON.stringify(seen)).toBeGreaterThan(MUTANTS / 50);
  expect(short).toBeGreaterThan(seen.new / 20);
  expect(contradictory).toBeLessThan(seen.new / 100);
}, 600_000);

test("[YD21] unmutated updates in a causal order are always admitted or known", () => {
  forEachSeed(1, 150, (random) => {
    const { frames } = randomHistory(random, { writers: 4, steps: 80 });
    const stateVector = new Map<ClientId, number>();
    const deleteSet = new DeleteSet();
    for (const frame of frames) {
      const admission = admit(frame, { stateVector, deleteSet: () => deleteSet });
      assert(admission.kind === "new" || admission.kind === "known", admission.kind);
      if (admission.kind !== "new") continue;
      for (const [client, clock] of admission.advanced) stateVector.set(client, clock);
      deleteSet.addAll(admission.deleted);
    }
    const whole = Y.encodeStateVector(materialize(frames));
    assert(same(encodeStateVector(stateVector), whole), "another state vector");
  });
});
