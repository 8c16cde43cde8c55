import { useState } from "react";

/**
 * For `onCloseAutoFocus` of a dialog that is mounted while it is open: gives the focus back to what had it before. Radix
 * gives it to a dialog's own trigger, and to nothing where there is none.
 */
export function useReturnFocus(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
