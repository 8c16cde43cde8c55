import { useLayoutEffect } from "react";
import { useIsWide } from "./preferences.ts";

/** Gives the text of a document the whole width, where that was chosen for it. */
export function useFullWidth(documentId: string): void {
  const isWide = useIsWide(documentId);
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute("data-wide", isWide);
    return () => document.documentElement.removeAttribute("data-wide");
  }, [isWide]);
}
