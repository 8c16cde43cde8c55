import { orientationIn, orientationSegment } from "./orientation.ts";
import { ascii, BROKEN, CUT, type PictureRead, viewOf } from "./reading.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;

/** Source: ITU-T T.81, annex B. Further pictures behind the end (as phones write them) are left out. */
export function readJpeg(bytes: Uint8Array): PictureRead {
  const view = viewOf(bytes);
  if (bytes[1] !== SOI) return BROKEN;
  const parts: Uint8Array[] = [];
  let size: { readonly width: number; readonly height: number } | null = null;
  let orientation = 1;
  let hasScan = false;
  for (let at = 2; ; ) {
    if (at + 2 > bytes.length) return CUT;
    if (bytes[at] !== 0xff) return BROKEN;
    const marker = bytes[at + 1] ?? 0;
    // any number of these may stand before a marker
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === EOI) {
      if (size === null || !hasScan) return BROKEN;
      parts.push(bytes.subarray(at, at + 2));
      const turned = orientation >= 5 ? { width: size.height, height: size.width } : size;
      const start = orientation === 1 ? [] : [orientationSegment(orientation)];
      return { ok: true, ...turned, parts: [bytes.subarray(0, 2), ...start, ...parts] };
    }
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= SOI)) return BROKEN;
    if (at + 4 > bytes.length) return CUT;
    const length = view.getUint16(at + 2);
    if (length < 2) return BROKEN;
    let end = at + 2 + length;
    if (end > bytes.length) return CUT;
    if (isFrame(marker)) {
      if (length < 8) return BROKEN;
      size = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    if (marker === APP1) orientation = orientationIn(bytes.subarray(at + 4, end)) ?? orientation;
    if (marker === SOS) {
      hasScan = true;
      end = endOfScan(bytes, end);
    }
    if (isNeeded(marker, bytes, at + 4)) parts.push(bytes.subarray(at, end));
    at = end;
  }
}

/** Of the many kinds of frames each says how large the picture is. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Of what programs add, only what decides how the picture looks: its density, colour profile and colour transform. */
function isNeeded(marker: number, bytes: Uint8Array, at: number): boolean {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  const name = ascii(bytes, at, at + 12);
  if (marker === 0xe0) return name.startsWith("JFIF\0");
  if (marker === 0xe2) return name === "ICC_PROFILE\0";
  return marker === 0xee && name.startsWith("Adobe");
}

/** In a scan FF is followed by 00 or a restart; anything else is the next marker. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
