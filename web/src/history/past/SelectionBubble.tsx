import type { ResolvedPos } from "@tiptap/pm/model";
import { RotateCcw } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { keepFocus } from "../../editor/keepFocus.ts";
import type { PastText } from "./PastText.ts";
import { pastText } from "./text.ts";

type Place = { readonly top: number; readonly left: number };

type Props = {
  readonly text: PastText;
  readonly page: RefObject<HTMLElement | null>;
  /** Another document is shown: what was selected in the last one may be gone. */
  readonly shown: string;
  readonly onRestore: ($from: ResolvedPos, $to: ResolvedPos) => void;
};

/** What is selected of the text. From the browser: the engine is not told when a click takes a selection away from text that cannot be edited. */
function selected({ view, doc }: PastText): readonly [ResolvedPos, ResolvedPos] | null {
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = window.getSelection() ?? {};
  if (isCollapsed !== false || anchorNode == null || focusNode == null) return null;
  if (!view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return null;
  const ends = [view.posAtDOM(anchorNode, anchorOffset ?? 0), view.posAtDOM(focusNode, focusOffset ?? 0)];
  const [from, to] = [doc.resolve(Math.min(...ends)), doc.resolve(Math.max(...ends))];
  return from.pos < to.pos && from.parent.isTextblock && to.parent.isTextblock ? [from, to] : null;
}

const half = 100;

function placeFor(text: PastText, main: HTMLElement | null): Place | null {
  const range = selected(text);
  if (main === null || range === null) return null;
  const around = main.getBoundingClientRect();
  const [start, end] = [text.view.coordsAtPos(range[0].pos), text.view.coordsAtPos(range[1].pos)];
  const middle = start.top === end.top ? (start.left + end.left) / 2 : start.left + half;
  return {
    top: start.top - around.top,
    left: Math.min(Math.max(middle - around.left, half), around.width - half),
  };
}

/** Over selected text: brings just that back. */
export function SelectionBubble({ text, page, shown, onRestore }: Props) {
  const [place, setPlace] = useState<Place | null>(null);
  const [pressed, setPressed] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another document, another place
  useEffect(() => {
    const { dom } = text.view;
    const follow = () => setPlace(placeFor(text, page.current));
    const press = () => setPressed(true);
    const release = () => setPressed(false);
    follow();
    document.addEventListener("selectionchange", follow);
    dom.addEventListener("pointerdown", press);
    window.addEventListener("pointerup", release);
    window.addEventListener("pointercancel", release);
    return () => {
      document.removeEventListener("selectionchange", follow);
      dom.removeEventListener("pointerdown", press);
      window.removeEventListener("pointerup", release);
      window.removeEventListener("pointercancel", release);
    };
  }, [text, page, shown]);

  if (place === null || pressed) return null;
  return (
    <div className="past-bubble floating screen-only" style={place} data-testid="selection-bubble">
      <button
        type="button"
        className="menu-item"
        onMouseDown={keepFocus}
        onClick={() => {
          const range = selected(text);
          if (range !== null) onRestore(...range);
        }}
      >
        <RotateCcw size={15} aria-hidden="true" />
        {pastText.restoreSelection}
      </button>
    </div>
  );
}
