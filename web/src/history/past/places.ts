import type { Node, ResolvedPos } from "@tiptap/pm/model";
import type { PastPlace } from "../keeping/restoring.ts";
import type { NodeJSON } from "./answers.ts";

/** The ids of the top-level blocks from `first` to `last`; null when the answer does not have them. */
export function blockIds(content: NodeJSON, first: number, last: number): readonly string[] | null {
  const ids = (content.content ?? []).slice(first, last + 1).map(({ id }) => id);
  return ids.length === last - first + 1 && ids.every((id) => id !== undefined) ? ids : null;
}

/** A position in the shown document as the server knows it: the id of its text block, and how far into it. */
export function placeOf($pos: ResolvedPos, content: NodeJSON): PastPlace | null {
  let node: NodeJSON | undefined = content;
  for (let depth = 0; depth < $pos.depth; depth++) node = node?.content?.[$pos.index(depth)];
  return node?.id === undefined || !$pos.parent.isTextblock
    ? null
    : { block: node.id, offset: $pos.parentOffset };
}

/** What a screen reader is told of a block. */
export function excerptOf(node: Node): string {
  return node.textContent.slice(0, 60);
}
