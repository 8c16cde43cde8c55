import { isAnimated, sendingOf } from "./pictureFormat.ts";
import { type Size, within } from "./pictureSize.ts";

export type Prepared = { readonly blob: Blob; readonly size: Size };

/** What a format may take before the next is tried; the last is taken in any case. */
const MOST_BYTES = 3 * 1024 * 1024;
const QUALITY = 0.9;

/** The file is no picture that this browser knows. */
export class NotAPicture extends Error {}

/**
 * A picture as it is sent: turned as the camera was held, no larger than is ever shown, and without what the camera
 * wrote into it. Drawing it anew leaves nothing but its pixels.
 */
export async function preparePicture(file: Blob): Promise<Prepared> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch((cause: unknown) => {
    throw new NotAPicture("not a picture", { cause });
  });
  try {
    const natural = { width: bitmap.width, height: bitmap.height };
    const bytes = new Uint8Array(await file.arrayBuffer());
    const sending = sendingOf(file.type, isAnimated(bytes));
    if (sending.kind === "as-is") return { blob: file, size: natural };
    const size = within(natural);
    return { blob: await encoded(draw(bitmap, size), sending.types), size };
  } finally {
    bitmap.close();
  }
}

function draw(bitmap: ImageBitmap, { width, height }: Size): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser gave no canvas");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

async function encoded(canvas: HTMLCanvasElement, types: readonly string[]): Promise<Blob> {
  let last: Blob | null = null;
  for (const type of types) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, QUALITY));
    // a browser that lacks a format gives another one
    if (blob === null || blob.type !== type) continue;
    last = blob;
    if (blob.size <= MOST_BYTES) return blob;
  }
  if (last === null) throw new Error("this browser encodes no picture");
  return last;
}
