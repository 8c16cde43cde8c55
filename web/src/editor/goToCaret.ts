const shownMs = 2_500;

/** Scrolls to the caret of one of these clients; false when none of them has one in the text. */
export function goToCaret(clientIds: readonly number[]): boolean {
  for (const clientId of clientIds) {
    const caret = document.querySelector<HTMLElement>(`.caret[data-client-id="${clientId}"]`);
    if (caret === null) continue;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    caret.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    caret.setAttribute("data-active", "");
    setTimeout(() => caret.removeAttribute("data-active"), shownMs);
    return true;
  }
  return false;
}
