import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type AuthoredText, authoredText } from "./authoredText.ts";
import { type ComparedText, comparedText } from "./comparedText.ts";
import { type Grown, growShared } from "./nodes.ts";
import { PastText } from "./PastText.ts";
import { decorationsOf } from "./pieces.ts";
import { pastText } from "./text.ts";
import type { Page } from "./usePages.ts";

export type Drawn =
  | { readonly mode: "text"; readonly doc: Grown["doc"] }
  | ({ readonly mode: "compare" } & ComparedText)
  | ({ readonly mode: "authors" } & AuthoredText);

/** The view that everything of the past is shown in; null until its place on the page exists. */
export function usePastText(place: RefObject<HTMLElement | null>, documentId: string, mounted: boolean) {
  const [text, setText] = useState<PastText | null>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!mounted || element === null) return;
    const made = new PastText(element, documentId, pastText.body, pastText.blockKeys);
    setText(made);
    return () => {
      setText(null);
      made.destroy();
    };
  }, [place, documentId, mounted]);
  return text;
}

/** Draws the page into the view, and tells what was drawn. */
export function useDrawn(text: PastText | null, page: Page | null): Drawn | null {
  const last = useRef<Grown | null>(null);
  const drawn = useMemo((): Drawn | null => {
    if (text === null || page === null) return null;
    const { schema } = text.view.state;
    switch (page.mode) {
      case "text": {
        const json = page.answer.content;
        const doc = growShared(schema, json, last.current);
        last.current = { json, doc };
        return { mode: "text", doc };
      }
      case "compare":
        return { mode: "compare", ...comparedText(schema, page.answer.content) };
      case "authors":
        return { mode: "authors", ...authoredText(schema, page.answer.content) };
    }
  }, [text, page]);

  // The nodes of one view's schema are strangers to the next one's.
  useEffect(() => {
    if (text === null) last.current = null;
  }, [text]);

  useLayoutEffect(() => {
    if (text === null || drawn === null || page === null) return;
    if (drawn.mode === "text" || page.mode === "text") text.show(drawn.doc);
    else text.show(drawn.doc, decorationsOf(drawn.doc, drawn.pieces, page.answer.people));
  }, [text, drawn, page]);
  return drawn;
}
