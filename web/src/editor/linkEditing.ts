import { create } from "zustand";

/** Whether the popover for a link's address is open. One editor can be written in at a time, so one flag is enough. */
export const useLinkEditing = create<{ open: boolean }>(() => ({ open: false }));

export const editLink = (): void => useLinkEditing.setState({ open: true });
export const closeLink = (): void => useLinkEditing.setState({ open: false });
