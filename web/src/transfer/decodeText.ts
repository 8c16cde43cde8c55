const charsets = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i;

function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (_notThisOne) {
    return null;
  }
}

/** Without a mark, every second byte of Western text is zero. */
function looksWide(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const some = bytes.subarray(0, 400);
  if (some.length < 4 || some.length % 2 === 1) return null;
  let [even, odd] = [0, 0];
  for (const [at, byte] of some.entries()) if (byte === 0) at % 2 === 0 ? even++ : odd++;
  if (odd > some.length * 0.3 && even === 0) return "utf-16le";
  return even > some.length * 0.3 && odd === 0 ? "utf-16be" : null;
}

/**
 * The text in a file of unknown encoding: by its byte-order mark, as UTF-8 where that is what it is, as what a web page says of
 * itself, else as Windows has always written it. Null for bytes that are no text.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return decoded(bytes, "utf-16be");
  const wide = looksWide(bytes);
  if (wide !== null) return decoded(bytes, wide);
  if (bytes.subarray(0, 4_000).includes(0)) return null;
  const utf8 = decoded(bytes, "utf-8");
  if (utf8 !== null) return utf8;
  const said = charsets.exec(new TextDecoder("windows-1252").decode(bytes.subarray(0, 2_000)))?.[1];
  return (said === undefined ? null : decoded(bytes, said)) ?? decoded(bytes, "windows-1252");
}
