import { appText } from "../app/text.ts";

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** "Mod-Shift-x" as this machine's keyboard calls it. */
export function shortcut(keys: string): string {
  const parts = keys.split("-");
  if (!isApple)
    return parts
      .map((part) => appText.keys[part] ?? (part.length === 1 ? part.toUpperCase() : part))
      .join("+");
  const signs: Record<string, string> = { Mod: "⌘", Shift: "⇧", Alt: "⌥" };
  return parts
    .map((part) => signs[part] ?? (part.length === 1 ? part.toUpperCase() : (appText.keys[part] ?? part)))
    .join("");
}
