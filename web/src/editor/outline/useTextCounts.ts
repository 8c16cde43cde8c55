import type { Editor } from "@tiptap/core";
import { useEffect, useState } from "react";
import { type Counts, countBetween } from "./countText.ts";
import { TextCounter } from "./TextCounter.ts";
import { whenIdle } from "./whenIdle.ts";

export type TextCounts = {
  /** Null until all of it was counted once. */
  readonly all: Counts | null;
  /** Of what is selected; null where nothing is. */
  readonly chosen: Counts | null;
};

/** Words and characters of the text and of the selection, counted when nothing else is to be done. */
export function useTextCounts(editor: Editor): TextCounts {
  const [counts, setCounts] = useState<TextCounts>({ all: null, chosen: null });
  useEffect(() => {
    const counter = new TextCounter();
    let cancel: (() => void) | null = null;
    const ask = () => {
      cancel ??= whenIdle((idle) => {
        cancel = null;
        if (editor.isDestroyed) return;
        const { doc, selection } = editor.state;
        let isFirst = true;
        const all = counter.count(doc, () => {
          const mayGoOn = isFirst || idle.timeRemaining() > 1;
          isFirst = false;
          return mayGoOn;
        });
        if (all === null) return ask();
        const { from, to, empty } = selection;
        setCounts({ all, chosen: empty ? null : countBetween(doc, from, to) });
      });
    };
    ask();
    editor.on("update", ask);
    editor.on("selectionUpdate", ask);
    return () => {
      editor.off("update", ask);
      editor.off("selectionUpdate", ask);
      cancel?.();
    };
  }, [editor]);
  return counts;
}
