import { useEffect } from "react";

/** `--keyboard` is how much of the page an on-screen keyboard covers: iOS lays it over the page without resizing it. */
export function useKeyboardInset(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (viewport === null) return;
    const follow = () => {
      const covered = Math.max(0, window.innerHeight - viewport.height - viewport.offsetTop);
      document.documentElement.style.setProperty(
        "--keyboard",
        `${viewport.scale > 1.01 ? 0 : Math.round(covered)}px`,
      );
    };
    follow();
    viewport.addEventListener("resize", follow);
    viewport.addEventListener("scroll", follow);
    return () => {
      viewport.removeEventListener("resize", follow);
      viewport.removeEventListener("scroll", follow);
      document.documentElement.style.removeProperty("--keyboard");
    };
  }, []);
}
