import { isSafeHref } from "@palimpsest/schema";

/** What a person typed as the address of a link, completed, or null when it may not be linked. */
export function linkTarget(typed: string): string | null {
  const text = typed.trim();
  if (text === "") return null;
  if (isSafeHref(text)) return text;
  if (/^[^\s@:/?#]+@[^\s@:/?#]+\.[^\s@:/?#]+$/.test(text)) return `mailto:${text}`;
  const isBare =
    !/\s/.test(text) && (!/^[a-z][a-z0-9+.-]*:/i.test(text) || /^[^\s:/?#]+\.[^\s:/?#]+:\d/.test(text));
  const completed = `https://${text}`;
  return isBare && /^[^/]*\.[^/]/.test(text) && isSafeHref(completed) ? completed : null;
}
