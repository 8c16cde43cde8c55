import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  checkJSON,
  documentSchema,
  FRAGMENT_NAME,
  jsonToMarkdown,
  jsonToYUpdate,
  markdownToJSON,
  replaceText,
  yDocTitle,
  yDocToJSON,
} from "../src/index.ts";
import { arbitraryDocument, arbitraryWhole } from "./arbitraryDocument.ts";

const normal = (json: unknown) => documentSchema().nodeFromJSON(json).toJSON();

function written(markdown: string): Y.Doc {
  return opened(jsonToYUpdate({ json: markdownToJSON(markdown), title: "T", clientId: 1 }));
}

function opened(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
}

/** Where each of these words begins, to be found again later whatever became of the text around it. */
function carets(doc: Y.Doc, words: readonly string[]): () => (string | null)[] {
  const texts: Y.XmlText[] = [];
  const collect = (parent: Y.XmlFragment) => {
    for (const child of parent.toArray()) {
      if (child instanceof Y.XmlText) texts.push(child);
      else if (child instanceof Y.XmlElement) collect(child);
    }
  };
  collect(doc.getXmlFragment(FRAGMENT_NAME));
  const places = words.map((word) => {
    const text = texts.find((text) => text.toString().includes(word));
    if (text === undefined) throw new Error(`nowhere: ${word}`);
    return Y.createRelativePositionFromTypeIndex(text, text.toString().indexOf(word));
  });
  return () =>
    places.map((place) => {
      const at = Y.createAbsolutePositionFromRelativePosition(place, doc);
      const text = at?.type instanceof Y.XmlText && !at.type._item?.deleted ? at.type.toString() : null;
      return text === null ? null : text.slice(at?.index);
    });
}

function replaced(doc: Y.Doc, markdown: string): Uint8Array | null {
  let change: Uint8Array | null = null;
  doc.once("update", (update: Uint8Array) => {
    change = update;
  });
  replaceText(doc, markdownToJSON(markdown));
  return change;
}

test("whatever stood there, the document reads as the Markdown that replaced it, and is valid", () => {
  fc.assert(
    fc.property(arbitraryWhole, arbitraryDocument, (before, after) => {
      const markdown = jsonToMarkdown(after);
      const doc = opened(jsonToYUpdate({ json: before, title: "T", clientId: 1 }));
      replaceText(doc, markdownToJSON(markdown));
      expect(checkJSON(yDocToJSON(doc))).toEqual({ ok: true });
      expect(jsonToMarkdown(yDocToJSON(doc))).toBe(jsonToMarkdown(markdownToJSON(markdown)));
      expect(yDocTitle(doc)).toBe("T");
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

test("a document's own Markdown changes nothing, not even what Markdown cannot say", () => {
  const json = {
    type: "doc",
    content: [
      { type: "paragraph", attrs: { textAlign: "center" }, content: [{ type: "text", text: "middle" }] },
      { type: "paragraph" },
      { type: "paragraph" },
      { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "End" }] },
    ],
  };
  const doc = opened(jsonToYUpdate({ json, title: "", clientId: 1 }));
  const before = normal(yDocToJSON(doc));
  expect(replaced(doc, jsonToMarkdown(json))).toBeNull();
  expect(replaced(doc, "middle\n\n## End\n\nmore")).not.toBeNull();
  expect(normal(yDocToJSON(doc))).toEqual({
    ...before,
    content: [...before.content, normal(markdownToJSON("more")).content[0]],
  });
});

test("carets in what stays keep their place, and in a changed paragraph as far as its words stay", () => {
  const doc = written(
    "# One\n\nfirst words here\n\nthe second paragraph of them\n\n- item\n- other\n\nlast line",
  );
  const now = carets(doc, ["words", "second", "other", "last"]);
  replaced(
    doc,
    "# Zero\n\nnew at the top\n\n# One\n\nfirst words here\n\nthe very second paragraph of them\n\n- item\n- between\n- other\n\nlast line\n\nend",
  );
  expect(now()).toEqual(["words here", "second paragraph of them", "other", "last line"]);
});

test("what was inserted in front does not turn each paragraph into the one before it", () => {
  const lines = Array.from({ length: 300 }, (_, i) => `Line ${i} says ${(i * 7919) % 1000}.`);
  const doc = written(lines.join("\n\n"));
  const change = replaced(
    doc,
    ["A new beginning.", ...lines.slice(0, 150), ...lines.slice(151), "An end."].join("\n\n"),
  );
  expect(change?.length).toBeLessThan(200);
  // and of two that changed beside a new one, each stays itself
  const now = carets(doc, ["Line 10 ", "Line 11 "]);
  const texts = yDocToJSON(doc).content?.map((node) => node.content?.[0]?.text ?? "") ?? [];
  const at = texts.findIndex((text) => text.startsWith("Line 10 "));
  replaced(
    doc,
    texts.toSpliced(at, 2, "Quite another one.", `${texts[at]} Yes.`, `${texts[at + 1]} No.`).join("\n\n"),
  );
  expect(now()).toEqual([`${texts[at]} Yes.`, `${texts[at + 1]} No.`]);
});

test("empty and back", () => {
  const doc = written("one\n\ntwo");
  replaced(doc, "");
  expect(normal(yDocToJSON(doc))).toEqual(normal(markdownToJSON("")));
  replaced(doc, "three");
  expect(normal(yDocToJSON(doc))).toEqual(normal(markdownToJSON("three")));
});

test("what no editor wrote at the top is replaced too", () => {
  const doc = written("one");
  doc.getXmlFragment(FRAGMENT_NAME).insert(0, [new Y.XmlText("loose"), new Y.XmlElement("unheardOf")]);
  replaced(doc, "one");
  expect(doc.getXmlFragment(FRAGMENT_NAME).toString()).toBe("<paragraph>one</paragraph>");
});
