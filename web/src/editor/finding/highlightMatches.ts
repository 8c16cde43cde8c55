import type { EditorView } from "@tiptap/pm/view";
import type { Found } from "./finder.ts";

const all = "found";
const one = "found-current";

function rangeOf(view: EditorView, { from, to }: Found): Range | null {
  try {
    const start = view.domAtPos(from, 1);
    const end = view.domAtPos(to, -1);
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    return range;
  } catch (_notDrawn) {
    return null;
  }
}

/** Positions whose text is in the window, with some above and below. */
function shownPositions(view: EditorView): Found {
  const { left, right, top, bottom } = view.dom.getBoundingClientRect();
  const middle = (left + right) / 2;
  const first = Math.max(top + 1, -400);
  const last = Math.min(bottom - 1, window.innerHeight + 400);
  return {
    from: view.posAtCoords({ left: middle, top: Math.max(first, 1) })?.pos ?? 0,
    to:
      view.posAtCoords({ left: middle, top: Math.min(last, window.innerHeight - 1) })?.pos ??
      view.state.doc.content.size,
  };
}

/**
 * Paints the matches that are in the window, without touching the text's elements: thousands of decorations would be
 * laid out at every key. Browsers without the CSS Custom Highlight API show the match that is gone to as the selection.
 */
export function highlightMatches(view: EditorView, found: readonly Found[], current: number): void {
  if (!("highlights" in CSS)) return;
  const margin = 2_000;
  const { from, to } = shownPositions(view);
  const ranges = found
    .filter((each, index) => index !== current && each.to > from - margin && each.from < to + margin)
    .map((each) => rangeOf(view, each))
    .filter((range) => range !== null);
  const shown = found[current];
  const currentRange = shown === undefined ? null : rangeOf(view, shown);
  CSS.highlights.set(all, new Highlight(...ranges));
  CSS.highlights.set(one, new Highlight(...(currentRange === null ? [] : [currentRange])));
}

export function clearHighlights(): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete(all);
  CSS.highlights.delete(one);
}
