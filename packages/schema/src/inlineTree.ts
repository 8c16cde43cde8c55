import type { JSONMark, JSONNode } from "./documentJSON.ts";
import { inlineAtoms } from "./inlineTypes.ts";
import { joinTexts, markRank, sameMark } from "./markSet.ts";

/** A run of text as nested spans, the form HTML and Markdown are written in. */
export type Inline =
  | { readonly kind: "leaf"; readonly node: JSONNode }
  | { readonly kind: "span"; readonly mark: JSONMark; readonly children: readonly Inline[] };

interface Leaf {
  readonly node: JSONNode;
  readonly marks: readonly JSONMark[];
}

function runLength(leaves: readonly Leaf[], from: number, mark: JSONMark): number {
  let end = from;
  while (leaves[end]?.marks.some((other) => sameMark(other, mark))) end += 1;
  return end - from;
}

function nest(leaves: readonly Leaf[]): Inline[] {
  const spans: Inline[] = [];
  for (let at = 0; at < leaves.length; ) {
    const leaf = leaves[at] as Leaf;
    // The mark that lasts longest goes outside, so that no mark is closed and opened again without need.
    let longest = { mark: leaf.marks[0], length: 0 };
    for (const mark of leaf.marks) {
      const length = runLength(leaves, at, mark);
      if (length > longest.length) longest = { mark, length };
    }
    const { mark, length } = longest;
    if (mark === undefined) {
      spans.push({ kind: "leaf", node: leaf.node });
      at += 1;
      continue;
    }
    const inside = leaves.slice(at, at + length).map(({ node, marks }) => ({
      node,
      marks: marks.filter((other) => other.type !== mark.type),
    }));
    spans.push({ kind: "span", mark, children: nest(inside) });
    at += length;
  }
  return spans;
}

/** The marks of the texts before and after each place, atoms that have none of their own passed over. */
function around(nodes: readonly JSONNode[]): (at: number) => readonly JSONMark[] {
  const before: (readonly JSONMark[])[] = [];
  let last: readonly JSONMark[] = [];
  for (const node of nodes) {
    before.push(last);
    if (!inlineAtoms.has(node.type)) last = node.marks ?? [];
  }
  const after: (readonly JSONMark[])[] = [];
  last = [];
  for (const node of nodes.toReversed()) {
    after.push(last);
    if (!inlineAtoms.has(node.type)) last = node.marks ?? [];
  }
  after.reverse();
  return (at) => (before[at] ?? []).filter((mark) => after[at]?.some((other) => sameMark(mark, other)));
}

/**
 * Nests the marks of inline nodes.
 *
 * @param keeps which marks may be written; the others are dropped and the texts they kept apart are joined.
 * @param spans which of those become spans; the others stay in the leaves' `marks`.
 */
export function inlineTree(
  nodes: readonly JSONNode[],
  keeps: (mark: JSONMark, node: JSONNode) => boolean,
  spans: (mark: JSONMark) => boolean,
): Inline[] {
  const marksAround = around(nodes);
  const kept = nodes.map((node, index): JSONNode => {
    const { marks: own, ...bare } = node;
    // An atom has no marks of its own (the Yjs binding stores none), but one inside bold text need not end the bold.
    const marks = inlineAtoms.has(node.type) ? marksAround(index) : (own ?? []);
    const left = marks
      .filter((mark) => keeps(mark, node))
      .sort((a, b) => markRank(a.type) - markRank(b.type));
    return left.length > 0 ? { ...bare, marks: left } : bare;
  });
  return nest(joinTexts(kept).map((node) => ({ node, marks: (node.marks ?? []).filter(spans) })));
}
