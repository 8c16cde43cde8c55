import { create } from "zustand";

type FindBarState = {
  /** Null while it is closed; counts the times it was asked for, so that asking again selects what stands in its field. */
  readonly asked: number | null;
  readonly replacing: boolean;
};

/** Whether the bar is open. One text is shown at a time, so one state is enough. */
export const useFindBar = create<FindBarState>(() => ({ asked: null, replacing: false }));

export function openFindBar({ replacing = false } = {}): void {
  useFindBar.setState((state) => ({
    asked: (state.asked ?? 0) + 1,
    replacing: replacing || state.replacing,
  }));
}

export function closeFindBar(): void {
  useFindBar.setState({ asked: null, replacing: false });
}
