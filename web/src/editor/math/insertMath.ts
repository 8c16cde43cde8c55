import type { Editor, Range } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import { editMathAt } from "./mathEditing.ts";

/** A formula in the place of some text: an empty one is opened for its source to be typed. */
export function insertInlineMath(editor: Editor, { from, to }: Range, latex = ""): boolean {
  const node = editor.schema.nodes.inlineMath?.create({ latex });
  if (node === undefined) return false;
  const { tr } = editor.state;
  tr.replaceRangeWith(from, to, node);
  const at = tr.mapping.map(from, -1);
  tr.setSelection(TextSelection.create(tr.doc, at + 1));
  editor.view.dispatch(tr);
  editor.view.focus();
  return latex === "" ? editMathAt(editor, at) : true;
}

/** What is selected becomes a formula. */
export function selectionToMath(editor: Editor): boolean {
  const { from, to, $from, $to } = editor.state.selection;
  if (!$from.sameParent($to) || $from.parent.type.spec.code) return false;
  return insertInlineMath(editor, { from, to }, editor.state.doc.textBetween(from, to));
}
