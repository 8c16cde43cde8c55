import type { Editor } from "@tiptap/core";
import { useEffect, useState } from "react";
import { type Heading, headingsOf } from "./headings.ts";
import { whenIdle } from "./whenIdle.ts";

/** Above this many blocks the headings are looked for when there is time. */
const manyBlocks = 1_000;

const sameTexts = (a: readonly Heading[], b: readonly Heading[]): boolean =>
  a.length === b.length &&
  a.every((heading, index) => {
    const other = b[index];
    return heading.pos === other?.pos && heading.level === other.level && heading.text === other.text;
  });

/** The headings of the text as it is; null before they were looked for the first time. */
export function useOutline(editor: Editor): readonly Heading[] | null {
  const [headings, setHeadings] = useState<readonly Heading[] | null>(null);
  useEffect(() => {
    let cancel: (() => void) | null = null;
    const look = () => {
      cancel = null;
      const found = headingsOf(editor.state.doc);
      setHeadings((before) => (before !== null && sameTexts(before, found) ? before : found));
    };
    const ask = () => {
      if (cancel !== null) return;
      if (editor.state.doc.childCount > manyBlocks) cancel = whenIdle(look);
      else {
        const frame = requestAnimationFrame(look);
        cancel = () => cancelAnimationFrame(frame);
      }
    };
    ask();
    editor.on("update", ask);
    return () => {
      editor.off("update", ask);
      cancel?.();
    };
  }, [editor]);
  return headings;
}
