import { documentSchema } from "@palimpsest/schema";
import type { Node } from "@tiptap/pm/model";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import { blockAt, blocksBetween } from "../src/editor/blocks/blockRange.ts";
import type { Kind } from "../src/editor/blocks/kinds.ts";
import { setLook } from "../src/editor/blocks/look.ts";
import { turnInto } from "../src/editor/blocks/turnInto.ts";

const schema = documentSchema();
const node = (type: string, ...content: Node[]) => schema.node(type, null, content);
const p = (text = "") => schema.node("paragraph", null, text === "" ? [] : [schema.text(text)]);
const li = (text: string) => node("listItem", p(text));
const doc = (...content: Node[]) => node("doc", ...content);

function line(of: Node): string {
  if (of.type.name === "blockMath") return `math[${of.attrs.latex}]`;
  if (of.isTextblock) return `${of.type.name === "paragraph" ? "" : of.type.name}[${of.textContent}]`;
  return of.type.name === "doc"
    ? of.children.map(line).join("")
    : `${of.type.name}(${of.children.map(line).join("")})`;
}

function posOf(of: Node, text: string): number {
  let found = -1;
  of.descendants((each, pos) => {
    if (each.isText && each.text === text) found = pos;
  });
  return found;
}

/** With the caret behind the first letter of `text`: the document, and the line with the caret before and behind it. */
function turned(of: Node, text: string, kind: Kind, until = text) {
  const at = posOf(of, text) + 1;
  const range = text === until ? blockAt(of, at) : blocksBetween(of, at, posOf(of, until));
  if (range === null) throw new Error("no block");
  const state = EditorState.create({ doc: of, selection: TextSelection.create(of, at) });
  const { tr } = state;
  const done = turnInto(tr, range, kind);
  tr.doc.check();
  const { $from } = tr.selection;
  const caret = `${$from.parent.textContent.slice(0, $from.parentOffset)}|`;
  return done ? `${line(tr.doc)} ${caret}` : null;
}

test("text becomes each kind, and the caret stays in it", () => {
  const of = doc(p("abc"), p("z"));
  expect(turned(of, "abc", { name: "heading", level: 2 })).toBe("heading[abc][z] a|");
  expect(turned(of, "abc", { name: "quote" })).toBe("blockquote([abc])[z] a|");
  expect(turned(of, "abc", { name: "taskList" })).toBe("taskList(taskItem([abc]))[z] a|");
  expect(turned(of, "abc", { name: "callout", callout: "tip" })).toBe("callout([abc])[z] a|");
  expect(turned(of, "abc", { name: "toggle" })).toBe("details(detailsSummary[abc]detailsContent([]))[z] a|");
  expect(turned(of, "abc", { name: "code" })).toBe("codeBlock[abc][z] a|");
  expect(turned(of, "abc", { name: "math" })).toMatch(/^math\[abc\]\[z\]/);
});

test("each kind becomes text again, and loses nothing that was written", () => {
  const toggle = node(
    "details",
    schema.node("detailsSummary", null, [schema.text("abc")]),
    node("detailsContent", p("x")),
  );
  for (const [of, expected] of [
    [doc(node("callout", p("abc"), p("x"))), "[abc][x]"],
    [doc(node("blockquote", p("abc"), p("x"))), "[abc][x]"],
    [doc(toggle), "[abc][x]"],
  ] as const) {
    const state = EditorState.create({ doc: of });
    const { tr } = state;
    expect(turnInto(tr, { from: 0, to: of.content.size }, { name: "paragraph" })).toBe(true);
    expect(line(tr.doc)).toBe(expected);
  }
  const code = doc(node("codeBlock", schema.text("one\ntwo")));
  expect(turned(code, "one\ntwo", { name: "paragraph" })).toMatch(/^\[one\]\[two\]/);
});

test("an item that becomes something else divides its list", () => {
  const of = doc(node("bulletList", li("a"), li("bbb"), li("c")));
  expect(turned(of, "bbb", { name: "heading", level: 1 })).toBe(
    "bulletList(listItem([a]))heading[bbb]bulletList(listItem([c])) b|",
  );
  expect(turned(of, "bbb", { name: "taskList" })).toBe(
    "bulletList(listItem([a]))taskList(taskItem([bbb]))bulletList(listItem([c])) b|",
  );
  // An item begins with a line of text: a heading has no place in it.
  const nested = doc(node("bulletList", node("listItem", p("a"), node("bulletList", li("bbb")))));
  expect(turned(nested, "bbb", { name: "paragraph" })).toBe("bulletList(listItem([a][bbb])) b|");
});

test("several blocks become one list, one callout, one piece of code", () => {
  const of = doc(p("one"), p("two"), p("z"));
  expect(turned(of, "one", { name: "bulletList" }, "two")).toBe(
    "bulletList(listItem([one])listItem([two]))[z] o|",
  );
  expect(turned(of, "one", { name: "code" }, "two")).toMatch(/^codeBlock\[one\ntwo\]\[z\]/);
  expect(turned(of, "two", { name: "heading", level: 1 }, "z")).toBe("[one]heading[two]heading[z] t|");
});

test("a ground goes on the block that has one, a direction on all that is written in it", () => {
  const of = doc(node("blockquote", p("a"), p("b")), node("callout", p("c")));
  const { tr } = EditorState.create({ doc: of });
  expect(setLook(tr, { from: 0, to: of.content.size }, "tint", "blue")).toBe(true);
  expect(setLook(tr, { from: 0, to: of.content.size }, "tint", "blue")).toBe(false);
  expect(tr.doc.child(0).attrs.tint).toBe("blue");
  expect(tr.doc.child(0).child(0).attrs.tint).toBeNull();
  expect(tr.doc.child(1).child(0).attrs.tint).toBe("blue");
  setLook(tr, { from: 0, to: of.content.size }, "dir", "rtl");
  expect(tr.doc.child(0).attrs.dir).toBe("rtl");
  expect(tr.doc.child(0).child(1).attrs.dir).toBe("rtl");
});
