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
  /** Counts the changes of the selection and of what is shown. */
  readonly changes: number;
  readonly onRestore: ($from: ResolvedPos, $to: ResolvedPos) => void;
};

function placeFor(text: PastText, page: HTMLElement | null): Place | null {
  const { selection } = text.view.state;
  const { $from, $to } = selection;
  if (page === null || selection.empty || !$from.parent.isTextblock || !$to.parent.isTextblock) return null;
  const around = page.getBoundingClientRect();
  const [start, end] = [text.view.coordsAtPos($from.pos), text.view.coordsAtPos($to.pos)];
  const middle = start.top === end.top ? (start.left + end.left) / 2 : start.left + 80;
  const half = 100;
  return {
    top: start.top - around.top,
    left: Math.min(Math.max(middle - around.left, half), around.width - half),
  };
}

/** Over selected text: brings just that back. */
export function SelectionBubble({ text, page, changes, onRestore }: Props) {
  const [place, setPlace] = useState<Place | null>(null);
  const [pressed, setPressed] = useState(false);

  useEffect(() => {
    const { dom } = text.view;
    const press = () => setPressed(true);
    const release = () => setPressed(false);
    dom.addEventListener("pointerdown", press);
    window.addEventListener("pointerup", release);
    window.addEventListener("pointercancel", release);
    return () => {
      dom.removeEventListener("pointerdown", press);
      window.removeEventListener("pointerup", release);
      window.removeEventListener("pointercancel", release);
    };
  }, [text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` says that there is another selection to stand over
  useEffect(() => setPlace(placeFor(text, page.current)), [text, page, changes]);

  if (place === null || pressed) return null;
  return (
    <div className="past-bubble floating screen-only" style={place} data-testid="selection-bubble">
      <button
        type="button"
        className="menu-item"
        onMouseDown={keepFocus}
        onClick={() => {
          const { $from, $to } = text.view.state.selection;
          onRestore($from, $to);
        }}
      >
        <RotateCcw size={15} aria-hidden="true" />
        {pastText.restoreSelection}
      </button>
    </div>
  );
}
