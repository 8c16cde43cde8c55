export type ListKey =
  | { readonly do: "focus"; readonly index: number }
  /** Back to the field above the list. */
  | { readonly do: "leave" }
  | { readonly do: "rename" | "remove" | "star"; readonly index: number };

type Pressed = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/** What a key means on the row at `index` of `count`; null for keys that are not the list's. */
export function listKey(pressed: Pressed, index: number, count: number): ListKey | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.shiftKey) return null;
  switch (pressed.key) {
    case "ArrowDown":
      return { do: "focus", index: Math.min(index + 1, count - 1) };
    case "ArrowUp":
      return index === 0 ? { do: "leave" } : { do: "focus", index: index - 1 };
    case "Home":
      return { do: "focus", index: 0 };
    case "End":
      return { do: "focus", index: count - 1 };
    case "F2":
      return { do: "rename", index };
    case "Delete":
      return { do: "remove", index };
    case "s":
      return { do: "star", index };
    default:
      return null;
  }
}

/** Which row takes the focus when the one at `index` of `count` goes; null when none is left. */
export function focusAfterRemoval(index: number, count: number): number | null {
  if (count <= 1) return null;
  return index < count - 1 ? index + 1 : index - 1;
}
