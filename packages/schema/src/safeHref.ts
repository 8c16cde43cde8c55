const maxHrefLength = 4096;
const allowed = /^(?:https?:\/\/[^/?#]|mailto:[^?#])/i;
const bareHost = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::\d{1,5})?(?:[/?#]|$)/u;

/** True if the string has a control character, which browsers strip from URLs: `java\nscript:` would run. */
function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029) return true;
  }
  return false;
}

/**
 * Whether a link may point there: an absolute `https:`, `http:` or `mailto:` URL of at most 4,096 characters without
 * control characters. Everything else (`javascript:`, `data:`, relative and protocol-relative paths, non-strings) is
 * refused: stored links come from anybody who may write and are followed by everybody who may read.
 */
export function isSafeHref(href: unknown): href is string {
  return (
    typeof href === "string" &&
    href.length <= maxHrefLength &&
    allowed.test(href) &&
    !hasControlCharacter(href)
  );
}

/** Whether it is a host name typed without its protocol (`example.org/path`), to which an editor may add `https://`. */
export function isBareHost(text: string): boolean {
  return text.length <= maxHrefLength && bareHost.test(text) && !hasControlCharacter(text);
}
