import { expect, test } from "vitest";
import * as Y from "yjs";
import { compact, compactWithoutDocument, materialize, sameState } from "../src/index.ts";

/** A text that was typed, formatted and partly deleted by two replicas, update by update. */
function history(): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const replicas = [1, 2].map((clientID) => {
    const doc = new Y.Doc();
    doc.clientID = clientID;
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "other") updates.push(update);
    });
    return doc;
  });
  const [a, b] = replicas as [Y.Doc, Y.Doc];
  const exchange = () => {
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a), "other");
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b), "other");
  };
  const elements = Array.from({ length: 3 }, (_, i) => {
    const element = new Y.XmlElement("paragraph");
    element.insert(0, [new Y.XmlText(`p${i}`)]);
    return element;
  });
  a.getXmlFragment("default").insert(0, elements);
  exchange();
  b.transact(() => {
    const text = (b.getXmlFragment("default").get(1) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(1, "words");
    text.format(0, 3, { bold: {} });
  });
  // in something that the other one deletes at the same time
  a.getXmlFragment("default").delete(1, 1);
  exchange();
  return updates;
}

test("[YD28] a stored state is the same as the changes that it was made of, collected or not", () => {
  const changes = history();
  const doc = materialize(changes);
  expect(sameState(compact(doc).update, changes)).toBe(true);
  expect(sameState(compactWithoutDocument(changes).update, changes)).toBe(true);
  const [first, ...later] = changes as [Uint8Array, ...Uint8Array[]];
  const base = materialize([first]);
  expect(sameState(compact(doc).update, [compact(base).update, ...later])).toBe(true);
});

test("[YD28] it is another one with a letter changed, a change missing, or something alive that was deleted", () => {
  const changes = history();
  const { update } = compact(materialize(changes));
  const letter = update.slice();
  letter[letter.findIndex((byte, i) => byte === 0x70 && letter[i + 1] === 0x30)] = 0x71;
  expect(sameState(letter, changes)).toBe(false);
  expect(sameState(compact(materialize(changes.slice(0, 1))).update, changes)).toBe(false);
  expect(sameState(update, changes.slice(0, 1))).toBe(false);
  expect(sameState(Y.mergeUpdates(changes.slice(0, 2)), changes)).toBe(false);
});

test("[YD42] of a document that is too large to be built, clocks and deletions are compared", () => {
  const doc = new Y.Doc();
  const changes: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => changes.push(update));
  const elements = Array.from({ length: 27_000 }, () => {
    const element = new Y.XmlElement("paragraph");
    element.insert(0, [new Y.XmlText("p")]);
    return element;
  });
  doc.getXmlFragment("default").insert(0, elements);
  doc.getText("aside").insert(0, "more");
  doc.getXmlFragment("default").delete(1, 1);
  const { update } = compactWithoutDocument(changes);
  expect(sameState(update, changes)).toBe(true);
  expect(sameState(update, changes.slice(0, 1))).toBe(false);
  // alive in the state, deleted by the changes
  expect(sameState(compactWithoutDocument(changes.slice(0, 2)).update, changes)).toBe(false);
});
