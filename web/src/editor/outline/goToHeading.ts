import type { Editor } from "@tiptap/core";
import { elementAt } from "../blocks/blockUnder.ts";
import { setToggleOpen } from "../toggles/openToggles.ts";

/** What the header and the toolbar lie over, and a little air. */
const above = 128;

/** Puts a heading at the top of the page, and the caret into it where `withFocus`. */
export function goToHeading(editor: Editor, pos: number, withFocus: boolean): void {
  const { view, state } = editor;
  if (state.doc.nodeAt(pos)?.type.name !== "heading") return;
  const $pos = state.doc.resolve(pos);
  for (let depth = 1; depth <= $pos.depth; depth++)
    if ($pos.node(depth).type.name === "details") setToggleOpen(view, $pos.before(depth), true);
  if (withFocus) {
    editor.commands.setTextSelection(pos + 1);
    view.dom.focus({ preventScroll: true });
  }
  const top = elementAt(view, pos)?.getBoundingClientRect().top;
  if (top === undefined) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  window.scrollTo({ top: window.scrollY + top - above, behavior: calm ? "instant" : "smooth" });
}
