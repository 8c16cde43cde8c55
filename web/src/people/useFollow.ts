import { useEffect } from "react";
import { useShownEditor } from "../editor/shownEditor.ts";
import { stopFollowing, useFollowing } from "./following.ts";
import { scrollToFollow } from "./scrollToFollow.ts";
import type { Person } from "./usePeople.ts";

const edges = { top: 112, bottom: 72 };

/** Whatever a person does by themselves, they no longer follow. */
const ending = ["keydown", "wheel", "touchmove", "pointerdown"] as const;

function caretOf(clientIds: readonly number[]): DOMRect | null {
  for (const clientId of clientIds) {
    const caret = document.querySelector<HTMLElement>(`.caret[data-client-id="${clientId}"]`);
    if (caret !== null && caret.offsetParent !== null) return caret.getBoundingClientRect();
  }
  return null;
}

/**
 * Scrolls along with the caret of whom somebody follows, until they do anything themselves.
 *
 * @param shown false while something else than the text is shown
 */
export function useFollow(people: readonly Person[], shown: boolean): void {
  const { editor } = useShownEditor();
  const { followed } = useFollowing();
  const id = followed?.id ?? null;
  const person = people.find((each) => each.id === id);
  const clients = person?.clientIds.join(" ");

  useEffect(() => {
    if (id !== null && (clients === undefined || !shown)) stopFollowing();
  }, [id, clients, shown]);
  useEffect(() => stopFollowing, []);

  useEffect(() => {
    if (id === null || clients === undefined || editor === null) return;
    const clientIds = clients.split(" ").map(Number);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    let frame = 0;
    const keepUp = () => {
      cancelAnimationFrame(frame);
      // What is said of a caret is drawn in a later turn, and with it the text around it: hence the editor's own word for it.
      frame = requestAnimationFrame(() => {
        const caret = caretOf(clientIds);
        if (caret === null) return;
        const by = scrollToFollow(caret, { height: window.innerHeight, ...edges });
        if (by !== 0) window.scrollBy({ top: by, behavior: calm.matches ? "instant" : "smooth" });
      });
    };
    keepUp();
    editor.on("transaction", keepUp);
    for (const kind of ending) window.addEventListener(kind, stopFollowing, { capture: true, passive: true });
    return () => {
      cancelAnimationFrame(frame);
      editor.off("transaction", keepUp);
      for (const kind of ending) window.removeEventListener(kind, stopFollowing, { capture: true });
    };
  }, [id, clients, editor]);
}
