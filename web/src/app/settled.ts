import { create } from "zustand";

/** Whether what the page is for can be used; what only serves it is loaded then. */
export const useSettled = create<{ readonly settled: boolean }>(() => ({ settled: false }));

/** Does something then, or at once. What goes wrong with it goes unsaid: it has to be no more than a convenience. */
export function whenSettled(act: () => Promise<void>): void {
  if (useSettled.getState().settled) void act().catch(() => undefined);
  else {
    const stop = useSettled.subscribe(() => {
      stop();
      void act().catch(() => undefined);
    });
  }
}

export function settle(): void {
  useSettled.setState({ settled: true });
}
