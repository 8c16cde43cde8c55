import { useEffect } from "react";
import { appText } from "../app/text.ts";
import { rememberDocument } from "../home/recents.ts";
import { documentText } from "./text.ts";

/** Titles the tab, and keeps the list on the home page right before the server's directory knows the new title. */
export function useRememberDocument(id: string, title: string, known: boolean): void {
  useEffect(() => {
    document.title = known ? documentText.tabTitle(title.trim() || appText.untitled) : appText.product;
    if (known) rememberDocument({ id, title, openedAt: new Date().toISOString() });
  }, [id, title, known]);
}
