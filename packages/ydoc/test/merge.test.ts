import { forEachSeed, randomHistory, seeded, view } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  type ClientId,
  compact,
  decodeStateVector,
  deleteSetOf,
  EMPTY_UPDATE,
  joinUpdates,
  lackedBy,
  materialize,
  mergeUpdates,
  updateFor,
} from "../src/index.ts";
import { outlineOf } from "../src/outline.ts";

const state = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc);

test("[YD22] merged updates make the document that they make one by one", () => {
  forEachSeed(1, 80, (random) => {
    const { frames } = randomHistory(random, { steps: 20 + random.int(100) });
    expect(state(materialize([mergeUpdates(frames)]))).toEqual(state(materialize(frames)));
    const at = random.int(frames.length + 1);
    const halves = [mergeUpdates(frames.slice(0, at)), mergeUpdates(frames.slice(at))];
    expect(state(materialize(halves))).toEqual(state(materialize(frames)));
  });
});

test("[YD22] merging nothing gives the empty update, merging one gives that one", () => {
  expect(mergeUpdates([])).toBe(EMPTY_UPDATE);
  expect(state(materialize([EMPTY_UPDATE]))).toEqual(EMPTY_UPDATE);
  const only = state(materialize(randomHistory(seeded(3)).frames));
  expect(mergeUpdates([only])).toBe(only);
});

test("[YD22] thousands of keystrokes merge, over several levels of groups, into the same text", () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = doc.getText("text");
  for (let i = 0; i < 5_000; i++) text.insert((i * 7) % (text.length + 1), "abcdefg"[i % 7] ?? "");
  const merged = materialize([mergeUpdates(updates)]);
  expect(merged.getText("text").toString()).toBe(text.toString());
});

test("[YD23] a reader at any earlier state gets exactly what it lacks, whatever is stored", () => {
  forEachSeed(100, 60, (random) => {
    const { frames } = randomHistory(random);
    const at = random.int(frames.length + 1);
    const snapshotAt = random.int(frames.length + 1);
    const stored = [compact(materialize(frames.slice(0, snapshotAt))).update, ...frames.slice(snapshotAt)];
    const reader = materialize(frames.slice(0, at));
    const vector = decodeStateVector(Y.encodeStateVector(reader)) as Map<ClientId, number>;
    const answer = updateFor(vector, stored);
    for (const { id, length } of Y.decodeUpdate(answer).structs) {
      expect(id.clock + length).toBeGreaterThan(vector.get(id.client as ClientId) ?? 0);
      expect(id.clock).toBeGreaterThanOrEqual(vector.get(id.client as ClientId) ?? 0);
    }
    Y.applyUpdate(reader, answer);
    expect(reader.store.pendingStructs).toBeNull();
    expect(view(reader)).toEqual(view(materialize(frames)));
    expect(Y.encodeStateVector(reader)).toEqual(Y.encodeStateVector(materialize(frames)));
  });
});

test("[YD23] a reader who has nothing gets everything", () => {
  const { frames } = randomHistory(seeded(5));
  expect(state(materialize([updateFor(new Map(), frames)]))).toEqual(state(materialize(frames)));
});

test("[YD40] frames of a log, joined in runs of any length, make the document that they make one by one", () => {
  forEachSeed(1, 120, (random) => {
    const { frames } = randomHistory(random, { steps: 20 + random.int(100) });
    const runs: Uint8Array[] = [];
    for (let at = 0; at < frames.length; ) {
      const end = Math.min(frames.length, at + 1 + random.int(12));
      runs.push(joinUpdates(frames.slice(at, end)));
      at = end;
    }
    for (const joined of [runs, [joinUpdates(frames)], [joinUpdates(runs)]]) {
      expect(state(materialize(joined))).toEqual(state(materialize(frames)));
    }
    // what readers rely on: nothing is said twice, and Yjs reads it as its own
    const once = joinUpdates(frames);
    expect(Y.encodeStateVectorFromUpdate(once)).toEqual(Y.encodeStateVectorFromUpdate(mergeUpdates(frames)));
    expect(deleteSetOf(once).encode()).toEqual(deleteSetOf(mergeUpdates(frames)).encode());
  });
});

test("[YD40] updates with holes, repetitions or in disorder are joined as well", () => {
  forEachSeed(1, 60, (random) => {
    const { frames } = randomHistory(random, { steps: 40 });
    const some = frames.filter(() => random.chance(0.8));
    const shuffled = [...some, ...some.slice(0, 3)].sort(() => random.int(3) - 1);
    const rest = frames.filter((frame) => !some.includes(frame));
    const joined = materialize([mergeUpdates([joinUpdates(shuffled), ...rest])]);
    expect(state(joined)).toEqual(state(materialize(frames)));
  });
});

test("[YD49] a reader who has every struct before the tail gets the rest, and all that was ever deleted", () => {
  forEachSeed(300, 60, (random) => {
    const { frames } = randomHistory(random);
    const at = random.int(frames.length + 1);
    const before = materialize(frames.slice(0, at));
    // the structs of everything before, and of an unknown part of its deletions none
    const reader = new Y.Doc();
    Y.applyUpdate(reader, withoutDeletes(mergeUpdates(frames.slice(0, at))));
    const vector = decodeStateVector(Y.encodeStateVector(reader)) as Map<ClientId, number>;
    const deleted = deleteSetOf(mergeUpdates(frames.slice(0, at))).encode();
    const from = random.int(at + 1);
    const answer = lackedBy(vector, frames.slice(from), deleted);
    Y.applyUpdate(reader, answer);
    expect(reader.store.pendingStructs).toBeNull();
    expect(view(reader)).toEqual(view(materialize(frames)));
    expect(state(materialize([mergeUpdates([state(before), answer])]))).toEqual(state(materialize(frames)));
  });
});

function withoutDeletes(update: Uint8Array): Uint8Array {
  return new Uint8Array([...update.subarray(0, outlineOf(update).deletesAt), 0]);
}
