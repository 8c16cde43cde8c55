import { documentSchema, jsonToMarkdown, markdownToJSON } from "@palimpsest/schema";
import type { Node } from "@tiptap/pm/model";
import { CellSelection, TableMap } from "@tiptap/pm/tables";
import { expect, test } from "vitest";
import { copiedText } from "../src/editor/clipboard/copiedText.ts";

const read = (markdown: string): Node => documentSchema().nodeFromJSON(markdownToJSON(markdown));

/** What is copied from the first place of one word to the end of the first place of another. */
function between(markdown: string, from: string, to: string): string {
  const doc = read(markdown);
  const places = { from: -1, to: -1 };
  doc.descendants((node, pos) => {
    const text = node.text ?? "";
    if (places.from < 0 && text.includes(from)) places.from = pos + text.indexOf(from);
    if (places.to < 0 && text.includes(to)) places.to = pos + text.indexOf(to) + to.length;
  });
  return copiedText(doc.slice(places.from, places.to, true), jsonToMarkdown);
}

test("words of one line are copied as they are, wherever the line stands", () => {
  expect(between("The **tide** rises", "The", "tide")).toBe("The tide");
  expect(between("> - a _small_ boat", "small", "boat")).toBe("small boat");
  expect(between("## The plan", "The", "plan")).toBe("The plan");
  expect(between("| a | b |\n| --- | --- |\n| one two | 3 |", "two", "two")).toBe("two");
  expect(between("so $x^2$ it is", "so", "is")).toBe("so $x^2$ it is");
  expect(between("```js\nlet a = 1;\nlet b = 2;\n```", "let a", "b = 2;")).toBe("let a = 1;\nlet b = 2;");
});

test("several blocks are Markdown, with the list or quote that they stand in", () => {
  expect(between("# One\n\ntwo **three**", "One", "three")).toBe("# One\n\ntwo **three**");
  expect(between("- one\n- two\n- three", "one", "two")).toBe("- one\n- two");
  expect(between("- one\n- two\n- three", "ne", "tw")).toBe("- ne\n- tw");
  expect(between("1. one\n2. two", "one", "two")).toBe("1. one\n2. two");
  expect(between("- [x] one\n- [ ] two", "one", "two")).toBe("- [x] one\n- [ ] two");
  expect(between("> one\n>\n> two", "one", "two")).toBe("> one\n>\n> two");
});

test("selected cells are a table", () => {
  const doc = read("| a | b |\n| --- | --- |\n| 1 | 2 |");
  const map = TableMap.get(doc.child(0));
  const [from = 0, to = 0] = [map.map[0], map.map.at(-1)];
  const cells = CellSelection.create(doc, from + 1, to + 1);
  expect(copiedText(cells.content(), jsonToMarkdown)).toBe("| a | b |\n| --- | --- |\n| 1 | 2 |");
});

test("while the writer of Markdown is on its way, words are copied without their signs", () => {
  const doc = read("# One\n\ntwo **three**");
  expect(copiedText(doc.slice(0, doc.content.size, true), null)).toBe("One\n\ntwo three");
});
