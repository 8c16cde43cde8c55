import type { Node, NodeType } from "@tiptap/pm/model";
import type { EditorState } from "@tiptap/pm/state";
import { type BlockId, blockIdAt, positionOf } from "../blocks/blockIds.ts";

/**
 * Where a file is to stand once it is there. Others' edits redraw the whole text, so that no position survives them: a
 * place is a neighbouring block by its id, and a position for the case that this one goes.
 */
export type UploadPlace = {
  readonly block: BlockId | null;
  readonly side: "before" | "after" | "instead";
  readonly pos: number;
};

/** The nearest position at or after `pos` where such a block can stand. */
export function gapFor(doc: Node, pos: number, type: NodeType): number {
  const $pos = doc.resolve(Math.min(pos, doc.content.size));
  if (!$pos.parent.inlineContent && $pos.parent.canReplaceWith($pos.index(), $pos.index(), type))
    return $pos.pos;
  for (let depth = $pos.depth; depth > 0; depth--) {
    const index = $pos.indexAfter(depth - 1);
    if ($pos.node(depth - 1).canReplaceWith(index, index, type)) return $pos.after(depth);
  }
  return doc.content.size;
}

/** @param gap between two blocks */
export function placeAt(state: EditorState, gap: number): UploadPlace {
  const { nodeBefore } = state.doc.resolve(gap);
  if (nodeBefore !== null) {
    const begins = gap - nodeBefore.nodeSize;
    const block = blockIdAt(state, begins);
    // an empty line is where it was asked for
    const isEmpty = nodeBefore.type.name === "paragraph" && nodeBefore.content.size === 0;
    return { block, side: isEmpty ? "instead" : "after", pos: gap };
  }
  return { block: blockIdAt(state, gap), side: "before", pos: gap };
}

/** Where that is now. */
export function gapOf(
  state: EditorState,
  { block, side, pos }: UploadPlace,
): { readonly from: number; readonly to: number } {
  const begins = block === null ? null : positionOf(state, block);
  const node = begins === null ? null : state.doc.nodeAt(begins);
  if (begins === null || node === null) {
    const at = Math.min(pos, state.doc.content.size);
    return { from: at, to: at };
  }
  const end = begins + node.nodeSize;
  if (side === "before") return { from: begins, to: begins };
  return { from: side === "instead" && node.content.size === 0 ? begins : end, to: end };
}
