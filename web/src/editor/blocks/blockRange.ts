import type { Node, ResolvedPos } from "@tiptap/pm/model";

/** Neighbouring blocks of one parent: from before the first to behind the last of them. */
export type BlockRange = { readonly from: number; readonly to: number };

const lists: ReadonlySet<string> = new Set(["bulletList", "orderedList", "taskList"]);
const items: ReadonlySet<string> = new Set(["listItem", "taskItem"]);
const containers: ReadonlySet<string> = new Set(["doc", "blockquote", "callout", "detailsContent"]);

export const isList = ({ type }: Node): boolean => lists.has(type.name);
export const isItem = ({ type }: Node): boolean => items.has(type.name);
/** Takes blocks of any kind. */
export const isContainer = ({ type }: Node): boolean => containers.has(type.name);

/** Whether a table is one block, or what stands in its cells counts: for what turns into something else, it does. */
export type Tables = "whole" | "cells";

const isCell = ({ type }: Node): boolean => type.name === "tableCell" || type.name === "tableHeader";

/** What people see as one block: an item and not its list, a table and not what stands in its cells. */
function isBlock(parent: Node, node: Node, index: number): boolean {
  if (isItem(node)) return true;
  if (isList(node)) return false;
  return isContainer(parent) || isCell(parent) || (isItem(parent) && index > 0);
}

function depthOfBlock($pos: ResolvedPos, tables: Tables): number {
  let found = 0;
  for (let depth = 1; depth <= $pos.depth; depth++) {
    const node = $pos.node(depth);
    if (isBlock($pos.node(depth - 1), node, $pos.index(depth - 1))) found = depth;
    if (node.type.name === "table" && tables === "whole") break;
  }
  return found;
}

/** The innermost block around a position, or the one that begins there; null in an empty document. */
export function blockAt(doc: Node, pos: number, tables: Tables = "whole"): BlockRange | null {
  const $pos = doc.resolve(pos);
  const next = $pos.nodeAfter;
  const outside = $pos.parent.inlineContent || next === null;
  if (!outside && isBlock($pos.parent, next, $pos.index())) return { from: pos, to: pos + next.nodeSize };
  const depth = depthOfBlock($pos, tables);
  if (depth > 0) return { from: $pos.before(depth), to: $pos.after(depth) };
  const node = next ?? $pos.nodeBefore;
  if (node === null) return null;
  return next === null ? { from: pos - node.nodeSize, to: pos } : { from: pos, to: pos + node.nodeSize };
}

/** A block that begins with another one's first line stands for it: the callout, not the first paragraph in it. */
export function leadingBlock(doc: Node, range: BlockRange): BlockRange {
  const $from = doc.resolve(range.from);
  const begins = $from.index() === 0 && ["blockquote", "callout"].includes($from.parent.type.name);
  return begins ? leadingBlock(doc, { from: $from.before(), to: $from.after() }) : range;
}

/** The blocks that a selection touches, all of one parent. */
export function blocksBetween(
  doc: Node,
  from: number,
  to: number,
  tables: Tables = "whole",
): BlockRange | null {
  const [first, last] = [blockAt(doc, from, tables), blockAt(doc, Math.max(from, to), tables)];
  if (first === null || last === null) return null;
  const [$first, $last] = [doc.resolve(first.from), doc.resolve(last.from)];
  if ($first.parent === $last.parent && $first.start() === $last.start())
    return { from: first.from, to: Math.max(first.to, last.to) };
  let depth = $first.sharedDepth(last.from);
  // Cells and rows do not move as blocks; lists do, as a whole, when other blocks are chosen with them.
  while (depth > 0 && !isContainer($first.node(depth)) && !isList($first.node(depth))) depth--;
  const start = depth === $first.depth ? first.from : $first.before(depth + 1);
  const end = depth === $last.depth ? last.to : $last.after(depth + 1);
  return { from: start, to: end };
}

export function nodesIn(doc: Node, { from, to }: BlockRange): readonly Node[] {
  const $from = doc.resolve(from);
  const nodes: Node[] = [];
  for (let pos = from, index = $from.index(); pos < to; index++) {
    const node = $from.parent.child(index);
    nodes.push(node);
    pos += node.nodeSize;
  }
  return nodes;
}
