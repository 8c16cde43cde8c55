import { ascii, BROKEN, CUT, type PictureRead, viewOf } from "./reading.ts";

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
const APPLICATION = 0xff;

/** Source: GIF89a specification, "The Grammar". */
export function readGif(bytes: Uint8Array): PictureRead {
  if (bytes.length < 13) return CUT;
  const view = viewOf(bytes);
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  let at = 13 + tableBytes(bytes[10] ?? 0);
  const parts = [bytes.subarray(0, at)];
  for (let images = 0; ; ) {
    const kind = bytes[at];
    if (kind === undefined) return CUT;
    if (kind === TRAILER) {
      parts.push(bytes.subarray(at, at + 1));
      return images > 0 ? { ok: true, ...size, parts } : BROKEN;
    }
    let data: number;
    if (kind === EXTENSION) data = at + 2;
    else if (kind === IMAGE) {
      images++;
      data = at + 11 + tableBytes(bytes[at + 9] ?? 0);
    } else return BROKEN;
    const end = endOfBlocks(bytes, data);
    if (end === null) return CUT;
    if (kind === IMAGE || isNeeded(bytes, at)) parts.push(bytes.subarray(at, end));
    at = end;
  }
}

/** A table of colours follows when the highest bit says so. */
function tableBytes(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
}

function endOfBlocks(bytes: Uint8Array, from: number): number | null {
  for (let at = from; ; ) {
    const length = bytes[at];
    if (length === undefined) return null;
    at += 1 + length;
    if (length === 0) return at;
  }
}

function isNeeded(bytes: Uint8Array, at: number): boolean {
  const label = bytes[at + 1];
  if (label === COMMENT) return false;
  // how often an animation is repeated
  return label !== APPLICATION || /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(ascii(bytes, at + 3, at + 14));
}
