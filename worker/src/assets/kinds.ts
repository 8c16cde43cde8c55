import { ascii } from "./headers/reading.ts";

export type PictureType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif";

/** What a file turned out to be, whatever it was called. */
export type Kind =
  | { readonly kind: "picture"; readonly type: PictureType }
  | { readonly kind: "file"; readonly type: string }
  /** Refused: it could run where it is shown, or is nothing that is known here. */
  | { readonly kind: "other" };

/** So many bytes from the beginning are enough to tell. */
export const TELLING_BYTES = 4096;

const OTHER: Kind = { kind: "other" };

/** What is one and the same to look at, and differs by what the name says. */
const zipped: Readonly<Record<string, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  odt: "application/vnd.oasis.opendocument.text",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  odp: "application/vnd.oasis.opendocument.presentation",
  epub: "application/epub+zip",
};
const compound: Readonly<Record<string, string>> = {
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  ppt: "application/vnd.ms-powerpoint",
};
const written: Readonly<Record<string, string>> = {
  md: "text/markdown",
  markdown: "text/markdown",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
};
const films: Readonly<Record<string, string>> = {
  "qt  ": "video/quicktime",
  "M4A ": "audio/mp4",
};

/**
 * What the first bytes say a file is. Its name decides only between kinds that begin alike, and never makes anything
 * of it that a browser would run. A list, and not a list of what is refused: SVG, HTML and programs are simply not on it.
 */
export function kindOf(head: Uint8Array, name: string): Kind {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const begins = (...bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte);
  const four = ascii(head, 0, 4);
  const second = ascii(head, 4, 8);
  const third = ascii(head, 8, 12);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return picture("image/png");
  if (begins(0xff, 0xd8, 0xff)) return picture("image/jpeg");
  if (four === "GIF8" && /^[79]a/.test(second)) return picture("image/gif");
  if (four === "RIFF") {
    if (third === "WEBP") return picture("image/webp");
    return third === "WAVE" ? file("audio/wav") : OTHER;
  }
  if (second === "ftyp") {
    if (brandsOf(head).some((brand) => brand === "avif" || brand === "avis")) return picture("image/avif");
    if (third in films) return file(films[third] ?? "");
    return brandsOf(head).some((brand) => /^(isom|iso[2-9]|mp4[12]|avc1|M4V )$/.test(brand))
      ? file("video/mp4")
      : OTHER;
  }
  if (four === "%PDF") return file("application/pdf");
  if (begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6)) return file(zipped[ending] ?? "application/zip");
  if (begins(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1))
    return compound[ending] === undefined ? OTHER : file(compound[ending]);
  if (begins(0x1a, 0x45, 0xdf, 0xa3)) return ascii(head, 0, 64).includes("webm") ? file("video/webm") : OTHER;
  if (four === "OggS") return file("audio/ogg");
  if (four === "fLaC") return file("audio/flac");
  if (four.startsWith("ID3") || isMp3Frame(head)) return file("audio/mpeg");
  if (ascii(head, 0, 5) === "{\\rtf") return file("application/rtf");
  return isPlainText(head) ? file(written[ending] ?? "text/plain") : OTHER;
}

function picture(type: PictureType): Kind {
  return { kind: "picture", type };
}

function file(type: string): Kind {
  return { kind: "file", type };
}

/** The kinds that a file of boxes says it can be read as. */
function brandsOf(head: Uint8Array): string[] {
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= Math.min(size, head.length); at += 4)
    if (at !== 12) brands.push(ascii(head, at, at + 4));
  return brands;
}

/** Eleven set bits, then a version and a layer that exist, a rate that is one. */
function isMp3Frame(head: Uint8Array): boolean {
  const [sync = 0, version = 0, rate = 0] = head;
  const isLayer3 = sync === 0xff && (version & 0xe6) === 0xe2 && (version & 0x18) !== 0x08;
  return isLayer3 && (rate & 0xf0) !== 0xf0 && (rate & 0xf0) !== 0 && (rate & 0x0c) !== 0x0c;
}

/** Text in UTF-8 that is no markup: what begins like a page or a drawing is refused, whatever its name says. */
function isPlainText(head: Uint8Array): boolean {
  let text: string;
  try {
    // the last character may be cut in two here
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(head, { stream: true });
  } catch {
    return false;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no text has
  if (text === "" || /[\0-\x08\x0e-\x1f\x7f]/.test(text)) return false;
  return !/^\s*<[!?a-z]/i.test(text) && !/<(svg|html|script)[\s>]/i.test(text);
}
