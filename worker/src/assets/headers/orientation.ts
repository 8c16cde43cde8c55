import { ascii, viewOf } from "./reading.ts";

const TAG = 0x0112;
const SHORT = 3;

/**
 * How a camera was held, 1 to 8, from the content of a JPEG's segment; null where it does not say. Source: Exif 3.0,
 * "Orientation".
 */
export function orientationIn(content: Uint8Array): number | null {
  if (ascii(content, 0, 6) !== "Exif\0\0" || content.length < 14) return null;
  const tiff = viewOf(content.subarray(6));
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const isLittle = order === 0x4949;
  const directory = tiff.getUint32(4, isLittle);
  if (directory + 2 > tiff.byteLength) return null;
  const count = tiff.getUint16(directory, isLittle);
  for (let at = directory + 2, left = count; left > 0 && at + 12 <= tiff.byteLength; at += 12, left--) {
    if (tiff.getUint16(at, isLittle) !== TAG || tiff.getUint16(at + 2, isLittle) !== SHORT) continue;
    const value = tiff.getUint16(at + 8, isLittle);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** A segment that says nothing but how the camera was held: without it the picture would lie on its side. */
export function orientationSegment(orientation: number): Uint8Array {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
  const entry = [0x01, 0x12, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0];
  const content = [...exif, ...tiff, 0, 1, ...entry, 0, 0, 0, 0];
  return new Uint8Array([0xff, 0xe1, 0, content.length + 2, ...content]);
}
