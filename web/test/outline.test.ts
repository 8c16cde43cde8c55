import { documentExtensions } from "@palimpsest/schema";
import { getSchema } from "@tiptap/core";
import { Node } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import { countBetween, countText, readingMinutes } from "../src/editor/outline/countText.ts";
import { activeHeading, depthsOf, headingsOf } from "../src/editor/outline/headings.ts";
import { TextCounter } from "../src/editor/outline/TextCounter.ts";

const schema = getSchema(documentExtensions());
const text = (value: string) => (value === "" ? [] : [{ type: "text", text: value }]);
const paragraph = (value: string) => ({ type: "paragraph", content: text(value) });
const heading = (level: number, value: string) => ({
  type: "heading",
  attrs: { level },
  content: text(value),
});
const doc = (...content: object[]) => Node.fromJSON(schema, { type: "doc", content });

test("headings are found with their places, also inside of other blocks", () => {
  const found = headingsOf(
    doc(heading(1, "One"), paragraph("x"), { type: "blockquote", content: [heading(3, " Two ")] }),
  );
  expect(found).toEqual([
    { pos: 0, level: 1, text: "One" },
    { pos: 9, level: 3, text: "Two" },
  ]);
});

test("headings are set in by the levels that occur", () => {
  const at = (...levels: number[]) => depthsOf(levels.map((level) => ({ pos: 0, level, text: "" })));
  expect(at(1, 2, 3, 1)).toEqual([0, 1, 2, 0]);
  expect(at(2, 4, 4, 2)).toEqual([0, 1, 1, 0]);
  expect(at(3, 1, 6, 2)).toEqual([0, 0, 1, 1]);
});

test("the heading that is read is the last above the line, whatever is folded away", () => {
  expect(activeHeading([], 100)).toBe(-1);
  expect(activeHeading([500, 900], 100)).toBe(0);
  expect(activeHeading([-300, null, 90, 400], 100)).toBe(2);
});

test("words are counted as people count them", () => {
  expect(countText("")).toEqual({ words: 0, characters: 0 });
  expect(countText("One two  three.")).toEqual({ words: 3, characters: 15 });
  expect(countText("it’s well-known, 3.5 %").words).toBe(3);
  expect(countText("Straße naïve").words).toBe(2);
  expect(countText("你好世界")).toEqual({ words: 4, characters: 4 });
  expect(countText("👩‍👩‍👧 e\u0301")).toEqual({ words: 1, characters: 3 });
  expect(countText("مرحبا بالعالم").words).toBe(2);
  expect(countText("one\ntwo")).toEqual({ words: 2, characters: 6 });
});

test("of what is selected only that is counted", () => {
  const node = doc(paragraph("One two"), paragraph("three"));
  expect(countBetween(node, 1, 4)).toEqual({ words: 1, characters: 3 });
  expect(countBetween(node, 5, 13)).toEqual({ words: 2, characters: 6 });
  expect(countBetween(node, 0, node.content.size)).toEqual({ words: 3, characters: 12 });
});

test("a counter goes on where it had to stop, and counts only what changed", () => {
  const blocks = Array.from({ length: 10 }, (_, n) => paragraph(`word ${n}`));
  const node = doc(...blocks);
  const counter = new TextCounter();
  let left = 4;
  expect(counter.count(node, () => left-- > 0)).toBeNull();
  let asked = 0;
  const all = counter.count(node, () => {
    asked++;
    return true;
  });
  expect(all).toEqual({ words: 20, characters: 60 });
  expect(asked).toBe(6);
  const changed = node.replace(1, 1, node.slice(1, 5));
  asked = 0;
  expect(counter.count(changed, () => ++asked > 0)?.characters).toBe(64);
  expect(asked).toBe(1);
});

test("reading takes a minute for about two hundred and thirty words", () => {
  expect(readingMinutes({ words: 100, characters: 0 })).toBe(0);
  expect(readingMinutes({ words: 230, characters: 0 })).toBe(1);
  expect(readingMinutes({ words: 2_300, characters: 0 })).toBe(10);
});
