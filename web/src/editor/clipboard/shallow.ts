import { Fragment, type Node, Slice } from "@tiptap/pm/model";

/** Nodes in nodes. A document is at most 100 deep, and what is pasted lands somewhere in it. */
const MAX_DEPTH = 60;

function depthOf(fragment: Fragment, depth: number): number {
  let deepest = depth;
  fragment.forEach((node) => {
    deepest = Math.max(deepest, depthOf(node.content, depth + 1));
  });
  return deepest;
}

/** The slice, or only its lines of text where it is nested deeper than any document. */
export function shallow(slice: Slice): Slice {
  if (depthOf(slice.content, 0) <= MAX_DEPTH) return slice;
  const lines: Node[] = [];
  slice.content.descendants((node) => {
    if (!node.isTextblock) return true;
    lines.push(node);
    return false;
  });
  return lines.length === 0 ? Slice.empty : Slice.maxOpen(Fragment.from(lines));
}

/** How many nodes a slice has. */
export function sizeOf(slice: Slice): number {
  let count = 0;
  slice.content.descendants(() => {
    count++;
    return true;
  });
  return count;
}
