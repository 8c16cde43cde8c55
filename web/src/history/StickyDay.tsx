import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Row } from "./rows.ts";
import type { useVirtualRows } from "./useVirtualRows.ts";

type Props = {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly virtual: ReturnType<typeof useVirtualRows>;
  readonly rows: readonly Row[];
};

/**
 * The day that is being read, at the top of the list; the next day's own heading pushes it away. The headings in the list
 * cannot stick themselves, since each of their rows goes when it is out of view.
 */
export function StickyDay({ scroller, virtual, rows }: Props) {
  const label = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const place = () => {
      const bar = label.current;
      if (bar === null) return;
      const top = element.scrollTop;
      const first = virtual.getVirtualItemForOffset(top)?.index ?? 0;
      bar.textContent = rows[first]?.day ?? "";
      bar.style.visibility = top > 0 ? "visible" : "hidden";
      const next = virtual.getVirtualItemForOffset(top + bar.offsetHeight);
      const pushed =
        next !== undefined && next.index > first && rows[next.index]?.opensDay === true
          ? next.start - top - bar.offsetHeight
          : 0;
      bar.style.transform = `translateY(${Math.min(0, pushed)}px)`;
    };
    place();
    element.addEventListener("scroll", place, { passive: true });
    return () => element.removeEventListener("scroll", place);
  });
  return (
    <div className="sticky top-0 z-1 h-0 overflow-visible" aria-hidden="true">
      <div className="overflow-clip">
        <div
          ref={label}
          className="flex h-8 items-center bg-raised px-2.5 text-xs font-semibold text-faint"
        />
      </div>
    </div>
  );
}
