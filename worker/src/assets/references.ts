const WORD = "asset:";
const COLON = 0x3a;
const ID_LENGTH = 22;

/**
 * The files that bytes refer to: those of updates as they come and as they are stored, and of text. A Yjs update writes
 * an attribute's value as UTF-8 in one piece, so nothing has to be decoded. Whatever looks like a reference is one: a file
 * that somebody only writes about is kept, never the other way round.
 */
export function assetIdsIn(bytes: Uint8Array): Set<string> {
  const ids = new Set<string>();
  for (let colon = bytes.indexOf(COLON); colon !== -1; colon = bytes.indexOf(COLON, colon + 1)) {
    const from = colon + 1 - WORD.length;
    if (from < 0 || !isWord(bytes, from)) continue;
    const id = String.fromCharCode(...bytes.subarray(colon + 1, colon + 1 + ID_LENGTH));
    if (isAssetId(id)) ids.add(id);
  }
  return ids;
}

export function isAssetId(text: string): boolean {
  return /^[0-9A-Za-z]{22}$/.test(text);
}

function isWord(bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < WORD.length; i++) if (bytes[from + i] !== WORD.charCodeAt(i)) return false;
  return true;
}
