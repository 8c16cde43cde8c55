import { type Cell, tableOf } from "./cells.ts";
import type { Flow } from "./flow.ts";
import type { Place, Rewriter } from "./rewrite.ts";
import { lookIn } from "./runs.ts";
import { tidyItem } from "./tidy.ts";

function span(cell: Element, name: string): number {
  return Math.min(Math.max(Number.parseInt(cell.getAttribute(name) ?? "1", 10) || 1, 1), 1000);
}

/** Writes a table, or the lines of one that only lays out a page or stands in another's cell. */
export function writeTable(element: Element, flow: Flow, place: Place, rewriter: Rewriter): void {
  const { document, source } = rewriter;
  const rows = [...element.querySelectorAll("tr")].filter((row) => row.closest("table") === element);
  const cells = rows.map((row) => [...row.children].filter((cell) => /^T[DH]$/.test(cell.tagName)));
  const isLayout = element.getAttribute("role") === "presentation" || cells.flat().length === 1;
  const caption = element.querySelector("caption");
  if (caption?.closest("table") === element) rewriter.paragraph(caption, "p", flow, place);
  if (isLayout || place.inCell) {
    for (const cell of cells.flat()) rewriter.paragraph(cell, "p", flow, place);
    return;
  }
  const written = cells.map((row) =>
    row.map((cell): Cell => {
      const isHeader = cell.tagName === "TH" || cell.closest("thead, table")?.tagName === "THEAD";
      const out = document.createElement(isHeader ? "th" : "td");
      const { align } = rewriter.kindOf(cell, { tag: "p", align: null, dir: null });
      if (align !== null && align !== "justify") out.setAttribute("align", align);
      const look = lookIn(cell, place.look, source);
      rewriter.fill(out, cell, { ...place, inCell: true, look: isHeader ? { ...look, bold: false } : look });
      tidyItem(out);
      return { element: out, colspan: span(cell, "colspan"), rowspan: span(cell, "rowspan") };
    }),
  );
  const table = tableOf(written, document);
  if (table !== null) flow.block(table);
}
