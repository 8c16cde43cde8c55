import { ascii, BROKEN, CUT, type PictureRead, viewOf } from "./reading.ts";

const kept = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** Of the extended header: that Exif and XMP follow. */
const TOLD = 0x08 | 0x04;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Source: RFC 9649. */
export function readWebp(bytes: Uint8Array): PictureRead {
  if (bytes.length < 20) return CUT;
  const view = viewOf(bytes);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) return CUT;
  const parts: Uint8Array[] = [];
  let size: Size | null = null;
  let hasPicture = false;
  for (let at = 12; at < end; ) {
    if (at + 8 > end) return BROKEN;
    const type = ascii(bytes, at, at + 4);
    const length = view.getUint32(at + 4, true);
    // an odd chunk is followed by a byte of nothing, which some writers leave out at the very end
    const next = Math.min(at + 8 + length + (length % 2), end);
    if (at + 8 + length > end) return BROKEN;
    const content = bytes.subarray(at + 8, at + 8 + length);
    const said = sizeIn(type, content);
    if (said === "broken") return BROKEN;
    if (said !== null) size = larger(size, said);
    if (type === "VP8 " || type === "VP8L" || type === "ANMF") hasPicture = true;
    if (kept.has(type)) parts.push(type === "VP8X" ? withoutTold(bytes, at, next) : bytes.subarray(at, next));
    at = next;
  }
  if (size === null || !hasPicture) return BROKEN;
  const header = bytes.slice(0, 12);
  viewOf(header).setUint32(4, 4 + parts.reduce((sum, part) => sum + part.length, 0), true);
  return { ok: true, ...size, parts: [header, ...parts] };
}

function sizeIn(type: string, content: Uint8Array): Size | "broken" | null {
  const view = viewOf(content);
  switch (type) {
    case "VP8X":
      if (content.length < 10) return "broken";
      return { width: uint24(view, 4) + 1, height: uint24(view, 7) + 1 };
    case "VP8L": {
      if (content.length < 5 || content[0] !== 0x2f) return "broken";
      const bits = view.getUint32(1, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8 ":
      if (content.length < 10 || uint24(view, 3) !== 0x2a019d) return "broken";
      return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
    default:
      return null;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

/** The canvas and the picture in it each say a size; what is decoded is the larger one. */
function larger(one: Size | null, other: Size): Size {
  if (one === null) return other;
  return { width: Math.max(one.width, other.width), height: Math.max(one.height, other.height) };
}

function withoutTold(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const chunk = bytes.slice(from, to);
  chunk[8] = (chunk[8] ?? 0) & ~TOLD;
  return chunk;
}
