import { caseCount, forEachSeed } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  acknowledge,
  addChange,
  emptyOutbox,
  type Outbox,
  pendingChanges,
  replaceAll,
  takeBackSent,
  takePush,
} from "../src/outbox.ts";

const MAX = 1 << 20;

/** A document whose every update is kept. */
function recorded() {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update) => updates.push(update));
  return { doc, text: doc.getText("t"), updates };
}

function push(outbox: Outbox, maxBytes = MAX) {
  const taken = takePush(outbox, maxBytes);
  if (taken.push === null) throw new Error("nothing waits");
  return { outbox: taken.outbox, push: taken.push };
}

test("[PV20] what waits becomes one push that contains it all", () => {
  const { doc, text, updates } = recorded();
  for (const letter of "hello") text.insert(text.length, letter);
  const outbox = updates.reduce((box, update) => addChange(box, update, MAX), emptyOutbox);
  const taken = push(outbox);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, taken.push.update);
  expect(copy.getText("t").toString()).toBe(doc.getText("t").toString());
  expect(pendingChanges(taken.outbox)).toBe(5);
  expect(takePush(taken.outbox, MAX).push).toBeNull();
});

test("[PV23] an acknowledgement clears the push it names and no other", () => {
  const { text, updates } = recorded();
  let outbox = emptyOutbox;
  for (const letter of "abc") {
    text.insert(text.length, letter);
    outbox = push(addChange(outbox, updates.at(-1) as Uint8Array, MAX)).outbox;
  }
  expect(outbox.sent.map(({ pushId }) => pushId)).toEqual([1, 2, 3]);
  outbox = acknowledge(outbox, 2);
  expect(outbox.sent.map(({ pushId }) => pushId)).toEqual([1, 3]);
  expect(acknowledge(outbox, 2)).toBe(outbox);
  expect(acknowledge(outbox, 99)).toBe(outbox);
});

test("[PV22] a lost connection puts what was sent back before what waited, under a new number", () => {
  const { text, updates } = recorded();
  text.insert(0, "a");
  let outbox = push(addChange(emptyOutbox, updates[0] as Uint8Array, MAX)).outbox;
  text.insert(1, "b");
  outbox = addChange(outbox, updates[1] as Uint8Array, MAX);
  const taken = push(takeBackSent(outbox));
  expect(taken.push.pushId).toBe(2);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, taken.push.update);
  expect(copy.getText("t").toString()).toBe("ab");
  // in pieces, the older one goes first: the newer one builds on it
  expect(push(takeBackSent(outbox), 1).push.update).toEqual(updates[0]);
  // the old number means nothing any more
  expect(pendingChanges(acknowledge(taken.outbox, 1))).toBe(2);
});

test("[PV24] replacing leaves one change waiting, or none when nothing is lacking", () => {
  const { doc, text, updates } = recorded();
  text.insert(0, "a");
  const outbox = push(addChange(emptyOutbox, updates[0] as Uint8Array, MAX)).outbox;
  const replaced = replaceAll(outbox, Y.encodeStateAsUpdate(doc));
  expect(pendingChanges(replaced)).toBe(1);
  expect(replaced.sent).toEqual([]);
  expect(pendingChanges(replaceAll(outbox, null))).toBe(0);
});

test("[PV29] a push stays under the size of a message, unless a single update is larger", () => {
  const { doc, text, updates } = recorded();
  for (let i = 0; i < 10; i++) text.insert(0, "x".repeat(1000));
  let outbox = updates.reduce((box, update) => addChange(box, update, 3500), emptyOutbox);
  const copy = new Y.Doc();
  const sizes: number[] = [];
  for (let taken = takePush(outbox, 3500); taken.push !== null; taken = takePush(outbox, 3500)) {
    outbox = taken.outbox;
    sizes.push(taken.push.update.length);
    Y.applyUpdate(copy, taken.push.update);
  }
  expect(Math.max(...sizes)).toBeLessThanOrEqual(3500);
  expect(sizes.length).toBe(4);
  expect(copy.getText("t").toString()).toBe(doc.getText("t").toString());
  text.insert(0, "y".repeat(9000));
  const large = push(addChange(outbox, updates.at(-1) as Uint8Array, 3500), 3500);
  expect(large.push.update.length).toBeGreaterThan(9000);
});

test("[PV29] a long absence is kept in few pieces, and comes back whole", () => {
  const { doc, text, updates } = recorded();
  for (let i = 0; i < 5000; i++) text.insert(i % 7 === 0 ? 0 : text.length, "x");
  let outbox = emptyOutbox;
  let most = 0;
  for (const update of updates) {
    outbox = addChange(outbox, update, MAX);
    most = Math.max(most, outbox.waiting.length);
  }
  expect(most).toBeLessThan(4 * 32);
  expect(pendingChanges(outbox)).toBe(5000);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, push(outbox).push.update);
  expect(Y.encodeStateAsUpdate(copy)).toEqual(Y.encodeStateAsUpdate(doc));
});

test("[I20] acknowledged and unacknowledged together always hold every local change", () => {
  forEachSeed(1, caseCount("OUTBOX_CASES", 40), (random) => {
    const { doc, text, updates } = recorded();
    const maxBytes = random.pick([60, 400, MAX]);
    const acknowledged = new Y.Doc();
    const inFlight = new Map<number, Uint8Array>();
    let outbox = emptyOutbox;
    for (let round = 0; round < 60; round++) {
      const what = random.int(10);
      if (what < 5) {
        const before = updates.length;
        if (text.length > 3 && random.chance(0.3)) text.delete(random.int(text.length - 2), 2);
        else text.insert(0, "ab".repeat(1 + random.int(6)));
        for (const update of updates.slice(before)) outbox = addChange(outbox, update, maxBytes);
      } else if (what < 7) {
        const taken = takePush(outbox, maxBytes);
        outbox = taken.outbox;
        if (taken.push !== null) inFlight.set(taken.push.pushId, taken.push.update);
      } else if (what < 9) {
        const [oldest] = inFlight;
        if (oldest === undefined) continue;
        // durable on the server; its acknowledgement may still be lost
        Y.applyUpdate(acknowledged, oldest[1]);
        inFlight.delete(oldest[0]);
        if (random.chance(0.8)) outbox = acknowledge(outbox, oldest[0]);
      } else if (random.chance(0.7)) {
        inFlight.clear();
        outbox = takeBackSent(outbox);
      } else {
        inFlight.clear();
        const lacking = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(acknowledged));
        outbox = replaceAll(outbox, lacking);
      }
      const union = new Y.Doc();
      Y.applyUpdate(union, Y.encodeStateAsUpdate(acknowledged));
      for (const { update } of [...outbox.sent, ...outbox.waiting]) Y.applyUpdate(union, update);
      expect(union.getText("t").toString(), `round ${round}`).toBe(text.toString());
      if (pendingChanges(outbox) === 0) {
        expect(acknowledged.getText("t").toString()).toBe(text.toString());
      }
    }
  });
});
