import fc from "fast-check";
import { colourNames } from "../src/colours.ts";
import type { JSONMark, JSONNode } from "../src/documentJSON.ts";
import { addMark, joinTexts } from "../src/markSet.ts";
import { mentionLabel } from "../src/mention.ts";

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
  ...[
    "$x$",
    "$",
    "$$",
    "$5",
    "$a",
    "5$",
    "[!NOTE]",
    "[!tip]",
    "<details>",
    "</details>",
    "<summary>x</summary>",
  ],
  ...[
    "![a](https://b.c)",
    "[f](asset:0123456789abcdef)",
    "[@a](mention:1)",
    '<span data-color="red">',
    "</span>",
  ],
  ...["^[1]", "[^1]", "==x==", "{.c}", "(", ")", "]", "](", '"', "'", "=", "+", ">", ":", "::", "."],
];

/** Never empty. */
export const text: fc.Arbitrary<string> = fc
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
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("textColor", "highlight"), fc.constantFrom(...colourNames))
      .map(([type, color]) => ({ type, attrs: { color } })),
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

const formulas = [
  "x",
  "x^2",
  "\\frac{a}{b}",
  "a\\$b",
  "a$b",
  "$$",
  "x|y",
  "\\|x\\|",
  " x ",
  "",
  "\\",
  "]: x",
  "a\nb",
  "a`b",
  "5",
  "é<&",
];

/** LaTeX, and what is none. */
export const latex: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...formulas) },
  { weight: 1, arbitrary: text },
);

const texts: fc.Arbitrary<JSONNode> = fc.oneof(
  text.map((value): JSONNode => ({ type: "text", text: value })),
  fc.tuple(text, marks).map(([value, list]) => marked({ type: "text", text: value }, list)),
);

const leaf: fc.Arbitrary<JSONNode> = fc.oneof(
  { weight: 8, arbitrary: texts },
  { weight: 1, arbitrary: fc.constant<JSONNode>({ type: "hardBreak" }) },
  { weight: 1, arbitrary: latex.map((source) => ({ type: "inlineMath", attrs: { latex: source } })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/), text)
      .map(([id, name]) => ({ type: "mention", attrs: { id, label: mentionLabel(name) } })),
  },
);

function marked(node: JSONNode, list: readonly JSONMark[]): JSONNode {
  return list.length > 0 ? { ...node, marks: [...list] } : node;
}

/** A line as a paragraph or a heading may hold it; never empty. */
export const inline: fc.Arbitrary<JSONNode[]> = fc.array(leaf, { minLength: 1, maxLength: 5 }).map(joinTexts);

/** A line of nothing but text with marks; may be empty. */
export const textLine: fc.Arbitrary<JSONNode[]> = fc.array(texts, { maxLength: 4 }).map(joinTexts);
