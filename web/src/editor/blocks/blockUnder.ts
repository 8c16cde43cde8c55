import type { Node } from "@tiptap/pm/model";
import type { EditorView } from "@tiptap/pm/view";
import { isToggleOpen } from "../toggles/openToggles.ts";
import { type BlockRange, blockAt, isContainer, isItem, isList } from "./blockRange.ts";

export function elementAt(view: EditorView, pos: number): HTMLElement | null {
  const dom = view.nodeDOM(pos);
  return dom instanceof HTMLElement ? dom : null;
}

/** The child of the text that lies at a height, or the one above the gap there. Blocks stand below each other. */
function childAt(parent: HTMLElement, y: number): Element | null {
  const { children } = parent;
  let [low, high] = [0, children.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((children[middle]?.getBoundingClientRect().top ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return children[low] ?? null;
}

const hasBlocks = (node: Node): boolean =>
  isContainer(node) || isList(node) || isItem(node) || node.type.name === "details";

/** The position before the innermost block of `node` that lies at a height. */
function innermost(view: EditorView, node: Node, before: number, y: number): number {
  if (!hasBlocks(node)) return before;
  let found: { readonly node: Node; readonly pos: number } | null = null;
  node.forEach((child, offset) => {
    const pos = before + 1 + offset;
    const top = elementAt(view, pos)?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY;
    if (top <= y) found = { node: child, pos };
  });
  const inner = found as { readonly node: Node; readonly pos: number } | null;
  if (inner === null || inner.node.type.name === "detailsSummary") return before;
  if (inner.node.type.name === "detailsContent" && !isToggleOpen(view, before)) return before;
  return innermost(view, inner.node, inner.pos, y);
}

/** The innermost block at a height of the window. */
export function blockUnder(view: EditorView, y: number): BlockRange | null {
  const { doc } = view.state;
  const child = childAt(view.dom, y);
  if (child === null) return null;
  const inside = view.posAtDOM(child, 0);
  const $inside = doc.resolve(Math.min(inside, doc.content.size));
  const before = $inside.depth === 0 ? $inside.pos : $inside.before(1);
  const node = doc.nodeAt(before);
  if (node === null) return null;
  const pos = innermost(view, node, before, y);
  const found = doc.nodeAt(pos);
  if (found === null) return null;
  return blockAt(doc, found.isTextblock || hasBlocks(found) ? pos + 1 : pos) ?? null;
}

/** The middle of a block's first line, in the window. */
export function firstLine(view: EditorView, { from }: BlockRange): number | null {
  const node = view.state.doc.nodeAt(from);
  const element = elementAt(view, from);
  if (node === null || element === null) return null;
  const { top, height } = element.getBoundingClientRect();
  if (node.isAtom || ["table", "codeBlock"].includes(node.type.name)) return top + Math.min(height / 2, 18);
  let text: number | null = node.isTextblock ? from + 1 : null;
  node.descendants((child, pos) => {
    if (text === null && child.isTextblock) text = from + 1 + pos + 1;
    return text === null;
  });
  if (text === null) return top + 12;
  const line = view.coordsAtPos(text, 1);
  return (line.top + line.bottom) / 2;
}
