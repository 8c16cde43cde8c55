import { mergeAttributes, Node } from "@tiptap/core";
import type { AttributeSource } from "./attributeSource.ts";
import { assetIdOf, isSafeImageSource } from "./imageSource.ts";

/** Widest picture in px, as laid out; a stored width beyond it is read as none. */
export const MAX_IMAGE_WIDTH = 4096;

/** Where a picture narrower than the text stands; none means in the middle. */
export const imageAlignments: readonly string[] = ["left", "center", "right"];

/** How a document's assets are addressed on the page that shows it; null where they cannot be. */
export type AssetAddress = (assetId: string) => string | null;

export type AssetOptions = { readonly assetAddress: AssetAddress };

/** A stored width as a whole number of px a layout can stand, or null. */
export function imageWidth(value: unknown): number | null {
  const width = typeof value === "string" ? Number(value) : value;
  if (typeof width !== "number" || !Number.isFinite(width)) return null;
  const whole = Math.round(width);
  return whole >= 1 && whole <= MAX_IMAGE_WIDTH ? whole : null;
}

/** A stored ratio of width to height within what a picture can have, or null. */
export function imageRatio(value: unknown): number | null {
  const ratio = typeof value === "string" ? Number(value) : value;
  if (typeof ratio !== "number" || !Number.isFinite(ratio)) return null;
  return ratio >= 0.001 && ratio <= 1000 ? ratio : null;
}

export function imageAlignment(value: unknown): string | null {
  return typeof value === "string" && imageAlignments.includes(value) ? value : null;
}

/** Where an `<img>` that was pasted or imported comes from; null if it may not stand in a document. */
export function sourceOfElement(element: AttributeSource): string | null {
  const own = element.getAttribute("data-asset");
  if (assetIdOf(own) !== null) return own;
  const src = element.getAttribute("src");
  return isSafeImageSource(src) ? src : null;
}

interface InFigure extends AttributeSource {
  closest(selector: string): { querySelectorAll(selector: string): Iterable<AttributeSource> } | null;
}

/** Whether a picture has taken these words for its caption: as a paragraph they would stand there twice. */
function isCaption(element: InFigure): boolean {
  const pictures = element.closest("figure")?.querySelectorAll("img") ?? [];
  return [...pictures].some((picture) => sourceOfElement(picture) !== null);
}

/** A picture: a block of its own, with its bytes kept as an asset beside the document or on a server it names by https. */
export const Image = Node.create<AssetOptions>({
  name: "image",
  group: "block",
  atom: true,
  draggable: true,

  addOptions() {
    return { assetAddress: () => null };
  },

  addAttributes() {
    return {
      src: { default: null, parseHTML: sourceOfElement },
      alt: { default: null, parseHTML: (element) => element.getAttribute("alt") || null },
      caption: {
        default: null,
        parseHTML: (element) =>
          element.closest("figure")?.querySelector("figcaption")?.textContent.trim() ||
          element.getAttribute("title") ||
          null,
      },
      width: { default: null, parseHTML: (element) => imageWidth(element.getAttribute("width")) },
      align: { default: null, parseHTML: (element) => imageAlignment(element.getAttribute("data-align")) },
      ratio: { default: null, parseHTML: (element) => imageRatio(element.getAttribute("data-ratio")) },
    };
  },

  parseHTML() {
    const getAttrs = (element: AttributeSource) => (sourceOfElement(element) === null ? false : null);
    return [
      { tag: "img", getAttrs },
      { tag: "figcaption", ignore: true, getAttrs: (element) => (isCaption(element) ? null : false) },
    ];
  },

  renderHTML({ node }) {
    const { src, alt, caption } = node.attrs as Record<string, unknown>;
    const id = assetIdOf(src);
    const address = id === null ? (isSafeImageSource(src) ? src : null) : this.options.assetAddress(id);
    const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
    return [
      "img",
      mergeAttributes(
        Object.fromEntries(
          Object.entries({
            src: address ?? undefined,
            "data-asset": id === null ? undefined : `asset:${id}`,
            alt: text(alt) ?? "",
            title: text(caption),
            width: imageWidth(node.attrs.width) ?? undefined,
            "data-align": imageAlignment(node.attrs.align) ?? undefined,
            "data-ratio": imageRatio(node.attrs.ratio) ?? undefined,
          }).filter(([, value]) => value !== undefined),
        ),
      ),
    ];
  },
});
