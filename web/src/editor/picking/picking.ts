import type { ReactNode } from "react";
import { create } from "zustand";

export type PickerOption = {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** More words by which it is found. */
  readonly aliases?: readonly string[];
};

export type Picking = {
  readonly anchor: HTMLElement;
  readonly label: string;
  readonly options: readonly PickerOption[];
  readonly chosen: string;
  /** Where there are many: what the field to search them is called, and what it says when there is none. */
  readonly search?: { readonly label: string; readonly empty: (query: string) => string };
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
};

/** A list opened by a control that stands in the text, outside of React. One at a time. */
export const usePicking = create<{ picking: Picking | null }>(() => ({ picking: null }));

export const openPicker = (picking: Picking): void => usePicking.setState({ picking });
export const closePicker = (): void => usePicking.setState({ picking: null });
