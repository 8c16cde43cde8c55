import { Fragment, type Node } from "@tiptap/pm/model";
import { type Selection, TextSelection } from "@tiptap/pm/state";
import { CellSelection, selectedRect } from "@tiptap/pm/tables";
import type { EditorView } from "@tiptap/pm/view";
import { isOccupied, separateUndo } from "../blocks/moveBlocks.ts";

type Piece = {
  readonly from: number;
  readonly to: number;
  /** Where it goes, in the table as it is now. */
  readonly at: number;
};

/** Rows, or the cells of a column, that are taken out and put in again elsewhere in their table. */
export type CellMove = { readonly pieces: readonly Piece[] };

/** Merged cells reach over rows and columns: what they hold together is not taken apart. */
const isPlain = (table: Node): boolean =>
  table.children.every((row) =>
    row.children.every(({ attrs }) => attrs.rowspan === 1 && attrs.colspan === 1),
  );

const isHeader = (row: Node | null): boolean =>
  row?.children.every(({ type }) => type.name === "tableHeader") ?? false;

function startOf(parent: Node, start: number, index: number): number {
  let pos = start;
  for (let before = 0; before < index; before++) pos += parent.child(before).nodeSize;
  return pos;
}

/** The rows of the selection past their neighbour; what somebody else writes in stays, and the other goes past it. */
export function planRows(view: EditorView, by: 1 | -1): CellMove | null {
  const { table, tableStart, top, bottom } = selectedRect(view.state);
  const neighbour = by === 1 ? bottom : top - 1;
  if (neighbour < 0 || neighbour >= table.childCount || !isPlain(table)) return null;
  // A header is the first row; nothing goes above it, and it does not go down alone.
  const first = table.firstChild;
  if (isHeader(first) && (neighbour === 0 || top === 0) && !isHeader(table.maybeChild(1))) return null;
  const at = (index: number) => startOf(table, tableStart, index);
  const own = { from: at(top), to: at(bottom) };
  const other = { from: at(neighbour), to: at(neighbour + 1) };
  const ownStays = isOccupied(view, own) && !isOccupied(view, other);
  const [moved, still] = ownStays ? [other, own] : [own, other];
  return { pieces: [{ ...moved, at: moved.from < still.from ? still.to : still.from }] };
}

/** The columns of the selection past their neighbour, cell by cell. */
export function planColumns(view: EditorView, by: 1 | -1): CellMove | null {
  const { table, tableStart, left, right, map } = selectedRect(view.state);
  const neighbour = by === 1 ? right : left - 1;
  if (neighbour < 0 || neighbour >= map.width || !isPlain(table)) return null;
  const pieces: Piece[] = [];
  let row = tableStart;
  for (const cells of table.children) {
    const at = (index: number) => startOf(cells, row + 1, index);
    const own = { from: at(left), to: at(right) };
    const other = { from: at(neighbour), to: at(neighbour + 1) };
    const ownStays = isOccupied(view, own) && !isOccupied(view, other);
    const [moved, still] = ownStays ? [other, own] : [own, other];
    pieces.push({ ...moved, at: moved.from < still.from ? still.to : still.from });
    row += cells.nodeSize;
  }
  return { pieces };
}

/** Where a position has got to once the pieces were moved. */
function movedPosition(pieces: readonly Piece[], pos: number): number {
  for (const { from, to, at } of pieces) {
    const size = to - from;
    if (pos >= from && pos < to) return at > from ? pos + at - to : pos + at - from;
    if (at > from && pos >= to && pos < at) return pos - size;
    if (at < from && pos >= at && pos < from) return pos + size;
  }
  return pos;
}

function movedSelection(doc: Node, selection: Selection, pieces: readonly Piece[]): Selection {
  const moved = (pos: number) => movedPosition(pieces, pos);
  if (selection instanceof CellSelection)
    return CellSelection.create(doc, moved(selection.$anchorCell.pos), moved(selection.$headCell.pos));
  return TextSelection.between(doc.resolve(moved(selection.anchor)), doc.resolve(moved(selection.head)));
}

/** In two transactions, as blocks are moved: in one, the binding would write the texts of all that changed places anew. */
export function carryOutCells(view: EditorView, { pieces }: CellMove): void {
  const { doc, selection } = view.state;
  const contents = pieces.map(({ from, to }) => {
    const $from = doc.resolve(from);
    return $from.parent.content.cut(from - $from.start(), to - $from.start());
  });
  separateUndo(view);
  const out = view.state.tr;
  for (const { from, to } of pieces.toReversed()) out.delete(from, to);
  view.dispatch(out);
  const back = view.state.tr;
  for (let index = pieces.length - 1; index >= 0; index--) {
    const { at } = pieces[index] as Piece;
    back.insert(out.mapping.map(at), contents[index] ?? Fragment.empty);
  }
  back.setSelection(movedSelection(back.doc, selection, pieces));
  view.dispatch(back.scrollIntoView());
  separateUndo(view);
}
