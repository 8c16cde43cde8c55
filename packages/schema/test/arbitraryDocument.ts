import fc from "fast-check";
import type { JSONMark, JSONNode } from "../src/documentJSON.ts";
import { addMark, joinTexts } from "../src/markSet.ts";

/** Text that means something to Markdown in one place or another. */
const tricky = [
  ..."# x|- x|+ x|* x|1. x|12) x|> x|_|*|**|__|***|~|~~|`|``|```|~~~|---|===|***|___|:--|# |#|##".split("|"),
  ...[
    "|",
    "| a | b |",
    ":-: | --",
    "--- | ---",
    "\\",
    "\\|",
    "\\\\",
    "\\*",
    "|\\",
    "[x](y)",
    "[x]",
    "[ ] ",
    "[x] ",
  ],
  ...[
    "![",
    "!",
    "[a]: http://x.y",
    "<b>",
    "</b>",
    "<",
    "<!--",
    "-->",
    "<br>",
    "<T>",
    "<http://a.b>",
    "a<b",
    "&amp;",
    "&",
  ],
  ...[
    "&#32;",
    "&nbsp;",
    "&copy;",
    "http://a.b",
    "https://a.b/c_d",
    "www.a.b",
    "me@a.b",
    "@",
    "a_b_c",
    "_a_",
    "*a*",
  ],
  ...[
    "snake_case",
    "un",
    "believ",
    "able",
    "a",
    "1",
    "1.",
    "-",
    "é",
    "中文",
    "🙂",
    "“q”",
    "…",
    "\u00a0",
    "\t",
    " ",
    "  ",
  ],
  ...["$x$", "^[1]", "[^1]", "==x==", "{.c}", "(", ")", "]", "](", '"', "'", "=", "+", ">", ":", "::", "."],
];

const text: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...tricky) },
      { weight: 2, arbitrary: fc.constantFrom("word", "two words", " and ", "x") },
      { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }) },
      { weight: 1, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 6 }) },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(""))
  .filter((value) => value !== "");

const href = fc.constantFrom(
  "https://example.org/",
  "https://example.org/a_b(c)?d=1&copy;2#e",
  "http://a.b/x y|z",
  "https://a.b/<>\\",
  "mailto:me@a.b",
  "https://a.b/*_~`[]\"'",
  "https://例え.jp/ü",
);

const mark: fc.Arbitrary<JSONMark> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("bold", "italic", "strike", "code").map((type) => ({ type })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom("underline", "highlight", "subscript", "superscript")
      .map((type) => ({ type })),
  },
  { weight: 2, arbitrary: href.map((target) => ({ type: "link", attrs: { href: target } })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(href, fc.constantFrom('A "title"', "\\", "&amp; | x"))
      .map(([target, title]) => ({ type: "link", attrs: { href: target, title } })),
  },
);

const marks = fc
  .array(mark, { maxLength: 3 })
  .map((list) => list.reduce<readonly JSONMark[]>((all, one) => addMark(all, one), []));

const leaf: fc.Arbitrary<JSONNode> = fc.oneof(
  { weight: 4, arbitrary: text.map((value): JSONNode => ({ type: "text", text: value })) },
  {
    weight: 4,
    arbitrary: fc.tuple(text, marks).map(([value, list]) => marked({ type: "text", text: value }, list)),
  },
  { weight: 1, arbitrary: fc.constant<JSONNode>({ type: "hardBreak" }) },
);

function marked(node: JSONNode, list: readonly JSONMark[]): JSONNode {
  return list.length > 0 ? { ...node, marks: [...list] } : node;
}

const inline = fc.array(leaf, { minLength: 1, maxLength: 5 }).map(joinTexts);
const maybeInline = fc.oneof({ weight: 6, arbitrary: inline }, { weight: 1, arbitrary: fc.constant([]) });

function node(type: string, content: readonly JSONNode[], attrs?: Record<string, unknown>): JSONNode {
  return { type, ...(attrs ? { attrs } : {}), ...(content.length > 0 ? { content: [...content] } : {}) };
}

const codeText = fc
  .array(
    fc.constantFrom(
      "```",
      "~~~",
      "````",
      "`",
      "let x = 1;",
      "\t",
      "  ",
      "",
      "# x",
      "| a |",
      "> q",
      "- i",
      "\\",
      "&amp;",
    ),
    {
      maxLength: 6,
    },
  )
  .chain((lines) => fc.constantFrom("\n", "").map((glue) => lines.join(glue)));

const table = fc
  .array(fc.constantFrom("left", "center", "right", null), { minLength: 1, maxLength: 4 })
  .chain((aligns) =>
    fc.array(fc.tuple(...aligns.map(() => maybeInline)), { minLength: 1, maxLength: 4 }).map((rows) =>
      node(
        "table",
        rows.map((cells, row) =>
          node(
            "tableRow",
            cells.map((content, column) =>
              node(
                row === 0 ? "tableHeader" : "tableCell",
                [node("paragraph", content)],
                aligns[column] ? { align: aligns[column] } : undefined,
              ),
            ),
          ),
        ),
      ),
    ),
  );

const { block } = fc.letrec<{ block: JSONNode; blocks: JSONNode[]; item: JSONNode[]; task: JSONNode }>(
  (tie) => ({
    blocks: fc.array(tie("block"), { minLength: 1, maxLength: 3 }),
    item: fc.oneof(
      { weight: 3, arbitrary: inline.map((content): JSONNode[] => [node("paragraph", content)]) },
      { weight: 1, arbitrary: fc.constant<JSONNode[]>([node("paragraph", [])]) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(inline, tie("blocks"))
          .map(([content, rest]): JSONNode[] => [node("paragraph", content), ...rest]),
      },
      {
        weight: 1,
        arbitrary: tie("blocks").map((rest): JSONNode[] =>
          rest[0]?.type === "paragraph" ? rest : [node("paragraph", []), ...rest],
        ),
      },
    ),
    task: fc
      .tuple(fc.boolean(), maybeInline, fc.oneof(fc.constant<JSONNode[]>([]), tie("blocks")))
      .map(([checked, content, rest]) =>
        node("taskItem", [node("paragraph", content), ...rest], { checked }),
      ),
    block: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 6, arbitrary: inline.map((content) => node("paragraph", content)) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.integer({ min: 1, max: 6 }), maybeInline)
          .map(([level, content]) => node("heading", content, { level })),
      },
      { weight: 1, arbitrary: fc.constant(node("horizontalRule", [])) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(codeText, fc.constantFrom(null, "ts", "c++", "a\\b&amp;c", "~x"))
          .map(([value, language]) =>
            node(
              "codeBlock",
              value === "" ? [] : [{ type: "text", text: value }],
              language ? { language } : undefined,
            ),
          ),
      },
      { weight: 1, arbitrary: table },
      {
        weight: 2,
        arbitrary: fc
          .oneof(tie("blocks"), fc.constant([node("paragraph", [])]))
          .map((content) => node("blockquote", content)),
      },
      {
        weight: 2,
        arbitrary: fc.array(tie("item"), { minLength: 1, maxLength: 3 }).map((items) =>
          node(
            "bulletList",
            items.map((content) => node("listItem", content)),
          ),
        ),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.constantFrom(0, 1, 1, 1, 2, 9, 10, 99),
            fc.array(tie("item"), { minLength: 1, maxLength: 3 }),
          )
          .map(([start, items]) =>
            node(
              "orderedList",
              items.map((content) => node("listItem", content)),
              start === 1 ? undefined : { start },
            ),
          ),
      },
      {
        weight: 2,
        arbitrary: fc
          .array(tie("task"), { minLength: 1, maxLength: 3 })
          .map((items) => node("taskList", items)),
      },
    ),
  }),
);

/** Documents of everything Markdown can say, with text chosen to be misread. */
export const arbitraryDocument: fc.Arbitrary<JSONNode> = fc
  .array(block, { minLength: 1, maxLength: 5 })
  .map((content) => node("doc", content));
