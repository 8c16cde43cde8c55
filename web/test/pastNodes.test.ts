import { documentSchema } from "@palimpsest/schema";
import { EditorState } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import type { NodeJSON, WrittenNode } from "../src/history/past/answers.ts";
import { authoredText } from "../src/history/past/authoredText.ts";
import { grow, growShared, stepBetween } from "../src/history/past/nodes.ts";
import { blockIds, placeOf } from "../src/history/past/places.ts";

const schema = documentSchema();
const paragraph = (text: string, id = text): NodeJSON => ({
  type: "paragraph",
  id,
  ...(text === "" ? {} : { content: [{ type: "text", id: `${id}-text`, text }] }),
});
const list = (...items: readonly string[]): NodeJSON => ({
  type: "bulletList",
  id: "list",
  content: items.map((item) => ({ type: "listItem", id: `item-${item}`, content: [paragraph(item)] })),
});
const docOf = (...content: readonly NodeJSON[]): NodeJSON => ({ type: "doc", content });
const built = (json: NodeJSON) => grow<NodeJSON>(schema, json, () => undefined);

const moments: readonly NodeJSON[] = [
  docOf(),
  docOf(paragraph("")),
  docOf(paragraph("a")),
  docOf(paragraph("aa")),
  docOf(paragraph("aaa"), paragraph("b")),
  docOf(paragraph("b")),
  docOf(list("one", "two"), paragraph("b")),
  docOf(list("one", "one and a half", "two"), paragraph("b")),
  docOf(paragraph("b"), list("one"), { type: "horizontalRule", id: "rule" }),
  docOf({ type: "heading", id: "h", attrs: { level: 2 }, content: [{ type: "text", text: "b" }] }),
  docOf({ type: "heading", id: "h", attrs: { level: 3 }, content: [{ type: "text", text: "b" }] }),
];

test("from any moment to any other there is one step, and it leads exactly there", () => {
  for (const before of moments)
    for (const after of moments) {
      const [from, to] = [built(before), built(after)];
      const step = stepBetween(from, to);
      if (step === null) expect(from.eq(to)).toBe(true);
      else expect(step.apply(from).doc?.toJSON()).toEqual(to.toJSON());
    }
});

test("blocks that two moments have in common are shared, and the result is the same as if they were not", () => {
  for (const before of moments)
    for (const after of moments) {
      const last = { json: before, doc: built(before) };
      expect(growShared(schema, after, last).toJSON()).toEqual(built(after).toJSON());
    }
  const many = Array.from({ length: 1_000 }, (_, index) => paragraph(`paragraph ${index}`));
  const last = { json: docOf(...many), doc: built(docOf(...many)) };
  const next = growShared(schema, docOf(...many.with(500, paragraph("changed"))), last);
  const shared = many.filter((_, index) => next.child(index) === last.doc.child(index));
  expect(shared).toHaveLength(999);
});

test("a change inside one paragraph replaces no more than itself", () => {
  const step = stepBetween(built(docOf(paragraph("Hello"))), built(docOf(paragraph("Hello!"))));
  expect(step).toMatchObject({ from: 6, to: 6 });
});

test("a place is told by the id of its text block and how far into it", () => {
  const json = docOf(paragraph("intro"), list("one", "two"));
  const { doc } = EditorState.create({ doc: built(json) });
  expect(placeOf(doc.resolve(3), json)).toEqual({ block: "intro", offset: 2 });
  let two = 0;
  doc.descendants((node, pos) => {
    if (node.isText && node.text === "two") two = pos;
  });
  expect(placeOf(doc.resolve(two + 3), json)).toEqual({ block: "two", offset: 3 });
  expect(placeOf(doc.resolve(0), json)).toBeNull();
  expect(blockIds(json, 0, 1)).toEqual(["intro", "list"]);
  expect(blockIds(json, 1, 2)).toBeNull();
  expect(blockIds({ type: "doc", content: [{ type: "paragraph" }] }, 0, 0)).toBeNull();
});

const at = "2026-06-03T14:32:00.000Z";
const written = (text: string, by: number | null, rest: Partial<WrittenNode> = {}): WrittenNode => ({
  type: "text",
  text,
  by,
  at,
  until: at,
  ...rest,
});

test("text that one hand wrote in one go is one passage, and shares are of all the text", () => {
  const authored = authoredText(schema, {
    type: "doc",
    content: [
      {
        type: "paragraph",
        by: 0,
        content: [
          written("ab", 0),
          written("c", 0, { marks: [{ type: "bold" }] }),
          written("d", 1),
          written("e", 0, { restored: { by: 1, at } }),
        ],
      },
      { type: "paragraph", by: 1, content: [written("fffff", null)] },
    ],
  });
  expect(authored.passages.map(({ from, to, by }) => [authored.doc.textBetween(from, to), by])).toEqual([
    ["abc", 0],
    ["d", 1],
    ["e", 0],
    ["fffff", null],
  ]);
  expect(authored.shares).toEqual([
    { by: null, part: 0.5 },
    { by: 0, part: 0.4 },
    { by: 1, part: 0.1 },
  ]);
});

test("nothing written is nobody's share", () => {
  expect(authoredText(schema, { type: "doc", content: [{ type: "paragraph" }] }).shares).toEqual([]);
});
