import type { DocxPicture } from "./blocks.ts";

/** What Word shows by itself; others are drawn anew as PNG. */
const types: Readonly<Record<string, DocxPicture["type"]>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
};

/** A picture's bytes as Word takes them; null where the browser cannot read them either. */
export async function docxPicture(blob: Blob): Promise<DocxPicture | null> {
  try {
    const bitmap = await createImageBitmap(blob);
    const { width, height } = bitmap;
    const type = types[blob.type];
    if (type !== undefined) {
      bitmap.close();
      return { type, data: new Uint8Array(await blob.arrayBuffer()), width, height };
    }
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const drawn = await canvas.convertToBlob({ type: "image/png" });
    return { type: "png", data: new Uint8Array(await drawn.arrayBuffer()), width, height };
  } catch (cause) {
    console.warn("A picture could not be written into the Word file", cause);
    return null;
  }
}
