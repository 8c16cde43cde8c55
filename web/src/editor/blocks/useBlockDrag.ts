import type { Editor } from "@tiptap/core";
import { type PointerEvent as ReactPointerEvent, useCallback, useRef, useState } from "react";
import { announce } from "../../app/announce.ts";
import { markBlocks } from "./BlockMarks.ts";
import type { BlockRange } from "./blockRange.ts";
import { type Drop, dropAt } from "./dropGap.ts";
import { moveBlocks } from "./moveBlocks.ts";
import { blocksText } from "./text.ts";

/** Less is a click by an unsteady hand. */
const threshold = 4;
const scrollZone = 90;

type Drag = { readonly x: number; readonly y: number; readonly drop: Drop | null };

type BlockDrag = {
  readonly drag: Drag | null;
  readonly onPointerDown: (event: ReactPointerEvent<HTMLElement>) => void;
};

/** Drags blocks by the pointer, mouse or finger; Escape lets them be. `onClick` when nothing was dragged. */
export function useBlockDrag(
  editor: Editor,
  blocks: () => BlockRange | null,
  onClick: () => void,
): BlockDrag {
  const [drag, setDrag] = useState<Drag | null>(null);
  const frame = useRef(0);

  const onPointerDown = useCallback(
    (event: ReactPointerEvent<HTMLElement>) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.preventDefault();
      const { view } = editor;
      const start = { x: event.clientX, y: event.clientY };
      let last = start;
      let range: BlockRange | null = null;
      let began = view.state.doc;

      const look = () => {
        if (range === null) return;
        // Somebody else's change moves what stands below it: what is dragged is found again or let go.
        if (view.state.doc !== began) {
          range = blocks();
          began = view.state.doc;
        }
        setDrag({ ...last, drop: range === null ? null : dropAt(view, range, last.y) });
      };
      const scroll = () => {
        const below = last.y - (window.innerHeight - scrollZone);
        const above = scrollZone + 56 - last.y;
        const by = below > 0 ? below : above > 0 ? -above : 0;
        if (by !== 0) {
          window.scrollBy({ top: by / 6, behavior: "instant" });
          look();
        }
        frame.current = requestAnimationFrame(scroll);
      };
      const move = (next: PointerEvent) => {
        last = { x: next.clientX, y: next.clientY };
        if (range === null) {
          if (Math.hypot(last.x - start.x, last.y - start.y) < threshold) return;
          range = blocks();
          if (range === null) return;
          began = view.state.doc;
          markBlocks(view, { range, className: "block-dragged" });
          began = view.state.doc;
          frame.current = requestAnimationFrame(scroll);
        }
        look();
      };
      const end = () => {
        cancelAnimationFrame(frame.current);
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", up);
        window.removeEventListener("pointercancel", end);
        window.removeEventListener("keydown", key, true);
        if (range !== null) markBlocks(view, null);
        setDrag(null);
      };
      const up = () => {
        const moved = range;
        const drop = moved === null ? null : dropAt(view, moved, last.y);
        end();
        if (moved === null) onClick();
        else if (drop !== null && moveBlocks(view, moved, drop.gap)) {
          view.focus();
          announce(blocksText.moved);
        }
      };
      const key = (pressed: KeyboardEvent) => {
        if (pressed.key !== "Escape") return;
        pressed.stopPropagation();
        end();
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", up);
      window.addEventListener("pointercancel", end);
      window.addEventListener("keydown", key, true);
    },
    [editor, blocks, onClick],
  );
  return { drag, onPointerDown };
}
