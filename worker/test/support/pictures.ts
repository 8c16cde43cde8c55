/** Small pictures, byte by byte: what they show does not matter, what they say of themselves does. */

export function bytes(
  ...parts: readonly (number | string | Uint8Array | readonly number[])[]
): Uint8Array<ArrayBuffer> {
  const flat: number[] = [];
  for (const part of parts) {
    if (typeof part === "number") flat.push(part);
    else if (typeof part === "string") for (const sign of part) flat.push(sign.charCodeAt(0));
    else for (const byte of part) flat.push(byte);
  }
  return new Uint8Array(flat);
}

export const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
export const u16 = (value: number) => [value >>> 8, value & 255];
export const le16 = (value: number) => [value & 255, value >>> 8];
export const le24 = (value: number) => [value & 255, (value >>> 8) & 255, value >>> 16];
export const le32 = (value: number) => [...u32(value)].reverse();

export function pngChunk(type: string, content: Uint8Array = new Uint8Array(0)): Uint8Array {
  return bytes(u32(content.length), type, content, u32(0));
}

export function png(
  width: number,
  height: number,
  between: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  const header = bytes(u32(width), u32(height), 8, 2, 0, 0, 0);
  return bytes(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    pngChunk("IHDR", header),
    ...between,
    pngChunk("IDAT", bytes(1, 2, 3)),
    pngChunk("IEND"),
  );
}

export function jpegSegment(marker: number, content: Uint8Array): Uint8Array {
  return bytes(0xff, marker, u16(content.length + 2), content);
}

/** As a camera writes it: how it was held, and where that was. */
export function exif(orientation: number): Uint8Array {
  const entry = (tag: number, type: number, count: number, value: readonly number[]) =>
    bytes(le16(tag), le16(type), le32(count), value);
  const tiff = bytes(
    "II",
    le16(42),
    le32(8),
    le16(2),
    entry(0x0112, 3, 1, [...le16(orientation), 0, 0]),
    entry(0x8825, 4, 1, le32(38)),
    le32(0),
    "GPS 52.5200N 13.4050E",
  );
  return jpegSegment(0xe1, bytes("Exif\0\0", tiff));
}

export function jpeg(
  width: number,
  height: number,
  between: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  return bytes(
    0xff,
    0xd8,
    jpegSegment(0xe0, bytes("JFIF\0", 1, 1, 0, 0, 1, 0, 1, 0, 0)),
    ...between,
    jpegSegment(0xc0, bytes(8, u16(height), u16(width), 1, 1, 0x11, 0)),
    jpegSegment(0xda, bytes(1, 1, 0, 0, 63, 0)),
    [0x12, 0xff, 0x00, 0x34, 0xff, 0xd3, 0x56],
    [0xff, 0xd9],
  );
}

export function gif(
  width: number,
  height: number,
  between: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  const image = bytes(0x2c, le16(0), le16(0), le16(width), le16(height), 0, 2, 2, [0x44, 0x01], 0);
  return bytes(
    "GIF89a",
    le16(width),
    le16(height),
    0x80,
    0,
    0,
    [0, 0, 0, 255, 255, 255],
    ...between,
    image,
    0x3b,
  );
}

export function gifComment(text: string): Uint8Array {
  return bytes(0x21, 0xfe, text.length, text, 0);
}

export function webpChunk(type: string, content: Uint8Array): Uint8Array {
  return bytes(type, le32(content.length), content, content.length % 2 === 1 ? [0] : []);
}

export function webp(
  width: number,
  height: number,
  between: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  const told = between.length > 0 ? 0x0c : 0;
  const extended = webpChunk("VP8X", bytes(told, 0, 0, 0, le24(width - 1), le24(height - 1)));
  const lossless = webpChunk(
    "VP8L",
    bytes(0x2f, le32(((width - 1) & 0x3fff) | (((height - 1) & 0x3fff) << 14)), 7),
  );
  const content = bytes("WEBP", extended, lossless, ...between);
  return bytes("RIFF", le32(content.length), content);
}

export function box(
  type: string,
  ...content: readonly (string | readonly number[] | Uint8Array)[]
): Uint8Array {
  const inner = bytes(...content);
  return bytes(u32(inner.length + 8), type, inner);
}

export function avif(width: number, height: number): Uint8Array<ArrayBuffer> {
  const size = box("ispe", u32(0), u32(width), u32(height));
  const tile = box("ispe", u32(0), u32(1), u32(1));
  const meta = box("meta", u32(0), box("iprp", box("ipco", tile, size)));
  return bytes(box("ftyp", "avif", u32(0), "mif1", "avif"), meta, box("mdat", [1, 2, 3]));
}

export const pictures = { png, jpeg, gif, webp, avif } as const;
