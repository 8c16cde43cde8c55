import type { Editor } from "@tiptap/core";
import type { EditorView } from "@tiptap/pm/view";
import { create } from "zustand";

export type EditedMath = {
  readonly view: EditorView;
  readonly getPos: () => number | undefined;
  readonly element: HTMLElement;
};

/** The formula whose source is open; one at a time. */
export const useMathEditing = create<{ edited: EditedMath | null }>(() => ({ edited: null }));

export const openMath = (edited: EditedMath): void => useMathEditing.setState({ edited });
export const closeMath = (): void => useMathEditing.setState({ edited: null });

/** Opens the source of the formula that stands at a position. */
export function editMathAt(editor: Editor, pos: number): boolean {
  const element = editor.view.nodeDOM(pos);
  if (!(element instanceof HTMLElement) || element.dataset.latex === undefined) return false;
  element.click();
  return true;
}
