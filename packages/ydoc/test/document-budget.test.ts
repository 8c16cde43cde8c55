import { randomHistory, seeded } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { defaultDocumentBudget, materialize, withinBudget } from "../src/index.ts";

test("[YD44] what a document would take decides: as many structs as fit, and not one more", () => {
  const { frames } = randomHistory(seeded(4), { steps: 30 });
  const paragraphs = (count: number) => {
    const doc = new Y.Doc();
    doc.transact(() => {
      const elements = Array.from({ length: count }, () => {
        const element = new Y.XmlElement("paragraph");
        element.insert(0, [new Y.XmlText("x")]);
        return element;
      });
      doc.getXmlFragment("default").insert(0, elements);
    });
    return [Y.encodeStateAsUpdate(doc)];
  };
  expect(withinBudget(frames)).toBe(frames);
  expect(withinBudget(paragraphs(20_000))).not.toBeNull();
  expect(withinBudget(paragraphs(30_000))).toBeNull();
  const ten = paragraphs(10);
  const [{ length: bytes } = new Uint8Array()] = ten;
  expect(withinBudget(ten, { maxHeapBytes: 30 * 520 + 2 * bytes })).toBe(ten);
  expect(withinBudget(ten, { maxHeapBytes: 30 * 520 + 2 * bytes - 1 })).toBeNull();
});

test("[YD44] a long log of keystrokes that is a short text fits, in the structs that it comes to", () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (let i = 0; i < 3_000; i++) doc.getText("text").insert(i, "a");
  const fitting = withinBudget(updates, { maxHeapBytes: 300_000 });
  expect(fitting).toHaveLength(1);
  expect(
    materialize(fitting ?? [])
      .getText("text")
      .toString(),
  ).toHaveLength(3_000);
  expect(withinBudget(updates, { maxHeapBytes: 1_000 })).toBeNull();
});

test("[YD44] bytes alone can be too many", () => {
  const doc = new Y.Doc();
  doc.getText("text").insert(0, "x".repeat(defaultDocumentBudget.maxHeapBytes / 2));
  expect(withinBudget([Y.encodeStateAsUpdate(doc)])).toBeNull();
});
