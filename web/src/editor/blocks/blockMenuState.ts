import { create } from "zustand";

/** Counts the times that the block menu was asked for without its handle: by keys, or from the toolbar. */
export const useBlockMenuAsked = create<{ asked: number }>(() => ({ asked: 0 }));

export const openBlockMenu = (): void => useBlockMenuAsked.setState(({ asked }) => ({ asked: asked + 1 }));
