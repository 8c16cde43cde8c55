import { documentSchema } from "@palimpsest/schema";
import type { Node } from "@tiptap/pm/model";
import { EditorState, TextSelection, type Transaction } from "@tiptap/pm/state";
import { CellSelection } from "@tiptap/pm/tables";
import type { EditorView } from "@tiptap/pm/view";
import { expect, test } from "vitest";
import { carryOutCells, planColumns, planRows } from "../src/editor/tables/movingCells.ts";

const schema = documentSchema();
const cell = (text: string, type = "tableCell", attrs: object | null = null) =>
  schema.node(type, attrs as Record<string, unknown> | null, [
    schema.node("paragraph", null, [schema.text(text)]),
  ]);
const tableOf = (...rows: readonly (readonly Node[])[]) =>
  schema.node("doc", null, [
    schema.node(
      "table",
      null,
      rows.map((cells) => schema.node("tableRow", null, [...cells])),
    ),
  ]);

function posOf(doc: Node, text: string): number {
  let found = -1;
  doc.descendants((each, pos) => {
    if (each.isText && each.text === text) found = pos;
  });
  return found;
}

/** A view as far as moving needs one: it holds a state. */
function viewAt(doc: Node, text: string, until?: string): EditorView {
  const at = posOf(doc, text);
  const selection =
    until === undefined
      ? TextSelection.create(doc, at)
      : CellSelection.create(doc, at - 2, posOf(doc, until) - 2);
  const view = {
    state: EditorState.create({ doc, selection }),
    dispatch(tr: Transaction) {
      view.state = view.state.apply(tr);
      view.state.doc.check();
    },
  };
  return view as unknown as EditorView;
}

const rowsOf = ({ state }: EditorView) =>
  state.doc.child(0).children.map((row) => row.children.map(({ textContent }) => textContent).join(""));

const caretIn = ({ state }: EditorView) => state.selection.$from.parent.textContent;

const plain = tableOf([cell("a"), cell("b")], [cell("c"), cell("d")], [cell("e"), cell("f")]);

test("a row goes past its neighbour and takes the caret along; at the edge it stays", () => {
  const view = viewAt(plain, "d");
  const move = planRows(view, 1);
  if (move === null) throw new Error("no move");
  carryOutCells(view, move);
  expect(rowsOf(view)).toEqual(["ab", "ef", "cd"]);
  expect(caretIn(view)).toBe("d");
  expect(planRows(view, 1)).toBeNull();
});

test("several rows, and a column, move together", () => {
  const rows = viewAt(plain, "c", "f");
  const up = planRows(rows, -1);
  if (up === null) throw new Error("no move");
  carryOutCells(rows, up);
  expect(rowsOf(rows)).toEqual(["cd", "ef", "ab"]);
  const columns = viewAt(plain, "c");
  const on = planColumns(columns, 1);
  if (on === null) throw new Error("no move");
  carryOutCells(columns, on);
  expect(rowsOf(columns)).toEqual(["ba", "dc", "fe"]);
  expect(caretIn(columns)).toBe("c");
  expect(planColumns(columns, 1)).toBeNull();
});

test("nothing goes above a header, and what merged cells hold together is not taken apart", () => {
  const headed = tableOf([cell("A", "tableHeader")], [cell("b")], [cell("c")]);
  expect(planRows(viewAt(headed, "b"), -1)).toBeNull();
  expect(planRows(viewAt(headed, "A"), 1)).toBeNull();
  expect(planRows(viewAt(headed, "b"), 1)).not.toBeNull();
  const merged = tableOf([cell("a", "tableCell", { colspan: 2 })], [cell("b"), cell("c")]);
  expect(planRows(viewAt(merged, "b"), -1)).toBeNull();
  expect(planColumns(viewAt(merged, "b"), 1)).toBeNull();
});
