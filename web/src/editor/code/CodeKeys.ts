import { type Editor, Extension } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import { indented, indentOf, type Lines, outdented } from "./indent.ts";

function linesOf({ state }: Editor): (Lines & { readonly start: number }) | null {
  const { $from, $to } = state.selection;
  if (!$from.parent.type.spec.code || !$from.sameParent($to)) return null;
  return {
    text: $from.parent.textContent,
    from: $from.parentOffset,
    to: $to.parentOffset,
    start: $from.start(),
  };
}

function edit(editor: Editor, edits: typeof indented): boolean {
  const lines = linesOf(editor);
  if (lines === null || !editor.isEditable) return false;
  const { tr } = editor.state;
  for (const { at, remove, insert } of edits(lines).toReversed()) {
    if (remove > 0) tr.delete(lines.start + at, lines.start + at + remove);
    if (insert !== "") tr.insertText(insert, lines.start + at);
  }
  if (tr.docChanged) editor.view.dispatch(tr.scrollIntoView());
  return true;
}

/** Tab and Enter in code; elsewhere they mean what they always do. */
export const CodeKeys = Extension.create({
  name: "codeKeys",
  // Above the code block's own Enter, which leaves the block after two empty lines: that stays.
  priority: 155,

  addKeyboardShortcuts() {
    const { editor } = this;
    return {
      Tab: () => edit(editor, indented),
      "Shift-Tab": () => edit(editor, outdented),
      Enter: () => {
        const lines = linesOf(editor);
        if (lines === null || lines.from !== lines.to || !editor.isEditable) return false;
        const indent = indentOf(lines.text, lines.from);
        const leaves = lines.from === lines.text.length && lines.text.endsWith("\n\n");
        if (indent === "" || leaves) return false;
        editor.view.dispatch(editor.state.tr.insertText(`\n${indent}`).scrollIntoView());
        return true;
      },
      "Mod-a": () => {
        const lines = linesOf(editor);
        if (lines === null || (lines.from === 0 && lines.to === lines.text.length)) return false;
        const { tr } = editor.state;
        tr.setSelection(TextSelection.create(tr.doc, lines.start, lines.start + lines.text.length));
        editor.view.dispatch(tr);
        return true;
      },
    };
  },
});
