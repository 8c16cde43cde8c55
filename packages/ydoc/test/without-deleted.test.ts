import { forEachSeed, randomHistory } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { condense, joinUpdates, materialize, sameState, withoutDeleted } from "../src/index.ts";

const says = (update: Uint8Array) => new TextDecoder().decode(update);

test("[YD99] a state without what was deleted loads as the same document, however its structs were cut", () => {
  forEachSeed(1, 200, (random) => {
    const { frames } = randomHistory(random, { steps: 20 + random.int(120) });
    for (const state of [condense(frames), joinUpdates(frames)]) {
      const left = withoutDeleted(state);
      expect(sameState(left, frames)).toBe(true);
      expect(left.length).toBeLessThanOrEqual(state.length + 16 * frames.length);
      expect(withoutDeleted(left)).toEqual(left);
    }
  });
});

test("[YD99] nothing of the deleted text is in its bytes, whole or in parts, nor of what stood under a key", () => {
  const doc = new Y.Doc({ gc: false });
  const text = doc.getText("text");
  text.insert(0, "the password is swordfish🐟, keep it");
  text.delete(16, 11);
  const gone = new Y.XmlElement("paragraph");
  gone.insert(0, [new Y.XmlText("whole paragraph")]);
  doc.getXmlFragment("default").insert(0, [gone]);
  doc.getXmlFragment("default").delete(0, 1);
  doc.getMap("meta").set("title", "first title");
  doc.getMap("meta").set("title", "second title");
  const state = Y.encodeStateAsUpdate(doc);
  expect(says(state)).toContain("swordfish");
  const left = withoutDeleted(state);
  for (const word of ["swordfish", "🐟", "whole", "first"]) expect(says(left)).not.toContain(word);
  expect(materialize([left]).getText("text").toString()).toBe("the password is , keep it");
  expect(materialize([left]).getMap("meta").toJSON()).toEqual({ title: "second title" });
  expect(sameState(left, [state])).toBe(true);
});

test("[YD99] where a pair of surrogates is cut, what is left is what Yjs leaves", () => {
  const doc = new Y.Doc();
  doc.getText("text").insert(0, "a🐟b");
  const state = Y.encodeStateAsUpdate(doc);
  doc.getText("text").delete(0, 2);
  const cut = joinUpdates([state, Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(state))]);
  expect(
    materialize([withoutDeleted(cut)])
      .getText("text")
      .toString(),
  ).toBe(materialize([cut]).getText("text").toString());
});
