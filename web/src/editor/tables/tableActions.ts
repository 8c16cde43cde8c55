import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import type { Command, EditorState } from "@tiptap/pm/state";
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  CellSelection,
  deleteCellSelection,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  mergeCells,
  selectedRect,
  splitCell,
  TableMap,
  toggleHeader,
} from "@tiptap/pm/tables";
import type { EditorView } from "@tiptap/pm/view";
import { separateUndo } from "../blocks/moveBlocks.ts";
import { type CellMove, carryOutCells, planColumns, planRows } from "./movingCells.ts";

export const narrowest = 48;
const widthStep = 32;
const usualWidth = 160;

function run(editor: Editor, command: Command): boolean {
  separateUndo(editor.view);
  const done = command(editor.state, editor.view.dispatch);
  separateUndo(editor.view);
  return done;
}

const duplicatedRow: Command = (state, dispatch) => {
  const { map, table, tableStart, bottom } = selectedRect(state);
  const row = table.maybeChild(bottom - 1);
  if (row === null || !row.children.every(({ attrs }) => attrs.rowspan === 1)) return false;
  if (map.height !== table.childCount) return false;
  let pos = tableStart;
  for (let index = 0; index < bottom; index++) pos += table.child(index).nodeSize;
  dispatch?.(state.tr.insert(pos, state.schema.nodeFromJSON(row.toJSON())));
  return true;
};

/** Every cell of the selected columns is given a width: a grid with one that has none would share out the rest. */
function widened(by: number | null): Command {
  return (state, dispatch) => {
    const { map, table, tableStart, left, right } = selectedRect(state);
    const { tr } = state;
    const seen = new Set<number>();
    for (let column = left; column < right; column++)
      for (let row = 0; row < map.height; row++) {
        const pos = map.map[row * map.width + column];
        if (pos === undefined || seen.has(pos)) continue;
        seen.add(pos);
        const cell = table.nodeAt(pos) as Node;
        const now: readonly number[] = cell.attrs.colwidth ?? Array(cell.attrs.colspan).fill(0);
        const next = now.map((width) => Math.max(narrowest, (width || usualWidth) + (by ?? 0)));
        tr.setNodeAttribute(tableStart + pos, "colwidth", by === null ? null : next);
      }
    dispatch?.(tr);
    return tr.docChanged;
  };
}

const evened: Command = (state, dispatch) => {
  const { map, table, tableStart } = selectedRect(state);
  const { tr } = state;
  for (const pos of new Set(map.map))
    if (table.nodeAt(pos)?.attrs.colwidth != null) tr.setNodeAttribute(tableStart + pos, "colwidth", null);
  dispatch?.(tr);
  return tr.docChanged;
};

/** The selection's cells, or the caret's own. */
const emptied: Command = (state, dispatch) => {
  if (state.selection instanceof CellSelection) return deleteCellSelection(state, dispatch);
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const { type } = $from.node(depth);
    if (type.name !== "tableCell" && type.name !== "tableHeader") continue;
    const paragraph = state.schema.nodes.paragraph?.create();
    if (paragraph === undefined) return false;
    dispatch?.(state.tr.replaceWith($from.start(depth), $from.end(depth), paragraph));
    return true;
  }
  return false;
};

const commands = {
  rowAbove: addRowBefore,
  rowBelow: addRowAfter,
  rowDuplicate: duplicatedRow,
  rowDelete: deleteRow,
  headerRow: toggleHeader("row"),
  columnBefore: addColumnBefore,
  columnAfter: addColumnAfter,
  columnDelete: deleteColumn,
  headerColumn: toggleHeader("column"),
  wider: widened(widthStep),
  narrower: widened(-widthStep),
  sameWidths: evened,
  merge: mergeCells,
  split: splitCell,
  clear: emptied,
  tableDelete: deleteTable,
} satisfies Readonly<Record<string, Command>>;

const moves = {
  rowUp: (view) => planRows(view, -1),
  rowDown: (view) => planRows(view, 1),
  columnBack: (view) => planColumns(view, -1),
  columnOn: (view) => planColumns(view, 1),
} satisfies Readonly<Record<string, (view: EditorView) => CellMove | null>>;

export type TableAction = keyof typeof commands | keyof typeof moves;

const isMove = (action: TableAction): action is keyof typeof moves => action in moves;

export function tableAction(editor: Editor, action: TableAction): boolean {
  if (!editor.isEditable || !isInTable(editor.state)) return false;
  if (!isMove(action)) return run(editor, commands[action]);
  const move = moves[action](editor.view);
  if (move !== null) carryOutCells(editor.view, move);
  return move !== null;
}

export function canTableAction({ state, view }: Editor, action: TableAction): boolean {
  if (!isInTable(state)) return false;
  return isMove(action) ? moves[action](view) !== null : commands[action](state);
}

/** Selects a whole row or column, or puts the caret into a cell. */
export function selectCells(
  editor: Editor,
  tablePos: number,
  row: number,
  column: number,
  what: "row" | "column",
): boolean {
  const table = editor.state.doc.nodeAt(tablePos);
  if (table?.type.name !== "table") return false;
  const map = TableMap.get(table);
  if (row >= map.height || column >= map.width) return false;
  const cell = (map.map[row * map.width + column] ?? 0) + tablePos + 1;
  const $cell = editor.state.doc.resolve(cell);
  const selection = what === "row" ? CellSelection.rowSelection($cell) : CellSelection.colSelection($cell);
  editor.view.dispatch(editor.state.tr.setSelection(selection));
  return true;
}

export type CellPlace = { readonly tablePos: number; readonly row: number; readonly column: number };

/** The cell around a position; null outside of tables. */
export function cellAt({ doc }: EditorState, pos: number): CellPlace | null {
  const $pos = doc.resolve(Math.min(pos, doc.content.size));
  for (let depth = $pos.depth; depth > 1; depth--) {
    const { type } = $pos.node(depth);
    if (type.name !== "tableCell" && type.name !== "tableHeader") continue;
    const table = $pos.node(depth - 2);
    const { top, left } = TableMap.get(table).findCell($pos.before(depth) - $pos.start(depth - 2));
    return { tablePos: $pos.before(depth - 2), row: top, column: left };
  }
  return null;
}

/** Adds a row or column at the far end of a table, wherever the caret is. */
export function addAtEnd(editor: Editor, tablePos: number, what: "row" | "column"): void {
  const table = editor.state.doc.nodeAt(tablePos);
  if (table?.type.name !== "table") return;
  const map = TableMap.get(table);
  if (!selectCells(editor, tablePos, map.height - 1, map.width - 1, what)) return;
  tableAction(editor, what === "row" ? "rowBelow" : "columnAfter");
  const after = editor.state.doc.nodeAt(tablePos);
  if (after?.type.name !== "table") return;
  const grown = TableMap.get(after);
  const cell = what === "row" ? (grown.height - 1) * grown.width : Math.max(0, grown.width - 1);
  editor
    .chain()
    .setTextSelection(tablePos + 1 + (grown.map[cell] ?? 0) + 2)
    .focus()
    .run();
}
