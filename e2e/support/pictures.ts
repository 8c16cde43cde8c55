import type { Locator } from "@playwright/test";
import type { Person } from "./person.ts";

/** A picture as a browser encodes it: one colour with a corner of another. */
export async function drawn(
  someone: Person,
  { width = 900, height = 600, color = "#4a7ebb", type = "image/png" } = {},
): Promise<Buffer> {
  const base64 = await someone.page.evaluate(
    async ([w, h, fill, kind]) => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [Number(w), Number(h)];
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("no canvas");
      context.fillStyle = String(fill);
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = "#ffffff";
      context.fillRect(0, 0, canvas.width / 4, canvas.height / 4);
      return canvas.toDataURL(String(kind), 0.9).split(",")[1] ?? "";
    },
    [width, height, color, type] as const,
  );
  return Buffer.from(base64, "base64");
}

/** What a camera would have written into a JPEG: that it was held upright, and where. */
export function withExif(jpeg: Buffer): Buffer {
  const le16 = (value: number) => [value & 255, value >> 8];
  const le32 = (value: number) => [...le16(value & 0xffff), ...le16(value >>> 16)];
  const orientation = [...le16(0x0112), ...le16(3), ...le32(1), ...le16(6), 0, 0];
  const place = [...le16(0x8825), ...le16(4), ...le32(1), ...le32(38)];
  const tiff = Buffer.from([
    0x49,
    0x49,
    ...le16(42),
    ...le32(8),
    ...le16(2),
    ...orientation,
    ...place,
    ...le32(0),
  ]);
  const content = Buffer.concat([Buffer.from("Exif\0\0"), tiff, Buffer.from("GPS 52.5200N 13.4050E")]);
  const segment = Buffer.from([0xff, 0xe1, (content.length + 2) >> 8, (content.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, content, jpeg.subarray(2)]);
}

type Given = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** Drops or pastes files on the text, as a browser hands them over. */
export async function hand(someone: Person, how: "drop" | "paste", files: readonly Given[]): Promise<void> {
  const box = await someone.body.boundingBox();
  if (box === null) throw new Error("no text to drop on");
  const given = files.map(
    ({ name, mimeType, buffer }) => [name, mimeType, buffer.toString("base64")] as const,
  );
  await someone.body.evaluate(
    (element, { how, given, x, y }) => {
      const data = new DataTransfer();
      for (const [name, type, base64] of given) {
        const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      const options = { bubbles: true, cancelable: true };
      if (how === "paste")
        element.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: data }));
      else
        element.dispatchEvent(
          new DragEvent("drop", { ...options, dataTransfer: data, clientX: x, clientY: y }),
        );
    },
    { how, given, x: box.x + 40, y: box.y + box.height - 6 },
  );
}

/** Chooses files where the page asks for them. */
export async function pick(
  someone: Person,
  ask: () => Promise<unknown>,
  files: readonly Given[],
): Promise<void> {
  const asked = someone.page.waitForEvent("filechooser");
  await ask();
  await (await asked).setFiles([...files]);
}

export const pictures = (someone: Person): Locator => someone.body.locator(".picture img");
export const uploads = (someone: Person): Locator => someone.page.getByTestId("upload");
export const menu = (someone: Person): Locator => someone.page.getByTestId("image-menu");

/** Waits until a picture is there as a whole, not only its place. */
export async function isShown(picture: Locator): Promise<void> {
  await picture.scrollIntoViewIfNeeded();
  await picture.evaluate(
    (element: HTMLImageElement) =>
      new Promise<void>((resolve, reject) => {
        if (element.complete && element.naturalWidth > 0) resolve();
        element.addEventListener("load", () => resolve());
        element.addEventListener("error", () => reject(new Error(`not shown: ${element.src}`)));
      }),
  );
}
