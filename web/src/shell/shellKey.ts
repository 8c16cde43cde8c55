import type { Overlay } from "./shell.ts";

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

type Surroundings = {
  readonly open: Overlay | null;
  /** In a field or in the text, where a letter is a letter. */
  readonly typing: boolean;
  /** A dialog or menu has the keys. */
  readonly taken: boolean;
};

/** What a key does to the shell: opens something, closes it (`null`), or nothing (`undefined`). */
export function overlayAfterKey(pressed: Pressed, now: Surroundings): Overlay | null | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = pressed;
  const mod = ctrlKey || metaKey;
  const asked: Overlay | null =
    mod && !altKey && !shiftKey && key.toLowerCase() === "k"
      ? "palette"
      : key === "F1" && !mod && !altKey && !shiftKey
        ? "shortcuts"
        : key === "?" && !mod && !altKey && !now.typing
          ? "shortcuts"
          : null;
  if (asked === null) return undefined;
  if (now.open === asked) return null;
  return now.taken || now.open !== null ? undefined : asked;
}
