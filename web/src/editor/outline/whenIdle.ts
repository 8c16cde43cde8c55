/** Milliseconds of one go where the browser does not say how many there are. */
const goMs = 8;

type Idle = { readonly timeRemaining: () => number };

/** Does something when nothing else is to be done. @returns cancels it */
export function whenIdle(act: (idle: Idle) => void): () => void {
  if ("requestIdleCallback" in window) {
    const handle = window.requestIdleCallback(act, { timeout: 2_000 });
    return () => window.cancelIdleCallback(handle);
  }
  const timer = setTimeout(() => {
    const until = performance.now() + goMs;
    act({ timeRemaining: () => until - performance.now() });
  }, 60);
  return () => clearTimeout(timer);
}
