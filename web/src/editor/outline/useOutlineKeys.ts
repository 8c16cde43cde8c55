import { useEffect } from "react";
import { closeOutline, toggleOutline } from "./outlinePanel.ts";

/** Ctrl/Cmd+Shift+O opens and closes the outline, wherever on the page the focus is. */
export function useOutlineKeys(shown: boolean): void {
  useEffect(() => {
    if (!shown) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
      if (!(ctrlKey || metaKey) || !shiftKey || altKey || key.toLowerCase() !== "o") return;
      event.preventDefault();
      toggleOutline();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [shown]);
  useEffect(() => closeOutline, []);
}
