import { Extension, Mark, mergeAttributes } from "@tiptap/core";
import { Highlight } from "@tiptap/extension-highlight";
import type { AttributeSource } from "./attributeSource.ts";

/**
 * The colours that text, marks and blocks may have, by name: a theme decides what each looks like, so that text coloured in
 * the light theme can be read in the dark one. Any CSS colour would let a writer hide text from readers of the other theme.
 */
export const colourNames: readonly string[] = [
  "gray",
  "brown",
  "orange",
  "yellow",
  "green",
  "blue",
  "purple",
  "pink",
  "red",
];

/** A stored colour, or null where it is none of ours. */
export function colourName(value: unknown): string | null {
  return typeof value === "string" && colourNames.includes(value) ? value : null;
}

const color = {
  default: null,
  parseHTML: (element: AttributeSource) => colourName(element.getAttribute("data-color")),
  renderHTML: (attributes: Record<string, unknown>) => {
    const name = colourName(attributes.color);
    return name === null ? {} : { "data-color": name };
  },
};

/** Coloured letters. */
export const TextColor = Mark.create({
  name: "textColor",
  addAttributes: () => ({ color }),
  parseHTML() {
    const getAttrs = (element: AttributeSource) =>
      colourName(element.getAttribute("data-color")) === null ? false : null;
    return [{ tag: "span[data-color]", getAttrs }];
  },
  renderHTML: ({ HTMLAttributes }) => ["span", mergeAttributes(HTMLAttributes), 0],
});

/** A marked passage; without a colour it is the theme's own yellow. */
export const ColouredHighlight = Highlight.extend({
  addAttributes: () => ({ color }),
});

/** Blocks that may stand on a coloured ground. */
const tinted = ["paragraph", "heading", "blockquote", "bulletList", "orderedList", "taskList"];

/** Blocks whose direction of writing may be chosen; without a choice it follows the text. */
const directed = ["paragraph", "heading", "blockquote", "listItem", "taskItem", "detailsSummary"];

/** A block's colour (`tint`) and direction of writing (`dir`). */
export const BlockLook = Extension.create({
  name: "blockLook",
  addGlobalAttributes() {
    return [
      {
        types: tinted,
        attributes: {
          tint: {
            default: null,
            parseHTML: (element) => colourName(element.getAttribute("data-tint")),
            renderHTML: (attributes) => {
              const name = colourName(attributes.tint);
              return name === null ? {} : { "data-tint": name };
            },
          },
        },
      },
      {
        types: directed,
        attributes: {
          dir: {
            default: null,
            parseHTML: (element) => {
              const dir = element.getAttribute("dir")?.toLowerCase();
              return dir === "ltr" || dir === "rtl" ? dir : null;
            },
            renderHTML: ({ dir }) => ({ dir: dir === "ltr" || dir === "rtl" ? dir : "auto" }),
          },
        },
      },
    ];
  },
});
