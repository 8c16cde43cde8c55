import { create } from "zustand";

export const useEmojiPicking = create<{ open: boolean }>(() => ({ open: false }));

export const openEmojiPicker = (): void => useEmojiPicking.setState({ open: true });
export const closeEmojiPicker = (): void => useEmojiPicking.setState({ open: false });
