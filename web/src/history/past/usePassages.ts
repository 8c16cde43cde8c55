import { DecorationSet } from "@tiptap/pm/view";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { PastText } from "./PastText.ts";
import { currentDecorations, type Piece } from "./pieces.ts";

const lingerMs = 180;
const cardWidth = 384;

type Card = { readonly n: number; readonly top: number; readonly left: number };

/** Which change or passage the reader is at, by pointer or by stepping, and where to say what it is. */
export function usePassages(
  text: PastText | null,
  page: RefObject<HTMLElement | null>,
  pieces: readonly Piece[] | null,
) {
  const [current, setCurrent] = useState<number | null>(null);
  const [card, setCard] = useState<Card | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const keep = useCallback(() => clearTimeout(timer.current), []);
  const leave = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCard(null), lingerMs);
  }, []);
  const showAt = useCallback(
    (element: HTMLElement, n: number, x: number | null) => {
      const main = page.current;
      if (main === null) return;
      clearTimeout(timer.current);
      const around = main.getBoundingClientRect();
      const lines = [...element.getClientRects()];
      const last = lines.at(-1) ?? element.getBoundingClientRect();
      const left = (x ?? last.left) - around.left - 24;
      setCard({
        n,
        top: last.bottom - around.top + 6,
        left: Math.max(8, Math.min(left, around.width - cardWidth - 8)),
      });
    },
    [page],
  );

  useEffect(() => {
    setCurrent(null);
    setCard(null);
    if (text === null || pieces === null) return;
    const { dom } = text.view;
    const pieceAt = (target: EventTarget | null) =>
      target instanceof Element ? target.closest<HTMLElement>("[data-piece]") : null;
    const onPointer = (event: PointerEvent) => {
      const piece = pieceAt(event.target);
      if (piece === null) leave();
      else showAt(piece, Number(piece.dataset.piece), event.clientX);
    };
    dom.addEventListener("pointerover", onPointer);
    dom.addEventListener("click", onPointer);
    dom.addEventListener("pointerleave", leave);
    return () => {
      clearTimeout(timer.current);
      dom.removeEventListener("pointerover", onPointer);
      dom.removeEventListener("click", onPointer);
      dom.removeEventListener("pointerleave", leave);
    };
  }, [text, pieces, leave, showAt]);

  const goTo = useCallback(
    (n: number, from: number) => {
      if (text === null || pieces === null) return;
      setCurrent(n);
      text.mark("current", currentDecorations(text.doc, pieces, n));
      const element = text.elementAt(from);
      if (element === null) return;
      element.scrollIntoView({ block: "center", behavior: "instant" });
      showAt(element, n, null);
    },
    [text, pieces, showAt],
  );

  useEffect(() => {
    if (current === null && text !== null && pieces !== null) text.mark("current", DecorationSet.empty);
  }, [current, text, pieces]);

  return useMemo(() => ({ current, card, keep, leave, goTo }), [current, card, keep, leave, goTo]);
}
