import { useEffect } from "react";

/** Escape that nothing else on the page wanted: an open menu or dialog comes first. */
export function useEscape(act: (() => void) | null): void {
  useEffect(() => {
    if (act === null) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !== null)
        return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [act]);
}
