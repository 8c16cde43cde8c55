import { create } from "zustand";

/** Whether the outline is open. One text is shown at a time, so one flag is enough. */
export const useOutlinePanel = create<{ open: boolean }>(() => ({ open: false }));

export const toggleOutline = (): void => useOutlinePanel.setState(({ open }) => ({ open: !open }));
export const closeOutline = (): void => useOutlinePanel.setState({ open: false });
