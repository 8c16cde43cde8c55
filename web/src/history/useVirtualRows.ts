import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useRef } from "react";
import { estimatedHeight, type Row } from "./rows.ts";

/**
 * Draws only the rows in view, and the one that has the focus wherever it is: a focused row that leaves the page would
 * throw the focus back to the top of the document.
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  active: number,
) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row === undefined ? 0 : estimatedHeight(row);
    },
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    scrollPaddingStart: 40,
    scrollPaddingEnd: 12,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return active < 0 || active >= range.count || shown.includes(active)
        ? shown
        : [...shown, active].sort((a, b) => a - b);
    },
  });

  // What is being read stays where it is when something new comes in above it.
  const anchor = useRef<{ readonly key: string; readonly above: number } | null>(null);
  const previous = useRef(rows);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || previous.current === rows) return;
    previous.current = rows;
    if (anchor.current === null || element.scrollTop === 0) return;
    const { key, above } = anchor.current;
    const start = virtual.measurementsCache[rows.findIndex((row) => row.key === key)]?.start;
    if (start !== undefined && Math.abs(start + above - element.scrollTop) > 1)
      element.scrollTop = start + above;
  }, [rows, scroller, virtual]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const remember = () => {
      const first = virtual.getVirtualItemForOffset(element.scrollTop);
      const key = first === undefined ? undefined : rows[first.index]?.key;
      anchor.current =
        first === undefined || key === undefined ? null : { key, above: element.scrollTop - first.start };
    };
    remember();
    element.addEventListener("scroll", remember, { passive: true });
    return () => element.removeEventListener("scroll", remember);
  }, [rows, scroller, virtual]);
  return virtual;
}
