import type { Fragment, Node, Slice } from "@tiptap/pm/model";
import { whenSettled } from "../../app/settled.ts";

let toMarkdown: ((json: unknown) => string) | null = null;
whenSettled(async () => {
  toMarkdown = (await import("./toMarkdown.ts")).jsonToMarkdown;
});

function leafText(node: Node): string {
  if (node.type.name === "hardBreak") return "\n";
  if (node.type.name === "mention") return `@${node.attrs.label}`;
  return node.type.name === "inlineMath" ? `$${node.attrs.latex}$` : "";
}

/** What was really selected: without the lists and quotes that it merely stands in. A table is never just its rows. */
function selected(slice: Slice): Fragment {
  let { content, openStart, openEnd } = slice;
  for (let only = content.firstChild; only !== null && content.childCount === 1; only = content.firstChild) {
    if (openStart === 0 || openEnd === 0 || only.type.spec.tableRole === "table" || only.isLeaf) break;
    content = only.content;
    openStart--;
    openEnd--;
  }
  return content;
}

/** A selection as plain text: words of one paragraph as they are, more as Markdown, which keeps what the blocks are. */
export function copiedText(slice: Slice): string {
  const content = selected(slice);
  if (content.firstChild?.isInline) return content.textBetween(0, content.size, "\n", leafText);
  // A copy cannot wait. In the moment before the writer is here, it is the words without their signs.
  if (toMarkdown === null) return content.textBetween(0, content.size, "\n\n", leafText);
  return toMarkdown({ type: "doc", content: content.toJSON() ?? [] }).replace(/\n$/, "");
}
