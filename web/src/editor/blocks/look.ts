import type { Node } from "@tiptap/pm/model";
import type { Transaction } from "@tiptap/pm/state";
import type { BlockRange } from "./blockRange.ts";

type Look = "tint" | "dir";

const takes = (node: Node, look: Look): boolean => node.type.spec.attrs?.[look] !== undefined;

/** Sets a block's ground or direction: on the outermost that has one, for a direction on all that is written in it. */
export function setLook(
  tr: Transaction,
  { from, to }: BlockRange,
  look: Look,
  value: string | null,
): boolean {
  const before = tr.steps.length;
  tr.doc.nodesBetween(from, to, (node, pos) => {
    if (pos < from || node.isInline) return pos < from;
    if (!takes(node, look)) return true;
    if ((node.attrs[look] ?? null) !== value) tr.setNodeAttribute(pos, look, value);
    return look === "dir";
  });
  return tr.steps.length > before;
}

/** What all of the blocks have in common. */
export function lookOf(doc: Node, { from, to }: BlockRange, look: Look): string | null {
  let found: string | null | undefined;
  doc.nodesBetween(from, to, (node, pos) => {
    if (pos < from || node.isInline) return pos < from;
    if (!takes(node, look)) return true;
    const value: unknown = node.attrs[look];
    if (found === undefined) found = typeof value === "string" ? value : null;
    return false;
  });
  return found ?? null;
}

export function canBeTinted(doc: Node, { from, to }: BlockRange): boolean {
  let found = false;
  doc.nodesBetween(from, to, (node, pos) => {
    if (pos >= from && takes(node, "tint")) found = true;
    return !found;
  });
  return found;
}

/** Colours the letters of blocks; null takes the colour away. */
export function setTextColour(tr: Transaction, { from, to }: BlockRange, color: string | null): boolean {
  const type = tr.doc.type.schema.marks.textColor;
  if (type === undefined) return false;
  if (color === null) tr.removeMark(from, to, type);
  else tr.addMark(from, to, type.create({ color }));
  return true;
}
