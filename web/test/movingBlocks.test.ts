import { documentSchema } from "@palimpsest/schema";
import type { Node } from "@tiptap/pm/model";
import { Transform } from "@tiptap/pm/transform";
import { describe, expect, test } from "vitest";
import { blockAt, blocksBetween } from "../src/editor/blocks/blockRange.ts";
import { type Direction, type Move, planDetour, planMove, planStep } from "../src/editor/blocks/moving.ts";

const schema = documentSchema();
const node = (type: string, ...content: Node[]) => schema.node(type, null, content);
const p = (text = "") => schema.node("paragraph", null, text === "" ? [] : [schema.text(text)]);
const li = (text: string, ...more: Node[]) => node("listItem", p(text), ...more);
const task = (text: string) => node("taskItem", p(text));
const ul = (...items: Node[]) => node("bulletList", ...items);
const toggle = (text: string, ...content: Node[]) =>
  node(
    "details",
    schema.node("detailsSummary", null, [schema.text(text)]),
    node("detailsContent", ...content),
  );
const doc = (...content: Node[]) => node("doc", ...content);

/** A document in one line: containers by their first letters, blocks by their text. */
function line(of: Node): string {
  if (of.inlineContent) return of.textContent === "" ? "_" : of.textContent;
  const inside = of.children.map(line).join(" ");
  return of.type.name === "doc" ? inside : `${of.type.name}(${inside})`;
}

function posOf(of: Node, text: string): number {
  let found = -1;
  of.descendants((each, pos) => {
    if (each.isText && each.text === text) found = pos;
  });
  return found;
}

function carriedOut(of: Node, { cut, at, nodes }: Move): Node {
  const tr = new Transform(of);
  if (cut.from === 0 && cut.to === of.content.size) tr.replaceWith(cut.from, cut.to, nodes);
  else tr.replaceWith(cut.from, cut.to, cut.left).insert(at, nodes);
  tr.doc.check();
  return tr.doc;
}

function stepped(of: Node, text: string, direction: Direction, open = true): string | null {
  const range = blockAt(of, posOf(of, text));
  if (range === null) throw new Error(`no block “${text}”`);
  const step = planStep(of, range, direction, () => open);
  return step === null ? null : line(carriedOut(of, step.move));
}

const down = (of: Node, text: string, open = true) => stepped(of, text, 1, open);
const up = (of: Node, text: string, open = true) => stepped(of, text, -1, open);

describe("a step", () => {
  test("past a neighbour, and no further than the ends", () => {
    const three = doc(p("a"), p("b"), p("c"));
    expect(down(three, "a")).toBe("b a c");
    expect(up(three, "c")).toBe("a c b");
    expect(up(three, "a")).toBeNull();
    expect(down(three, "c")).toBeNull();
  });

  test("into a callout, through it and out again", () => {
    const callout = doc(p("a"), node("callout", p("x")), p("z"));
    expect(down(callout, "a")).toBe("callout(a x) z");
    expect(down(doc(node("callout", p("x"), p("a")), p("z")), "a")).toBe("callout(x) a z");
    expect(up(doc(node("callout", p("a"), p("x"))), "a")).toBe("a callout(x)");
  });

  test("the last block of a callout leaves an empty line in it, the last of a quote takes the quote along", () => {
    expect(down(doc(node("callout", p("a")), p("z")), "a")).toBe("callout(_) a z");
    expect(down(doc(node("blockquote", p("a")), p("z")), "a")).toBe("a z");
    expect(up(doc(node("blockquote", p("a"))), "a")).toBe("a");
  });

  test("into a toggle that is open, past one that is closed", () => {
    const of = doc(p("a"), toggle("t", p("x")), p("z"));
    expect(down(of, "a")).toBe("details(t detailsContent(a x)) z");
    expect(down(of, "a", false)).toBe("details(t detailsContent(x)) a z");
    expect(up(of, "z")).toBe("a details(t detailsContent(x z))");
    expect(up(of, "x")).toBe("a x details(t detailsContent(_)) z");
    expect(down(of, "t")).toBe("a z details(t detailsContent(x))");
  });

  test("an item takes what is below it along", () => {
    const of = doc(ul(li("a", ul(li("a1"))), li("b")));
    expect(down(of, "a")).toBe("bulletList(listItem(b) listItem(a bulletList(listItem(a1))))");
    expect(up(of, "a1")).toBe("bulletList(listItem(a1) listItem(a) listItem(b))");
    expect(down(of, "a1")).toBe("bulletList(listItem(a) listItem(a1) listItem(b))");
  });

  test("an item goes from list to list, and past what stands between with a list of its own", () => {
    const of = doc(ul(li("a"), li("b")), p("x"), node("taskList", task("c")));
    expect(down(of, "b")).toBe("bulletList(listItem(a)) x bulletList(listItem(b)) taskList(taskItem(c))");
    const two = doc(ul(li("a")), node("taskList", task("c")));
    expect(down(two, "a")).toBe("taskList(taskItem(a) taskItem(c))");
    expect(down(doc(p("a"), ul(li("b"))), "a")).toBe("bulletList(listItem(b)) a");
  });
});

describe("to a gap", () => {
  test("a paragraph becomes an item among items; a heading stays out", () => {
    const of = doc(p("a"), ul(li("b"), li("c")));
    const gap = posOf(of, "c") - 2;
    const range = blockAt(of, posOf(of, "a"));
    const move = range && planMove(of, range, gap);
    expect(move && line(carriedOut(of, move))).toBe("bulletList(listItem(b) listItem(a) listItem(c))");
    const heading = doc(node("heading", schema.text("h")), ul(li("b"), li("c")));
    const block = blockAt(heading, 1);
    expect(block && planMove(heading, block, posOf(heading, "c") - 2)).toBeNull();
  });

  test("nothing moves into itself", () => {
    const of = doc(node("callout", p("a")), p("b"));
    expect(planMove(of, { from: 0, to: 5 }, 1)).toBeNull();
    expect(planMove(of, { from: 0, to: 5 }, 5)).toBeNull();
  });

  test("the detour moves what stands between and comes to the same", () => {
    const of = doc(p("a"), p("b"), p("c"));
    const plan = planDetour(of, { from: 0, to: 3 }, 9);
    expect(plan?.cut).toMatchObject({ from: 3, to: 9 });
    expect(plan && line(carriedOut(of, plan))).toBe("b c a");
    const back = planDetour(of, { from: 6, to: 9 }, 0);
    expect(back && line(carriedOut(of, back))).toBe("c a b");
  });
});

describe("what counts as a block", () => {
  test("an item and not its list, a table and not its cells, the blocks of a callout", () => {
    const table = node("table", node("tableRow", node("tableCell", p("cell"))));
    const of = doc(ul(li("a")), table, node("callout", p("x"), p("y")));
    const at = (text: string) => {
      const range = blockAt(of, posOf(of, text));
      return range && of.resolve(range.from).nodeAfter?.type.name;
    };
    expect(at("a")).toBe("listItem");
    expect(at("cell")).toBe("table");
    expect(at("y")).toBe("paragraph");
  });

  test("a selection over several has all of one parent", () => {
    const of = doc(p("a"), ul(li("b"), li("c")), p("d"));
    const all = blocksBetween(of, posOf(of, "a"), posOf(of, "c"));
    expect(all).toEqual({ from: 0, to: 3 + of.child(1).nodeSize });
    const items = blocksBetween(of, posOf(of, "b"), posOf(of, "c"));
    expect(items).toEqual({ from: 4, to: 14 });
  });
});
