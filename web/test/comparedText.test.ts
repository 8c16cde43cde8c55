import { documentSchema } from "@palimpsest/schema";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { expect, test } from "vitest";
import type { Change, ChangeKind, DiffNode } from "../src/history/past/answers.ts";
import { comparedText } from "../src/history/past/comparedText.ts";
import { decorationsOf } from "../src/history/past/pieces.ts";

const schema = documentSchema();
const changed = (kind: ChangeKind, n: number, rest: Partial<Change> = {}): Change => ({
  kind,
  n,
  by: 0,
  at: "2026-06-03T14:32:00.000Z",
  ...rest,
});
const text = (value: string, change?: Change): DiffNode => ({
  type: "text",
  text: value,
  ...(change === undefined ? {} : { change }),
});
const block = (type: string, content: readonly DiffNode[], rest: Partial<DiffNode> = {}): DiffNode => ({
  type,
  content,
  ...rest,
});
const doc = (...content: readonly DiffNode[]) => block("doc", content);
const textOf = (compared: ReturnType<typeof comparedText>, n: number) =>
  compared.pieces
    .filter((piece) => piece.n === n && piece.shape === "inline")
    .map(({ from, to }) => compared.doc.textBetween(from, to));

test("pieces stand exactly on the text that they speak of, in lists and tables too", () => {
  const compared = comparedText(
    schema,
    doc(
      block("paragraph", [text("Same, "), text("new", changed("inserted", 1)), text(" same")]),
      block("bulletList", [
        block("listItem", [block("paragraph", [text("gone", changed("deleted", 2)), text("kept")])]),
      ]),
      { type: "horizontalRule", change: changed("inserted", 3) },
      block("table", [
        block("tableRow", [
          block("tableCell", [block("paragraph", [text("a")])]),
          block("tableCell", [block("paragraph", [text("b", changed("deleted", 4))])], {
            change: changed("deleted", 4),
          }),
        ]),
      ]),
    ),
  );
  expect(textOf(compared, 1)).toEqual(["new"]);
  expect(textOf(compared, 2)).toEqual(["gone"]);
  expect(textOf(compared, 4)).toEqual(["b"]);
  const rule = compared.pieces.find(({ n }) => n === 3);
  expect(compared.doc.nodeAt(rule!.from)?.type.name).toBe("horizontalRule");
  const cell = compared.pieces.find(({ shape }) => shape === "cell");
  expect(compared.doc.nodeAt(cell!.from)?.textContent).toBe("b");
  expect(compared.changes.map(({ n, deletes, excerpt }) => [n, deletes, excerpt])).toEqual([
    [1, false, "new"],
    [2, true, "gone"],
    [3, false, ""],
    [4, true, "b"],
  ]);
});

test("a list that was inserted with its items is one bar at the margin", () => {
  const change = changed("inserted", 1);
  const { pieces, doc: shown } = comparedText(
    schema,
    doc(
      block(
        "bulletList",
        [block("listItem", [block("paragraph", [text("x", change)], { change })], { change })],
        { change },
      ),
    ),
  );
  expect(pieces.map(({ shape }) => shape)).toEqual(["inline", "block"]);
  expect(shown.nodeAt(pieces[1]!.from)?.type.name).toBe("bulletList");
});

test("a block that moved is shown where it is now, however it is read", () => {
  for (const order of [0, 1]) {
    const here = block("paragraph", [text("m", changed("moved", 1))], { change: changed("moved", 1) });
    const away = block("paragraph", [text("m", changed("moved-away", 1))], {
      change: changed("moved-away", 1),
    });
    const blocks = order === 0 ? [away, block("paragraph", [text("between")]), here] : [here, away];
    const { changes, pieces } = comparedText(schema, doc(...blocks));
    const place = pieces.find(({ kind, shape }) => kind === "moved" && shape === "block");
    expect(changes).toMatchObject([{ n: 1, kind: "moved", from: place!.from, to: place!.to }]);
  }
});

test("what became of types, attributes and marks is said before and after", () => {
  const { changes } = comparedText(
    schema,
    doc(
      block("heading", [text("h")], {
        attrs: { level: 2 },
        change: changed("attributes", 1, { before: { attrs: { level: 1 } } }),
      }),
      block("heading", [text("t")], {
        attrs: { level: 1 },
        change: changed("type", 2, { before: { type: "paragraph", attrs: {} } }),
      }),
      block("paragraph", [
        {
          type: "text",
          text: "m",
          marks: [{ type: "bold" }],
          change: changed("marks", 3, {
            before: { marks: [{ type: "link", attrs: { href: "https://a.b" } }] },
          }),
        },
      ]),
    ),
  );
  expect(changes.map(({ differences }) => differences)).toEqual([
    ["level: 1 → 2"],
    ["Kind: paragraph → heading", "level: none → 1"],
    ["link: on → off", "bold: off → on"],
  ]);
});

test("what the schema does not know is left out without moving the rest", () => {
  const compared = comparedText(
    schema,
    doc(
      block("hologram", [text("?", changed("inserted", 1))]),
      block("paragraph", [{ type: "text", text: "" }, text("here", changed("inserted", 2))]),
    ),
  );
  expect(textOf(compared, 2)).toEqual(["here"]);
});

test("two moments without anything still are a document", () => {
  expect(comparedText(schema, { type: "doc" }).doc.childCount).toBe(1);
});

test("decorations carry the change and nothing but a colour into the page", () => {
  const { doc: shown, pieces } = comparedText(
    schema,
    doc(
      block("paragraph", [
        text("a"),
        text("b", changed("inserted", 7)),
        text("c", changed("deleted", 8, { by: null })),
      ]),
    ),
  );
  const people = [{ id: "x", name: "X", color: "red; position: fixed" }];
  const found = decorationsOf(shown, pieces, people).find();
  expect(found.map(({ from, to }) => shown.textBetween(from, to))).toEqual(["b", "c"]);
  const attributes = found.map(
    (each) => (each as unknown as { type: { attrs: Record<string, string> } }).type.attrs,
  );
  expect(attributes).toMatchObject([
    { nodeName: "ins", "data-piece": "7", style: "--by: #6b6459" },
    { nodeName: "del", "data-piece": "8", style: "--by: #6b6459" },
  ]);
});

test("the set of decorations is the one that the view's own, slower way makes", () => {
  const change = changed("inserted", 1);
  const { doc: shown, pieces } = comparedText(
    schema,
    doc(
      block("paragraph", [text("a"), text("b", change), text("c", changed("deleted", 2))]),
      block(
        "bulletList",
        [block("listItem", [block("paragraph", [text("x", change)], { change })], { change })],
        {
          change,
        },
      ),
      block("paragraph", [text("untouched")]),
      { type: "horizontalRule", change: changed("deleted", 3) },
      block("table", [
        block("tableRow", [block("tableCell", [block("paragraph", [text("y", change)])], { change })]),
      ]),
    ),
  );
  type Drawn = { from: number; to: number; type: { attrs: Record<string, string> } };
  const listOf = (set: DecorationSet) =>
    (set.find() as unknown as Drawn[])
      .map(({ from, to, type }) => [from, to, type.attrs["data-piece"]])
      .sort(([a, b], [c, d]) => Number(a) - Number(c) || Number(b) - Number(d));
  const set = decorationsOf(shown, pieces, []);
  const slow = DecorationSet.create(
    shown,
    pieces.map(({ from, to, shape, n }) =>
      shape === "inline"
        ? Decoration.inline(from, to, { "data-piece": String(n) })
        : Decoration.node(from, to, { "data-piece": String(n) }),
    ),
  );
  expect(listOf(set)).toHaveLength(pieces.length);
  expect(listOf(set)).toEqual(listOf(slow));
});
