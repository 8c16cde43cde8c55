import type { Fragment, Node, Slice } from "@tiptap/pm/model";

function leafText(node: Node): string {
  if (node.type.name === "hardBreak") return "\n";
  if (node.type.name === "mention") return `@${node.attrs.label}`;
  return node.type.name === "inlineMath" ? `$${node.attrs.latex}$` : "";
}

/**
 * What was really selected: words of one line without all that the line stands in, and of a table's cell what is in it. Of
 * several blocks the list, the quote or the callout that they stand in says what they are.
 */
function selected(slice: Slice): Fragment {
  let { content, openStart, openEnd } = slice;
  let kept = content;
  while (content.childCount === 1 && openStart > 0 && openEnd > 0) {
    const only = content.child(0);
    content = only.content;
    openStart--;
    openEnd--;
    if (only.isTextblock) return content;
    if (/cell$/.test(only.type.spec.tableRole ?? "")) kept = content;
  }
  return kept;
}

/**
 * A selection as plain text: words of one paragraph as they are, more as Markdown, which keeps what the blocks are.
 *
 * @param toMarkdown null while it is not loaded
 */
export function copiedText(slice: Slice, toMarkdown: ((json: unknown) => string) | null): string {
  const content = selected(slice);
  if (content.firstChild?.isInline) return content.textBetween(0, content.size, "\n", leafText);
  // A copy cannot wait. In the moment before the writer is here, it is the words without their signs.
  if (toMarkdown === null) return content.textBetween(0, content.size, "\n\n", leafText);
  return toMarkdown({ type: "doc", content: content.toJSON() ?? [] }).replace(/\n$/, "");
}
