import type { Editor } from "@tiptap/core";
import { useEffect } from "react";
import { create } from "zustand";

/** The editor whose text the page shows; null while there is none, or something of the past is shown instead. */
export const useShownEditor = create<{ editor: Editor | null }>(() => ({ editor: null }));

export function usePublishEditor(editor: Editor, shown: boolean): void {
  useEffect(() => {
    if (!shown) return;
    useShownEditor.setState({ editor });
    return () => useShownEditor.setState({ editor: null });
  }, [editor, shown]);
}
