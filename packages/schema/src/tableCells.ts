import type { Attributes } from "@tiptap/core";
import { TableCell, TableHeader } from "@tiptap/extension-table";

/** Widest and tallest merged cell; the HTML standard's own limit for `colspan`. */
export const MAX_SPAN = 1000;

// Table maps allocate columns × rows slots: a span of 1e9 freezes whoever lays the table out.
function validSpan(value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > MAX_SPAN) {
    throw new RangeError(`A cell spans 1 to ${MAX_SPAN} rows or columns`);
  }
}

function areWidths(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MAX_SPAN && value.every((width) => Number.isFinite(width));
}

function validWidths(value: unknown): void {
  if (value !== null && !areWidths(value)) throw new RangeError("Column widths are a list of numbers");
}

function parseSpan(element: { getAttribute(name: string): string | null }, name: string): number {
  const span = Number.parseInt(element.getAttribute(name) ?? "1", 10);
  return span >= 1 ? Math.min(span, MAX_SPAN) : 1;
}

function bounded(attributes: Attributes | undefined): Attributes {
  const { parseHTML: parseWidths, ...width } = attributes?.colwidth ?? {};
  return {
    ...attributes,
    colspan: { default: 1, validate: validSpan, parseHTML: (element) => parseSpan(element, "colspan") },
    rowspan: { default: 1, validate: validSpan, parseHTML: (element) => parseSpan(element, "rowspan") },
    colwidth: {
      ...width,
      default: null,
      validate: validWidths,
      // Pasted widths can be anything, and one that is no number would throw away the whole paste.
      parseHTML: (element) => {
        const widths: unknown = parseWidths?.(element);
        return areWidths(widths) ? widths : null;
      },
    },
  };
}

/** TipTap's table cell with bounded spans. */
export const BoundedTableCell = TableCell.extend({
  addAttributes() {
    return bounded(this.parent?.() as Attributes | undefined);
  },
});

/** TipTap's header cell with bounded spans. */
export const BoundedTableHeader = TableHeader.extend({
  addAttributes() {
    return bounded(this.parent?.() as Attributes | undefined);
  },
});
