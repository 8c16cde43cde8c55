import { create } from "zustand";

/** Whether what the page is for can be used; what only serves it is loaded then. */
export const useSettled = create<{ readonly settled: boolean }>(() => ({ settled: false }));

export function settle(): void {
  useSettled.setState({ settled: true });
}
