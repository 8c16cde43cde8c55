import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { documentSchema, jsonToYUpdate, replaceDocument, yDocTitle, yDocToJSON } from "../src/index.ts";
import { arbitraryWhole } from "./arbitraryDocument.ts";

/** The order in which marks were set says nothing: the schema has its own. */
const inOrder = (doc: Y.Doc) => documentSchema().nodeFromJSON(yDocToJSON(doc)).toJSON();

test("whatever stood there, the document is what replaced it, to the last attribute", () => {
  fc.assert(
    fc.property(arbitraryWhole, arbitraryWhole, (before, after) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, jsonToYUpdate({ json: before, title: "Before", clientId: 1 }));
      replaceDocument(doc, after, "After");
      const expected = new Y.Doc();
      Y.applyUpdate(expected, jsonToYUpdate({ json: after, title: "After", clientId: 2 }));
      expect(inOrder(doc)).toEqual(inOrder(expected));
      expect(yDocTitle(doc)).toBe("After");
    }),
    { numRuns: Number(process.env.SCHEMA_RUNS ?? 200) },
  );
});

test("what is the same already is not written again", () => {
  const json = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Here" }] }] };
  const doc = new Y.Doc();
  Y.applyUpdate(doc, jsonToYUpdate({ json, title: "T", clientId: 1 }));
  let changes = 0;
  doc.on("update", () => changes++);
  replaceDocument(doc, json, "T");
  expect(changes).toBe(0);
});
