import { useEffect } from "react";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** "/" leads to the search; Enter, where nothing has the focus, begins a document. */
export function useHomeKeys(onSearch: () => void, onNew: () => void): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      // a dialog that is open has the keys
      if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null) return;
      if (event.key === "/") onSearch();
      else if (event.key === "Enter" && !event.shiftKey && document.activeElement === document.body) onNew();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", keyDown);
    return () => window.removeEventListener("keydown", keyDown);
  }, [onSearch, onNew]);
}
