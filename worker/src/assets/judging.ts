import { readAvif } from "./headers/avif.ts";
import { readGif } from "./headers/gif.ts";
import { readJpeg } from "./headers/jpeg.ts";
import { readPng } from "./headers/png.ts";
import type { PictureRead } from "./headers/reading.ts";
import { readWebp } from "./headers/webp.ts";
import type { PictureType } from "./kinds.ts";

export const assetLimits = {
  /** Browsers send pictures of at most 4,096 px, which are a tenth of this. */
  pictureBytes: 10 * 1024 * 1024,
  fileBytes: 25 * 1024 * 1024,
  /** Decoded it takes four bytes each in every reader's memory. */
  pixels: 50_000_000,
  side: 16_384,
  /** Of one document. */
  count: 5_000,
  bytes: 1024 * 1024 * 1024,
} as const;

const readers: Readonly<Record<PictureType, (bytes: Uint8Array) => PictureRead>> = {
  "image/png": readPng,
  "image/jpeg": readJpeg,
  "image/gif": readGif,
  "image/webp": readWebp,
  "image/avif": readAvif,
};

/** Whether a picture can be kept. */
export type Judgement =
  | {
      readonly kind: "kept";
      readonly width: number;
      readonly height: number;
      readonly parts: readonly Uint8Array[];
    }
  /** For a person. */
  | { readonly kind: "refused"; readonly sentence: string };

export function judgePicture(type: PictureType, bytes: Uint8Array): Judgement {
  const read = readers[type](bytes);
  if (!read.ok) return { kind: "refused", sentence: reasons[read.reason] };
  const { width, height, parts } = read;
  if (width < 1 || height < 1) return { kind: "refused", sentence: "It says that it has no size." };
  if (width * height > assetLimits.pixels || Math.max(width, height) > assetLimits.side) {
    const most = assetLimits.pixels / 1_000_000;
    return {
      kind: "refused",
      sentence: `It has ${width} × ${height} pixels; at most ${most} million are taken, and ${assetLimits.side} a side.`,
    };
  }
  return { kind: "kept", width, height, parts };
}

const reasons = {
  cut: "It ends in the middle: it was not transferred as a whole.",
  broken: "It cannot be read as a picture.",
} as const;
