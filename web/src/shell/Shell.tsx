import { lazy, Suspense, useEffect } from "react";
import { lazyAsking } from "../app/later.tsx";
import { closeOverlay, openOverlay, useOverlay } from "./shell.ts";
import { overlayAfterKey } from "./shellKey.ts";

const CommandPalette = lazyAsking(async () => (await import("./CommandPalette.tsx")).default);
const ShortcutSheet = lazy(() => import("./ShortcutSheet.tsx"));
const SettingsDialog = lazy(() => import("./SettingsDialog.tsx"));

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** The keys of the shell that nothing nearer to the focus wanted, and what they open. */
export function Shell() {
  const { open } = useOverlay();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const next = overlayAfterKey(event, {
        open: useOverlay.getState().open,
        typing: isTyping(event.target),
        taken: document.querySelector(".scrim, [role=menu], [role=alertdialog]") !== null,
      });
      if (next === undefined) return;
      event.preventDefault();
      if (next === null) closeOverlay();
      else openOverlay(next);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <Suspense>
      {open === "palette" ? <CommandPalette /> : null}
      {open === "shortcuts" ? <ShortcutSheet /> : null}
      {open === "settings" ? <SettingsDialog /> : null}
    </Suspense>
  );
}
