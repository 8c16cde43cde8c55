import { type RefObject, useEffect } from "react";

/** Calls `onReach` when the element comes into view, and again each time `again` changes while it is still there. */
export function useEndInView(end: RefObject<HTMLElement | null>, onReach: () => void, again: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new observer reports at once, which is how a short page asks for the next
  useEffect(() => {
    const element = end.current;
    if (element === null) return;
    const observer = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) onReach();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [end, onReach, again]);
}
