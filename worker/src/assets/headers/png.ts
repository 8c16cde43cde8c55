import { ascii, BROKEN, CUT, type PictureRead, viewOf } from "./reading.ts";

const SIGNATURE_BYTES = 8;
/** Length, type and sum. */
const AROUND = 12;
const told = new Set(["eXIf", "tEXt", "zTXt", "iTXt", "tIME"]);

/** Source: PNG specification (third edition), "Datastream structure". */
export function readPng(bytes: Uint8Array): PictureRead {
  const view = viewOf(bytes);
  const parts = [bytes.subarray(0, SIGNATURE_BYTES)];
  let size: { readonly width: number; readonly height: number } | null = null;
  let hasData = false;
  for (let at = SIGNATURE_BYTES; ; ) {
    if (at + AROUND > bytes.length) return CUT;
    const end = at + AROUND + view.getUint32(at);
    const type = ascii(bytes, at + 4, at + 8);
    if (end > bytes.length) return CUT;
    if (size === null) {
      if (type !== "IHDR" || end !== at + AROUND + 13) return BROKEN;
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    }
    if (type === "IDAT") hasData = true;
    if (!told.has(type)) parts.push(bytes.subarray(at, end));
    if (type === "IEND") return hasData ? { ok: true, ...size, parts } : BROKEN;
    at = end;
  }
}
