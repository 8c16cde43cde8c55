import { ascii, BROKEN, CUT, type PictureRead, viewOf } from "./reading.ts";

interface Box {
  readonly type: string;
  readonly content: Uint8Array;
}

/**
 * Source: ISO/IEC 14496-12 (boxes) and AV1 Image File Format. The picture's parts are addressed by their place in the
 * file, so it is kept as it is.
 */
export function readAvif(bytes: Uint8Array): PictureRead {
  const boxes = boxesIn(bytes);
  if (typeof boxes === "string") return boxes === "cut" ? CUT : BROKEN;
  const meta = boxes.find(({ type }) => type === "meta");
  if (meta === undefined || !boxes.some(({ type }) => type === "mdat")) return BROKEN;
  const properties = inside(inside(meta.content.subarray(4), "iprp"), "ipco");
  const listed = boxesIn(properties);
  if (typeof listed === "string") return BROKEN;
  let size = { width: 0, height: 0 };
  for (const { type, content } of listed) {
    if (type !== "ispe" || content.length < 12) continue;
    const view = viewOf(content);
    const [width, height] = [view.getUint32(4), view.getUint32(8)];
    // of the tiles of a grid and the grid itself, the grid is what is shown
    if (width * height > size.width * size.height) size = { width, height };
  }
  return size.width === 0 ? BROKEN : { ok: true, ...size, parts: [bytes] };
}

/** The content of the first box of a type; nothing where there is none. */
function inside(bytes: Uint8Array, wanted: string): Uint8Array {
  const boxes = boxesIn(bytes);
  const found = typeof boxes === "string" ? undefined : boxes.find(({ type }) => type === wanted);
  return found?.content ?? new Uint8Array(0);
}

function boxesIn(bytes: Uint8Array): Box[] | "cut" | "broken" {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return "cut";
    let header = 8;
    let size = view.getUint32(at);
    const type = ascii(bytes, at + 4, at + 8);
    if (size === 1) {
      if (at + 16 > bytes.length) return "cut";
      header = 16;
      size = view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12);
    } else if (size === 0) size = bytes.length - at;
    if (size < header) return "broken";
    if (at + size > bytes.length) return "cut";
    boxes.push({ type, content: bytes.subarray(at + header, at + size) });
    at += size;
  }
  return boxes;
}
