import type { Node } from "@tiptap/pm/model";

/** The text of one block, with the position of its first character. A leaf inside counts as one character, as it does in positions. */
export type TextBlock = { readonly start: number; readonly text: string };

const leafSign = "\uFFFC";

/** Kept per node: nodes do not change, and a keystroke replaces one of thousands. */
const known = new WeakMap<Node, string>();

function textOf(node: Node): string {
  const cached = known.get(node);
  if (cached !== undefined) return cached;
  const text = node.textBetween(0, node.content.size, "", (leaf) =>
    leaf.type.name === "hardBreak" ? "\n" : leafSign,
  );
  known.set(node, text);
  return text;
}

export function textBlocks(doc: Node): readonly TextBlock[] {
  const blocks: TextBlock[] = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    if (node.content.size > 0) blocks.push({ start: position + 1, text: textOf(node) });
    return false;
  });
  return blocks;
}
