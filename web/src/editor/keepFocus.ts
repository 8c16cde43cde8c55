import type { MouseEvent } from "react";

/** For controls of the text: pressing one leaves the focus, and on a phone the keyboard, with the text. */
export const keepFocus = (event: MouseEvent): void => event.preventDefault();
