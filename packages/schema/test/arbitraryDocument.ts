import fc from "fast-check";
import { alignments } from "../src/documentExtensions.ts";
import type { JSONNode } from "../src/documentJSON.ts";
import { calloutKinds, colourNames, fileName } from "../src/index.ts";
import { inline, latex, text, textLine } from "./arbitraryInline.ts";

const maybeInline = fc.oneof({ weight: 6, arbitrary: inline }, { weight: 1, arbitrary: fc.constant([]) });

type Attributes = Readonly<Record<string, unknown>>;

function node(type: string, content: readonly JSONNode[], attrs: Attributes = {}): JSONNode {
  const set = Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null));
  return {
    type,
    ...(Object.keys(set).length > 0 ? { attrs: set } : {}),
    ...(content.length > 0 ? { content: [...content] } : {}),
  };
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

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const asset = fc.stringMatching(/^[A-Za-z0-9_-]{16,32}$/).map((id) => `asset:${id}`);
const trimmed = text.map((value) => value.trim()).filter((value) => value !== "");

const image = fc
  .record({
    src: fc.oneof(
      asset,
      fc.constantFrom("https://a.b/c.png?d=1&e", "https://a.b/(x)|<y>\\z", "https://例え.jp/ü.jpg"),
    ),
    alt: optional(text),
    caption: optional(trimmed),
    look: fc.oneof(
      fc.constant({}),
      fc.record({
        width: optional(fc.integer({ min: 1, max: 4096 })),
        align: optional(fc.constantFrom("left", "center", "right")),
        ratio: optional(fc.double({ min: 0.001, max: 1000, noNaN: true })),
      }),
    ),
  })
  .map(({ look, ...words }) => node("image", [], { ...words, ...look }));

const file = fc
  .record({
    src: asset,
    name: optional(text.map(fileName)),
    size: optional(fc.nat()),
    mime: optional(fc.constantFrom("application/pdf", "x--y/z-", "image/svg+xml")),
  })
  .map((attrs) => node("file", [], attrs));

const codeBlock = fc
  .tuple(codeText, fc.constantFrom(null, "ts", "c++", "a\\b&amp;c", "~x"))
  .map(([value, language]) =>
    node("codeBlock", value === "" ? [] : [{ type: "text", text: value }], { language }),
  );

const blockMath = fc
  .oneof(latex, fc.constantFrom("a\n\nb", "\n", " a\n  b \n", "$$\na", "a $$", "\\$$", "- a\n# b\n> c"))
  .map((source) => node("blockMath", [], { latex: source }));

/** Blocks without blocks in them. */
const atoms = fc.oneof(image, file, blockMath, codeBlock, fc.constant(node("horizontalRule", [])));

/** What Markdown cannot say of a block. */
const none = fc.constant<Attributes>({});
const tint = fc.record({ tint: optional(fc.constantFrom(...colourNames)) });
const dir = fc.record({ dir: optional(fc.constantFrom("ltr", "rtl")) });
const textAlign = fc.record({ textAlign: optional(fc.constantFrom(...alignments)) });

function looks(isWhole: boolean, ...parts: readonly fc.Arbitrary<Attributes>[]): fc.Arbitrary<Attributes> {
  if (!isWhole) return none;
  const all = fc.tuple(...parts).map((sets): Attributes => Object.assign({}, ...sets));
  return fc.oneof({ weight: 3, arbitrary: none }, { weight: 1, arbitrary: all });
}

/** In Markdown the header gives all cells of a column their alignment, and a cell is a line: text, pictures and files. */
function plainTable(): fc.Arbitrary<JSONNode> {
  const paragraph = inline.map((content) => [node("paragraph", content)]);
  const parts: fc.Arbitrary<JSONNode[]> = fc
    .array(fc.tuple(optional(paragraph), fc.oneof(image, file)), { minLength: 1, maxLength: 2 })
    .chain((pairs) => optional(paragraph).map((last) => [...pairs, [last, null] as const]))
    .map((pairs) => pairs.flatMap(([before, block]) => [...(before ?? []), ...(block ? [block] : [])]));
  const line = maybeInline.map((content): JSONNode[] => [node("paragraph", content)]);
  const cell = fc.oneof({ weight: 6, arbitrary: line }, { weight: 1, arbitrary: parts });
  return fc
    .array(fc.constantFrom("left", "center", "right", null), { minLength: 1, maxLength: 4 })
    .chain((aligns) =>
      fc
        .array(fc.tuple(...aligns.map(() => cell)), { minLength: 1, maxLength: 4 })
        .map((rows) =>
          rows.map((cells, row) =>
            cells.map((content, column) =>
              node(row === 0 ? "tableHeader" : "tableCell", content, { align: aligns[column] }),
            ),
          ),
        ),
    )
    .map((rows) =>
      node(
        "table",
        rows.map((cells) => node("tableRow", cells)),
      ),
    );
}

function anyTable(blocks: fc.Arbitrary<JSONNode[]>): fc.Arbitrary<JSONNode> {
  const attrs = fc.record({
    colspan: fc.constantFrom(1, 1, 1, 2, 3),
    rowspan: fc.constantFrom(1, 1, 2),
    align: fc.constantFrom("left", "center", "right", null),
    isSized: fc.boolean(),
  });
  const cell = fc
    .tuple(fc.constantFrom("tableHeader", "tableCell"), blocks, attrs)
    .map(([type, content, { isSized, ...set }]) => {
      const colwidth = isSized ? Array.from({ length: set.colspan }, (_, index) => 80 + index) : null;
      return node(type, content, { ...set, colwidth });
    });
  return fc
    .array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
    .map((rows) =>
      node(
        "table",
        rows.map((cells) => node("tableRow", cells)),
      ),
    );
}

/** @param isWhole everything the schema allows, not only what Markdown can say */
function blocksOf(isWhole: boolean): fc.Arbitrary<JSONNode> {
  const empty = node("paragraph", []);
  const paragraph: fc.Arbitrary<JSONNode> = fc
    .tuple(isWhole ? maybeInline : inline, looks(isWhole, tint, dir, textAlign))
    .map(([content, look]) => node("paragraph", content, look));
  return fc.letrec<{
    block: JSONNode;
    blocks: JSONNode[];
    content: JSONNode[];
    item: JSONNode[];
    task: JSONNode;
  }>((tie) => ({
    blocks: fc.array(tie("block"), { minLength: 1, maxLength: 3 }),
    // An empty paragraph is what Markdown reads where there is nothing, and nothing else.
    content: fc.oneof(
      { weight: 4, arbitrary: tie("blocks") },
      { weight: 1, arbitrary: fc.constant<JSONNode[]>([empty]) },
    ),
    item: fc.oneof(
      { weight: 3, arbitrary: paragraph.map((first): JSONNode[] => [first]) },
      { weight: 1, arbitrary: fc.constant<JSONNode[]>([empty]) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(paragraph, tie("blocks"))
          .map(([first, rest]: [JSONNode, JSONNode[]]): JSONNode[] => [first, ...rest]),
      },
      {
        weight: 1,
        arbitrary: tie("blocks").map((rest): JSONNode[] =>
          rest[0]?.type === "paragraph" ? rest : [empty, ...rest],
        ),
      },
    ),
    task: fc
      .tuple(
        fc.boolean(),
        maybeInline,
        fc.oneof(fc.constant<JSONNode[]>([]), tie("blocks")),
        looks(isWhole, dir),
      )
      .map(([checked, content, rest, look]) =>
        node("taskItem", [node("paragraph", content), ...rest], { checked, ...look }),
      ),
    block: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 6, arbitrary: paragraph },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.integer({ min: 1, max: 6 }), maybeInline, looks(isWhole, tint, dir, textAlign))
          .map(([level, content, look]) => node("heading", content, { level, ...look })),
      },
      { weight: 4, arbitrary: atoms },
      { weight: 1, arbitrary: isWhole ? anyTable(tie("blocks")) : plainTable() },
      {
        weight: 2,
        arbitrary: fc
          .tuple(tie("content"), looks(isWhole, tint, dir))
          .map(([content, look]) => node("blockquote", content, look)),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(tie("content"), fc.constantFrom(...calloutKinds))
          .map(([content, kind]) => node("callout", content, { kind })),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(textLine, tie("content"), looks(isWhole, dir))
          .map(([summary, content, look]) =>
            node("details", [node("detailsSummary", summary, look), node("detailsContent", content)]),
          ),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.array(fc.tuple(tie("item"), looks(isWhole, dir)), { minLength: 1, maxLength: 3 }),
            looks(isWhole, tint),
          )
          .map(([items, look]) =>
            node(
              "bulletList",
              items.map(([content, direction]) => node("listItem", content, direction)),
              look,
            ),
          ),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.constantFrom(0, 1, 1, 1, 2, 9, 10, 99),
            fc.array(tie("item"), { minLength: 1, maxLength: 3 }),
            looks(isWhole, tint, fc.record({ type: optional(fc.constantFrom("a", "A", "i", "I")) })),
          )
          .map(([start, items, look]) =>
            node(
              "orderedList",
              items.map((content) => node("listItem", content)),
              { start: start === 1 ? null : start, ...look },
            ),
          ),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.array(tie("task"), { minLength: 1, maxLength: 3 }), looks(isWhole, tint))
          .map(([items, look]) => node("taskList", items, look)),
      },
    ),
  })).block;
}

function documentsOf(block: fc.Arbitrary<JSONNode>): fc.Arbitrary<JSONNode> {
  return fc.array(block, { minLength: 1, maxLength: 5 }).map((content) => node("doc", content));
}

/** Documents of everything Markdown can say, with text chosen to be misread. */
export const arbitraryDocument: fc.Arbitrary<JSONNode> = documentsOf(blocksOf(false));

/** Documents of everything the schema allows: every node, mark and attribute. */
export const arbitraryWhole: fc.Arbitrary<JSONNode> = documentsOf(blocksOf(true));
