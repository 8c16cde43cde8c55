import { expect, test } from "vitest";
import * as Y from "yjs";
import { gleanText } from "../src/index.ts";

function updatesOf(
  act: (doc: Y.Doc) => void,
  clientID: number,
  base: readonly Uint8Array[] = [],
): Uint8Array[] {
  const doc = new Y.Doc();
  for (const update of base) Y.applyUpdate(doc, update);
  doc.clientID = clientID;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  act(doc);
  return updates;
}

const text = (doc: Y.Doc) => doc.getText("t");

test("what was typed letter by letter is one word; what was deleted of it is gone", () => {
  const typed = updatesOf((doc) => {
    for (const [at, letter] of [..."one two"].entries()) text(doc).insert(at, letter);
    text(doc).delete(3, 1);
  }, 1);
  expect(gleanText(typed, 100)).toBe("onetwo");
  expect(gleanText([Y.mergeUpdates(typed)], 100)).toBe("onetwo");
});

test("what stands apart is apart, and each client's pieces are there", () => {
  const first = updatesOf((doc) => {
    text(doc).insert(0, "first piece");
    doc.getText("another").insert(0, "second piece");
  }, 1);
  const all = [...first, ...updatesOf((doc) => text(doc).insert(5, "ünd"), 2, first)];
  expect(gleanText(all, 100).split("\n").sort()).toEqual(["first piece", "second piece", "ünd"]);
});

test("it ends where it is told to, in whole characters", () => {
  const updates = updatesOf((doc) => text(doc).insert(0, "ab😀cd"), 1);
  expect(gleanText(updates, 100)).toBe("ab😀cd");
  expect(gleanText(updates, 3)).toBe("ab\ufffd");
});

test("nothing in it is no text", () => {
  expect(gleanText([], 100)).toBe("");
  expect(
    gleanText(
      updatesOf((doc) => doc.getMap("meta").set("title", "T"), 1),
      100,
    ),
  ).toBe("");
});
