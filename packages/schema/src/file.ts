import { Node } from "@tiptap/core";
import type { AttributeSource } from "./attributeSource.ts";
import type { AssetOptions } from "./image.ts";
import { assetIdOf } from "./imageSource.ts";

/** Longest name of a file that is shown and offered, in UTF-16 units. */
export const MAX_FILE_NAME = 255;

/** A stored size in bytes, or null where it is none. */
export function fileSize(value: unknown): number | null {
  const size = typeof value === "string" ? Number(value) : value;
  return typeof size === "number" && Number.isSafeInteger(size) && size >= 0 ? size : null;
}

/** A file's name on one line, or null where there is none. */
export function fileName(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const name = value.replace(/\p{Cc}+/gu, " ").trim();
  return name === "" ? null : name.slice(0, MAX_FILE_NAME);
}

/** A media type as servers write it, or null. */
export function fileMime(value: unknown): string | null {
  return typeof value === "string" && /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(value) ? value : null;
}

/** A file to download: a block of its own, its bytes kept as an asset beside the document. */
export const File = Node.create<AssetOptions>({
  name: "file",
  group: "block",
  atom: true,
  draggable: true,

  addOptions() {
    return { assetAddress: () => null };
  },

  addAttributes() {
    return {
      src: { default: null, parseHTML: (element) => element.getAttribute("data-asset") },
      name: { default: null, parseHTML: (element) => fileName(element.textContent) },
      size: { default: null, parseHTML: (element) => fileSize(element.getAttribute("data-size")) },
      mime: { default: null, parseHTML: (element) => fileMime(element.getAttribute("data-mime")) },
    };
  },

  parseHTML() {
    const getAttrs = (element: AttributeSource) =>
      assetIdOf(element.getAttribute("data-asset")) === null ? false : null;
    // Above the link's own rule, which would read it as a linked text.
    return [{ tag: 'a[data-type="file"]', priority: 60, getAttrs }];
  },

  renderHTML({ node }) {
    const id = assetIdOf(node.attrs.src);
    const address = id === null ? null : this.options.assetAddress(id);
    const size = fileSize(node.attrs.size);
    const mime = fileMime(node.attrs.mime);
    return [
      "a",
      {
        "data-type": "file",
        ...(id === null ? {} : { "data-asset": `asset:${id}` }),
        ...(address === null ? {} : { href: address, download: fileName(node.attrs.name) ?? "" }),
        ...(size === null ? {} : { "data-size": String(size) }),
        ...(mime === null ? {} : { "data-mime": mime }),
      },
      fileName(node.attrs.name) ?? "",
    ];
  },
});
