import { type RefObject, useRef } from "react";

type MenuQuestion = {
  readonly trigger: RefObject<HTMLButtonElement | null>;
  /** For an item's `onSelect`: what it leads to happens once the menu is closed. */
  readonly afterwards: (act: () => void) => () => void;
  readonly onCloseAutoFocus: (event: Event) => void;
};

/**
 * For menus whose items open dialogs. A dialog gives the focus back to what had it when it opened: that is to be the
 * menu's button, not an item that is gone.
 */
export function useMenuQuestion(): MenuQuestion {
  const trigger = useRef<HTMLButtonElement>(null);
  const asked = useRef<(() => void) | null>(null);
  return {
    trigger,
    afterwards: (act) => () => {
      asked.current = act;
    },
    onCloseAutoFocus: (event) => {
      const act = asked.current;
      asked.current = null;
      if (act === null) return;
      event.preventDefault();
      trigger.current?.focus();
      act();
    },
  };
}
