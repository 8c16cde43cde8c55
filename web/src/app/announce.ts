import { create } from "zustand";

type Announcement = { readonly id: number; readonly text: string };

export const useAnnouncement = create<Announcement>(() => ({ id: 0, text: "" }));

/** Speaks to screen readers without moving the focus. */
export function announce(text: string): void {
  useAnnouncement.setState((last) => ({ id: last.id + 1, text }));
}
