import { Fragment, type Node } from "@tiptap/pm/model";
import { type BlockRange, isContainer, isItem, isList, nodesIn } from "./blockRange.ts";
import { removalOf } from "./removal.ts";

/** Blocks taken out in one place and put in at another; `at` counts in the document without them. */
export type Move = {
  readonly cut: BlockRange & { readonly left: Fragment };
  readonly at: number;
  readonly nodes: Fragment;
  /** How much further in than `at` the content of the first block now begins, compared with `cut.from`. */
  readonly shift: number;
};

export type Direction = 1 | -1;

type Adapted = { readonly nodes: readonly Node[]; readonly shift: number };

function itemsOf(nodes: readonly Node[], list: Node): Adapted | null {
  const name = list.type.name === "taskList" ? "taskItem" : "listItem";
  const type = list.type.schema.nodes[name];
  if (type === undefined) return null;
  let shift = 0;
  const adapted: Node[] = [];
  for (const [index, node] of nodes.entries()) {
    if (node.type === type) adapted.push(node);
    else if (isItem(node)) adapted.push(type.create({ dir: node.attrs.dir }, node.content));
    else if (isList(node)) return null;
    else if (node.type.name === "paragraph") {
      adapted.push(type.create(null, node));
      if (index === 0) shift = 1;
    } else return null;
  }
  return { nodes: adapted, shift };
}

/** Blocks as another parent takes them: items get a list around them, paragraphs become items; null where they cannot go. */
function adapted(nodes: readonly Node[], source: Node, target: Node): Adapted | null {
  if (isList(target)) return itemsOf(nodes, target);
  if (!isContainer(target) && !isItem(target)) return null;
  if (!nodes.some(isItem)) return { nodes, shift: 0 };
  if (!isList(source)) return null;
  return { nodes: [source.type.create(source.attrs, Fragment.from([...nodes]))], shift: 1 };
}

/** How to bring blocks to a gap between others; null where they cannot stand, or stand already. */
export function planMove(doc: Node, range: BlockRange, gap: number): Move | null {
  if (gap >= range.from && gap <= range.to) return null;
  const $gap = doc.resolve(gap);
  const $from = doc.resolve(range.from);
  const fitting = adapted(nodesIn(doc, range), $from.parent, $gap.parent);
  if (fitting === null) return null;
  const nodes = Fragment.from([...fitting.nodes]);
  const index = $gap.index();
  if (isItem($gap.parent) && index === 0) return null;
  if (!$gap.parent.canReplace(index, index, nodes)) return null;
  const cut = removalOf(doc, range);
  // What goes with the last of its blocks takes the gap with it that lies in it.
  if (gap > cut.from && gap < cut.to) return null;
  const at = gap <= cut.from ? gap : gap - (cut.to - cut.from) + cut.left.size;
  return { cut, at, nodes, shift: fitting.shift };
}

type Way = {
  readonly direction: Direction;
  /** Items go from list to list; other blocks go past one. */
  readonly asItems: boolean;
  readonly isOpen: (pos: number) => boolean;
};

function into(container: Node, before: number, { direction, asItems, isOpen }: Way): number | null {
  if (container.type.name === "details") {
    const summary = container.firstChild;
    const content = container.lastChild;
    if (summary === null || content === null || !isOpen(before)) return null;
    const start = before + 1 + summary.nodeSize + 1;
    return direction === 1 ? start : start + content.content.size;
  }
  const takes = ["blockquote", "callout"].includes(container.type.name) || (asItems && isList(container));
  if (!takes) return null;
  return direction === 1 ? before + 1 : before + container.nodeSize - 1;
}

/** The gaps that a step leads to, the nearest first: into a neighbour, past it, out of the parent. */
function gaps(doc: Node, range: BlockRange, way: Way): number[] {
  const { direction } = way;
  const edge = direction === 1 ? doc.resolve(range.to) : doc.resolve(range.from);
  const neighbour = direction === 1 ? edge.nodeAfter : edge.nodeBefore;
  if (neighbour !== null && neighbour.type.name !== "detailsSummary") {
    const before = direction === 1 ? edge.pos : edge.pos - neighbour.nodeSize;
    const inside = isItem(neighbour) ? null : into(neighbour, before, way);
    const past = edge.pos + direction * neighbour.nodeSize;
    return inside === null ? [past] : [inside, past];
  }
  const { parent, depth } = edge;
  if (depth === 0) return [];
  const outer = parent.type.name === "detailsContent" ? depth - 1 : depth;
  const container = { from: edge.before(outer), to: edge.after(outer) };
  const outside = direction === 1 ? container.to : container.from;
  if (!isList(parent)) return [outside, ...gaps(doc, container, way)];
  const item = edge.node(depth - 1);
  if (isItem(item)) return [direction === 1 ? edge.after(depth - 1) : edge.before(depth - 1)];
  return gaps(doc, container, way);
}

/** One step up or down, through callouts, quotes and toggles that are open, and from list to list. */
export function planStep(
  doc: Node,
  range: BlockRange,
  direction: Direction,
  isOpen: (pos: number) => boolean,
): { readonly gap: number; readonly move: Move } | null {
  const asItems = nodesIn(doc, range).every(isItem);
  for (const gap of gaps(doc, range, { direction, asItems, isOpen })) {
    const move = planMove(doc, range, gap);
    if (move !== null) return { gap, move };
  }
  return null;
}

/**
 * Moves the blocks in between to the other side instead, which comes to the same. What is put in anew is another piece of
 * text for those who write in it at that moment, and their keys are lost; what stays in its place keeps them.
 */
export function planDetour(doc: Node, range: BlockRange, gap: number): Move | null {
  const [$from, $gap] = [doc.resolve(range.from), doc.resolve(gap)];
  if ($from.parent !== $gap.parent || $from.start() !== $gap.start()) return null;
  const between = gap > range.to ? { from: range.to, to: gap } : { from: gap, to: range.from };
  return planMove(doc, between, gap > range.to ? range.from : range.to);
}

/** Where the content of what moved begins; what `cut.from` was before. */
export const movedTo = ({ at, shift }: Move): number => at + shift;
