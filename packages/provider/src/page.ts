/** What the page tells a provider; outside a browser nothing ever does. */
export interface PageListener {
  /** The network or the person is back. */
  wake(): void;
  /** The network may be gone. */
  doubt(): void;
  /** Nobody looks any more; timers may now be slowed down, or the page may end without another word. */
  hidden(): void;
  /** The page ends, or goes into the back/forward cache. */
  suspend(): void;
}

/** Listens to the browser's page, if there is one; the result stops it. */
export function watchPage(listener: PageListener): () => void {
  const stops: (() => void)[] = [];
  const listen = (target: EventTarget, event: string, run: (event: Event) => void) => {
    target.addEventListener(event, run);
    stops.push(() => target.removeEventListener(event, run));
  };
  if (typeof globalThis.addEventListener === "function") {
    listen(globalThis, "online", () => listener.wake());
    listen(globalThis, "offline", () => listener.doubt());
    listen(globalThis, "pagehide", () => listener.suspend());
    listen(globalThis, "pageshow", () => listener.wake());
  }
  if (typeof document !== "undefined") {
    listen(document, "visibilitychange", () => (isHidden() ? listener.hidden() : listener.wake()));
  }
  return () => {
    for (const stop of stops) stop();
  };
}

export function isHidden(): boolean {
  return typeof document !== "undefined" && document.visibilityState === "hidden";
}
