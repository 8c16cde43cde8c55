import { type KeyboardEvent, type RefObject, useCallback, useRef } from "react";
import { focusAfterRemoval, type ListKey, listKey } from "./listKeys.ts";

type RowFocus = {
  readonly list: RefObject<HTMLUListElement | null>;
  readonly onKeyDown: (event: KeyboardEvent<HTMLUListElement>) => void;
  readonly focusRow: (index: number) => void;
  /** For when a row is about to go: the focus must not fall out of the list. */
  readonly passOn: (id: string) => void;
};

/** Arrow keys move through the rows; the other keys are handed on with the row on which they were pressed. */
export function useRowFocus(
  onKey: (key: Exclude<ListKey, { do: "focus" } | { do: "leave" }>) => void,
  onLeave: () => void,
): RowFocus {
  const list = useRef<HTMLUListElement>(null);
  const rows = useCallback(() => [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])], []);
  const focusRow = useCallback((index: number) => rows()[index]?.focus(), [rows]);

  const passOn = useCallback(
    (id: string) => {
      const all = rows();
      const index = all.findIndex((row) => row.closest("li")?.dataset.documentId === id);
      const row = all[index]?.closest("li");
      const active = document.activeElement;
      // a dialog or a menu that has just closed gives the focus back by itself, to what is about to go
      if (row == null || !(row.contains(active) || active === document.body)) return;
      const next = focusAfterRemoval(index, all.length);
      if (next === null) onLeave();
      else focusRow(next);
    },
    [rows, focusRow, onLeave],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const all = rows();
    // buttons in a row have keys of their own
    const index = all.indexOf(event.target as HTMLElement);
    if (index < 0) return;
    const key = listKey(event, index, all.length);
    if (key === null) return;
    event.preventDefault();
    if (key.do === "focus") focusRow(key.index);
    else if (key.do === "leave") onLeave();
    else onKey(key);
  };

  return { list, onKeyDown, focusRow, passOn };
}
