const asset = /^asset:[A-Za-z0-9_-]{16,64}$/;
const web = /^https:\/\/[^/?#\s]/i;
const maxLength = 4096;

/** The id of an asset of the document itself, from `asset:<id>`; null for every other source. */
export function assetIdOf(src: unknown): string | null {
  return typeof src === "string" && asset.test(src) ? src.slice("asset:".length) : null;
}

function isPrintable(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || (code >= 0x7f && code < 0xa0)) return false;
  }
  return true;
}

/**
 * Whether a picture may come from there: an asset of the document (`asset:<id>`) or an absolute https address without control
 * characters. `data:` and `blob:` are refused: bytes in the text would be sent to everybody with every opening.
 */
export function isSafeImageSource(src: unknown): src is string {
  if (assetIdOf(src) !== null) return true;
  return typeof src === "string" && src.length <= maxLength && web.test(src) && isPrintable(src);
}
