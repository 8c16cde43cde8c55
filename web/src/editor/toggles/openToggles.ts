import type { EditorView } from "@tiptap/pm/view";

const openClass = "is-open";

/** Whether the toggle at a position shows its content here: that is each reader's own. */
export function isToggleOpen(view: EditorView, pos: number): boolean {
  const dom = view.nodeDOM(pos);
  return dom instanceof HTMLElement && dom.classList.contains(openClass);
}

export function setToggleOpen(view: EditorView, pos: number, open: boolean): void {
  const dom = view.nodeDOM(pos);
  if (!(dom instanceof HTMLElement) || dom.classList.contains(openClass) === open) return;
  dom.querySelector<HTMLButtonElement>(":scope > button")?.click();
}
