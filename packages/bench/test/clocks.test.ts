import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { scanClocks } from "../src/clocks.ts";
import { addParagraph } from "../src/page.ts";
import { seededRandom } from "../src/seeded-random.ts";

function scan(update: Uint8Array): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  scanClocks(update, (clientId, end) => found.set(clientId, end));
  return found;
}

/** What happens to a document, as the updates that it causes. */
function updatesOf(act: (doc: Y.Doc) => void): readonly Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  act(doc);
  return [...updates, Y.encodeStateAsUpdate(doc)];
}

describe("scanning an update", () => {
  it.each<[string, (doc: Y.Doc) => void]>([
    ["a paragraph with text", (doc) => addParagraph(doc).insert(0, "hello")],
    ["text outside of ASCII", (doc) => addParagraph(doc).insert(0, "né 中 👩‍👩‍👧 ß")],
    [
      "deletions",
      (doc) => {
        const text = addParagraph(doc);
        text.insert(0, "hello world");
        text.delete(3, 5);
      },
    ],
    ["formatting", (doc) => addParagraph(doc).insert(0, "bold", { bold: true })],
    ["a map", (doc) => doc.getMap("meta").set("title", { deep: [1, "two", null] })],
    ["binary content", (doc) => doc.getArray("list").push([new Uint8Array([1, 2, 3])])],
    ["nothing", () => undefined],
  ])("finds the same clocks as Yjs: %s", (_name, act) => {
    for (const update of updatesOf(act)) {
      const { to } = Y.parseUpdateMeta(update);
      expect(scan(update)).toEqual(to);
    }
  });

  it("finds every client of merged updates", () => {
    const random = seededRandom(3);
    const docs = Array.from({ length: 5 }, () => new Y.Doc());
    const updates: Uint8Array[] = [];
    for (const doc of docs) {
      doc.on("update", (update: Uint8Array, origin: unknown) => origin === null && updates.push(update));
      const text = addParagraph(doc);
      for (let key = 0; key < 20; key++) text.insert(Math.floor(random() * text.length), "x");
    }
    const merged = Y.mergeUpdates(updates);
    expect([...scan(merged)].sort()).toEqual(docs.map(({ clientID }) => [clientID, 22]).sort());
  });
});
