import type { JSONNode } from "./documentJSON.ts";
import type { AssetAddress } from "./image.ts";
import { inlineTypes } from "./inlineTypes.ts";
import { markdownInline } from "./markdownInline.ts";
import { MAX_SPAN } from "./tableCells.ts";

const rulers: Readonly<Record<string, string>> = { left: ":--", center: ":-:", right: "--:" };
const blockAtoms: ReadonlySet<string> = new Set(["image", "file", "blockMath"]);

/** The paragraphs of a cell, whatever they stand in: Markdown cells hold one line. */
function linesOf(node: JSONNode): JSONNode[][] {
  const children = node.content ?? [];
  // Pictures, files and formulas stand in the line like text.
  if (blockAtoms.has(node.type)) return [[node]];
  if (children.length === 0) return [];
  if (node.type === "codeBlock") {
    const lines = children.flatMap((child) => (child.text ?? "").split("\n"));
    return lines.map((text) => (text === "" ? [] : [{ type: "text", text, marks: [{ type: "code" }] }]));
  }
  if (children.some((child) => inlineTypes.has(child.type))) return [children];
  return children.flatMap(linesOf);
}

function cellText(cell: JSONNode, assetAddress: AssetAddress): string {
  const inline = linesOf(cell).flatMap((line, index): JSONNode[] =>
    index === 0 ? line : [{ type: "hardBreak" }, ...line],
  );
  return markdownInline(inline, "cell", assetAddress);
}

function columnSpan(cell: JSONNode): number {
  const span = cell.attrs?.colspan;
  return typeof span === "number" && Number.isInteger(span) && span > 1 ? Math.min(span, MAX_SPAN) : 1;
}

/**
 * A table in GFM's form. The first row becomes the header, whatever its cells are, and gives the alignments;
 * merged cells keep their text in the first column and leave the others empty; blocks in cells become lines (`<br>`).
 */
export function markdownTable(table: JSONNode, assetAddress: AssetAddress): string {
  const rows = (table.content ?? []).map((row) =>
    (row.content ?? []).flatMap((cell) => [
      { text: cellText(cell, assetAddress), align: cell.attrs?.align },
      ...Array.from({ length: columnSpan(cell) - 1 }, () => ({ text: "", align: undefined })),
    ]),
  );
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (columns === 0) return "";
  const every = Array.from({ length: columns }, (_, column) => column);
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text) => (text === "" ? " " : `${text} `)).join("| ")}|`;
  const [head = [], ...body] = rows;
  return [
    line(every.map((column) => head[column]?.text ?? "")),
    line(every.map((column) => rulers[String(head[column]?.align)] ?? "---")),
    ...body.map((row) => line(every.map((column) => row[column]?.text ?? ""))),
  ].join("\n");
}
