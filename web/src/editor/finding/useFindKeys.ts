import { useEffect } from "react";
import { openFindBar, useFindBar } from "./findBar.ts";

/** Ctrl/Cmd+F opens the bar, wherever on the page the focus is; a second time it is the browser's own again. */
export function useFindKeys(enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "f") return;
      const inBar = document.activeElement?.closest(".find-bar") !== null && document.activeElement !== null;
      if (useFindBar.getState().asked !== null && inBar && !event.altKey) return;
      event.preventDefault();
      openFindBar({ replacing: event.altKey });
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}
