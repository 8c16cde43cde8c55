import { forEachSeed, randomHistory, view } from "@palimpsest/testkit";
import { content, id, item } from "@palimpsest/testkit/updates-content";
import { type RawStruct, writeRaw } from "@palimpsest/testkit/updates-raw";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { compactWithoutDocument, condense, deleteSetOf, joinUpdates, materialize } from "../src/index.ts";
import { outlineOf } from "../src/outline.ts";

const structs = (update: Uint8Array) => outlineOf(update).structs;
const state = (doc: Y.Doc) => Y.encodeStateAsUpdate(doc);

function typed(write: (text: Y.Text) => void): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  write(doc.getText("text"));
  return updates;
}

test("[YD41] condensed updates make the same document as one by one, wherever the log is cut", () => {
  forEachSeed(1, 150, (random) => {
    const { frames } = randomHistory(random, { steps: 20 + random.int(120) });
    const at = random.int(frames.length + 1);
    const whole = condense(frames);
    for (const updates of [
      [whole],
      [condense(frames.slice(0, at)), ...frames.slice(at)],
      [...frames.slice(0, at), condense(frames.slice(at))],
      [condense([condense(frames.slice(0, at)), ...frames.slice(at)])],
    ]) {
      expect(state(materialize(updates))).toEqual(state(materialize(frames)));
      const kept = materialize(updates, { keepDeleted: true });
      expect(state(kept)).toEqual(state(materialize(frames, { keepDeleted: true })));
    }
    expect(structs(whole)).toBeLessThanOrEqual(structs(joinUpdates(frames)));
    expect(condense([whole])).toEqual(whole);
  });
});

test("[YD41] text that was typed on is one struct, whatever alphabet; text at another place is one of its own", () => {
  const on = typed((text) => {
    for (const letter of ["a", "ß", "字", "🙂", "!"]) text.insert(text.length, letter);
  });
  expect(structs(condense(on))).toBe(1);
  expect(
    materialize([condense(on)])
      .getText("text")
      .toString(),
  ).toBe("aß字🙂!");
  const inside = typed((text) => {
    text.insert(0, "()");
    for (const letter of "abc") text.insert(text.length - 1, letter);
    text.insert(0, "<");
  });
  expect(structs(condense(inside))).toBe(3);
  const back = typed((text) => {
    for (const letter of "abc") text.insert(0, letter);
  });
  expect(structs(condense(back))).toBe(3);
});

test("[YD41] the values of a key are never joined, though each follows the other", () => {
  const values: RawStruct[] = [
    item(content.string("a"), { parentSub: "title" }),
    item(content.string("b"), { origin: id(1, 0), parentSub: "title" }),
  ];
  const update = writeRaw({ sections: [{ client: 1, clock: 0, structs: values }], deletes: [] });
  expect(structs(condense([update]))).toBe(2);
});

test("[YD41] updates with repetitions, holes or in disorder are condensed as well", () => {
  forEachSeed(1, 60, (random) => {
    const { frames } = randomHistory(random, { steps: 40 });
    const some = frames.filter(() => random.chance(0.8));
    const rest = frames.filter((frame) => !some.includes(frame));
    const condensed = condense(random.shuffled([...some, ...some.slice(0, 3)]));
    expect(state(materialize([Y.mergeUpdates([condensed, ...rest])]))).toEqual(state(materialize(frames)));
  });
});

test("[YD42] compacted without a document it loads as the replay that keeps what was deleted", () => {
  forEachSeed(1, 150, (random) => {
    const { frames } = randomHistory(random, { steps: 20 + random.int(120) });
    const at = random.int(frames.length + 1);
    const { update, stateVector, deleteSet, collected } = compactWithoutDocument(frames.slice(0, at));
    const replay = materialize(frames.slice(0, at), { keepDeleted: true });
    expect(collected).toBe(false);
    expect(state(materialize([update], { keepDeleted: true }))).toEqual(state(replay));
    expect(stateVector).toEqual(Y.encodeStateVector(replay));
    // what Yjs deletes by itself while it loads is said nowhere: it does so again at every load
    expect(deleteSet).toEqual(deleteSetOf(joinUpdates(frames.slice(0, at))).encode());
    expect(deleteSet).toEqual(deleteSetOf(update).encode());
    // on goes the log behind it, and so does the next snapshot
    const next = compactWithoutDocument([update, ...frames.slice(at)]);
    expect(view(materialize([next.update]))).toEqual(view(materialize(frames)));
    expect(next.stateVector).toEqual(Y.encodeStateVector(materialize(frames)));
  });
});

test("[YD43] what misses something at the beginning or in between is not compacted", () => {
  const updates = typed((text) => {
    for (const letter of "abcde") text.insert(0, letter);
  });
  expect(compactWithoutDocument(updates).update.length).toBeGreaterThan(0);
  for (const missing of [0, 1, 3]) {
    expect(() => compactWithoutDocument(updates.filter((_, i) => i !== missing))).toThrow(/missing/);
  }
  const [first = new Uint8Array(), ...rest] = updates;
  expect(() => compactWithoutDocument([first.subarray(0, first.length - 3), ...rest])).toThrow();
});
