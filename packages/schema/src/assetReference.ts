import type { JSONNode } from "./documentJSON.ts";
import { fileMime, fileName, fileSize } from "./file.ts";
import { imageAlignment, imageRatio, imageWidth } from "./image.ts";
import { assetIdOf, isSafeImageSource } from "./imageSource.ts";

type OwnAsset = (address: string) => string | null;

interface AssetReference {
  readonly id: string;
  readonly size: number | null;
  readonly mime: string | null;
  /** Whether the comment that says size and type follows. */
  readonly isDescribed: boolean;
}

/** Behind a link to a file: `<!-- file 1024 application/pdf -->`, invisible where the Markdown is shown. */
const description = /^<!-- file(?: (\d{1,16}))?(?: ([\w.+/-]+))? -->$/;

function compact(attrs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attrs).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** What a link to `address` refers to if it is a file of the document: by `asset:` or, with its comment, by its own address. */
export function assetReference(
  address: string | undefined,
  following: string,
  ownAsset: OwnAsset,
): AssetReference | null {
  const said = description.exec(following);
  const id = assetIdOf(address) ?? (said === null || address === undefined ? null : ownAsset(address));
  if (id === null) return null;
  return { id, size: fileSize(said?.[1] ?? null), mime: fileMime(said?.[2]), isDescribed: said !== null };
}

export function readFile({ id, size, mime }: AssetReference, name: string): JSONNode {
  return { type: "file", attrs: compact({ src: `asset:${id}`, name: fileName(name), size, mime }) };
}

/** A picture from what a text says of it; null if it may not come from there. */
export function readImage(
  address: string | null | undefined,
  { alt, caption, width, align, ratio }: Readonly<Record<string, unknown>>,
  ownAsset: OwnAsset,
): JSONNode | null {
  if (typeof address !== "string") return null;
  const id = ownAsset(address);
  const src = id === null ? address : `asset:${id}`;
  if (!isSafeImageSource(src)) return null;
  const look = { width: imageWidth(width), align: imageAlignment(align), ratio: imageRatio(ratio) };
  return { type: "image", attrs: compact({ src, alt: alt || null, caption: caption || null, ...look }) };
}

/** How a file's size and type are said behind its link. */
export function fileDescription(size: unknown, mime: unknown): string {
  return ["<!-- file", fileSize(size), fileMime(mime), "-->"].filter((part) => part !== null).join(" ");
}
