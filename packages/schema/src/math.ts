import { Node } from "@tiptap/core";
import type { AttributeSource } from "./attributeSource.ts";

/** Longest formula in UTF-16 units; longer ones are shown as their source. */
export const MAX_LATEX = 4096;

const latex = {
  default: "",
  parseHTML: (element: AttributeSource) => element.getAttribute("data-latex") ?? "",
};

function source(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A formula in a line of text, as LaTeX. */
export const InlineMath = Node.create({
  name: "inlineMath",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ latex }),
  parseHTML: () => [{ tag: 'span[data-type="inline-math"]' }],
  // The text inside is for readers without our styles; it is never read back, an atom has no content.
  renderHTML: ({ node }) => [
    "span",
    { "data-type": "inline-math", "data-latex": source(node.attrs.latex) },
    source(node.attrs.latex),
  ],
  renderText: ({ node }) => `$${source(node.attrs.latex)}$`,
});

/** A formula that stands alone, as LaTeX. */
export const BlockMath = Node.create({
  name: "blockMath",
  group: "block",
  atom: true,
  addAttributes: () => ({ latex }),
  parseHTML: () => [{ tag: 'div[data-type="block-math"]' }],
  renderHTML: ({ node }) => [
    "div",
    { "data-type": "block-math", "data-latex": source(node.attrs.latex) },
    source(node.attrs.latex),
  ],
  renderText: ({ node }) => `$$\n${source(node.attrs.latex)}\n$$`,
});
