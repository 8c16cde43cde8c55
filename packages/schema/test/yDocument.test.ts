import { initProseMirrorDoc, prosemirrorToYXmlFragment } from "@tiptap/y-tiptap";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  checkJSON,
  documentSchema,
  emptyDocument,
  FRAGMENT_NAME,
  type JSONNode,
  jsonToYUpdate,
  MAX_DEPTH,
  META_NAME,
  markdownToJSON,
  yDocTitle,
  yDocToJSON,
} from "../src/index.ts";
import { arbitraryWhole } from "./arbitraryDocument.ts";

const normal = (json: unknown) => documentSchema().nodeFromJSON(json).toJSON();

function open(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
}

test("a document of anything in the schema comes back from its Yjs update as it was", () => {
  fc.assert(
    fc.property(arbitraryWhole, (json) => {
      const doc = open(jsonToYUpdate({ json, title: "T", clientId: 42 }));
      expect(normal(yDocToJSON(doc))).toEqual(normal(json));
      expect(checkJSON(yDocToJSON(doc))).toEqual({ ok: true });
      expect(yDocTitle(doc)).toBe("T");
    }),
    { numRuns: 200, seed: 20261122 },
  );
});

test("the update is written by the given client alone and is the same each time", () => {
  const written = { json: markdownToJSON("# A\n\n- b **c**"), title: "A", clientId: 0xffff_ffff };
  const update = jsonToYUpdate(written);
  expect([...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update)).keys()]).toEqual([0xffff_ffff]);
  expect(jsonToYUpdate(written)).toEqual(update);
  expect(() => jsonToYUpdate({ ...written, clientId: -1 })).toThrow(RangeError);
  expect(() => jsonToYUpdate({ ...written, json: { type: "doc", content: [{ type: "nope" }] } })).toThrow(
    RangeError,
  );
});

test("[I17] opening what was written changes nothing, whatever of the schema it is", () => {
  const opened = (json: unknown) => {
    const doc = open(jsonToYUpdate({ json: json as JSONNode, title: "A", clientId: 7 }));
    const before = Y.encodeStateAsUpdate(doc);
    const fragment = doc.getXmlFragment(FRAGMENT_NAME);
    prosemirrorToYXmlFragment(initProseMirrorDoc(fragment, documentSchema()).doc, fragment);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  };
  opened(markdownToJSON("# A\n\n- [x] b\n\n| a |\n| --: |\n| **`c`** |\n\n```ts\nx\n```"));
  fc.assert(fc.property(arbitraryWhole, opened), { numRuns: 200, seed: 20261122 });
});

test("a document nobody wrote in reads as an empty paragraph, and reading writes nothing", () => {
  const doc = new Y.Doc();
  expect(yDocToJSON(doc)).toEqual(emptyDocument());
  expect(yDocTitle(doc)).toBe("");
  expect(checkJSON(yDocToJSON(doc)).ok).toBe(true);
  expect(Y.encodeStateAsUpdate(doc).length).toBe(2);
});

test("what only a newer schema knows is read, and what nobody could have written is left out", () => {
  const doc = new Y.Doc();
  const fragment = doc.getXmlFragment(FRAGMENT_NAME);
  const callout = new Y.XmlElement("callout");
  const text = new Y.XmlText();
  fragment.push([callout]);
  callout.push([text, new Y.XmlHook("hook") as unknown as Y.XmlText]);
  text.insert(0, "hi", { "comment--AbCd1234": { id: "1" }, bold: true });
  text.insertEmbed(2, { x: 1 });
  doc.getMap(META_NAME).set("title", 7);
  expect(yDocToJSON(doc)).toEqual({
    type: "doc",
    content: [
      {
        type: "callout",
        content: [
          { type: "text", text: "hi", marks: [{ type: "comment", attrs: { id: "1" } }, { type: "bold" }] },
        ],
      },
    ],
  });
  expect(yDocTitle(doc)).toBe("");
});

test("nesting beyond the cap is cut, not followed", () => {
  const doc = new Y.Doc();
  let parent: Y.XmlFragment = doc.getXmlFragment(FRAGMENT_NAME);
  for (let depth = 0; depth < 3000; depth++) {
    const child = new Y.XmlElement("blockquote");
    parent.push([child]);
    parent = child;
  }
  let depth = 0;
  for (let node = yDocToJSON(doc).content?.[0]; node; node = node.content?.[0]) depth += 1;
  expect(depth).toBe(MAX_DEPTH - 1);
});
