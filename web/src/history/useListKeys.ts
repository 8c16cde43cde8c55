import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from "react";

const page = 8;

/** Where a key leads from a row; null for keys that the list leaves alone. */
export function rowAfterKey(key: string, active: number, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(last, active + 1);
    case "ArrowUp":
      return Math.max(0, active - 1);
    case "PageDown":
      return Math.min(last, active + page);
    case "PageUp":
      return Math.max(0, active - page);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** Arrow keys from row to row, and sideways to a row's menu and back. */
export function useListKeys(
  list: RefObject<HTMLElement | null>,
  active: number,
  count: number,
  moveTo: (index: number) => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  const focusNext = useRef(false);
  useLayoutEffect(() => {
    if (!focusNext.current) return;
    const main = list.current?.querySelector<HTMLElement>(`[data-index="${active}"] [data-main]`);
    if (main === null || main === undefined) return;
    focusNext.current = false;
    main.focus({ preventScroll: true });
  });
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
    const row = event.target.closest("[data-index]");
    const onMain = event.target.matches("[data-main]");
    const onMenu = event.target.matches("[data-menu]");
    if (row === null || !(onMain || onMenu)) return;
    if (onMain && event.key === "ArrowRight") {
      event.preventDefault();
      row.querySelector<HTMLElement>("[data-menu]")?.focus();
      return;
    }
    if (onMenu && event.key === "ArrowLeft") {
      event.preventDefault();
      row.querySelector<HTMLElement>("[data-main]")?.focus();
      return;
    }
    if (!onMain) return;
    const next = rowAfterKey(event.key, active, count);
    if (next === null) return;
    event.preventDefault();
    focusNext.current = true;
    moveTo(next);
  };
}
