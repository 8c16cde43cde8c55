import type { Editor } from "@tiptap/core";
import { Fragment, type Node } from "@tiptap/pm/model";
import { NodeSelection, TextSelection, type Transaction } from "@tiptap/pm/state";
import { announce } from "../../app/announce.ts";
import { copyText } from "../../app/copyText.ts";
import { toast } from "../../app/toast.ts";
import { blockHash, blockIdAt } from "./blockIds.ts";
import { type BlockRange, blockAt, blocksBetween, nodesIn, type Tables } from "./blockRange.ts";
import type { Kind } from "./kinds.ts";
import { setLook, setTextColour } from "./look.ts";
import { separateUndo, stepBlocks } from "./moveBlocks.ts";
import type { Direction } from "./moving.ts";
import { removalOf } from "./removal.ts";
import { blocksText } from "./text.ts";
import { turnInto } from "./turnInto.ts";

/** The blocks that a command means: those of the selection. */
export function chosenBlocks(editor: Editor, tables: Tables = "whole"): BlockRange | null {
  const { doc, selection } = editor.state;
  if (selection instanceof NodeSelection && !selection.node.isInline)
    return blockAt(doc, selection.from, tables);
  return blocksBetween(doc, selection.from, selection.to, tables);
}

/** One step of undo of its own. */
function apply(editor: Editor, change: (tr: Transaction) => boolean): boolean {
  const { tr } = editor.state;
  if (!change(tr)) return false;
  separateUndo(editor.view);
  editor.view.dispatch(tr);
  separateUndo(editor.view);
  return true;
}

export function turnBlocks(editor: Editor, range: BlockRange, kind: Kind): boolean {
  return apply(editor, (tr) => turnInto(tr, range, kind));
}

/** Takes away what was typed to ask for it, and turns the block it was typed in. */
export function turnTyped(editor: Editor, typed: BlockRange, kind: Kind): void {
  apply(editor, (tr) => {
    tr.delete(typed.from, typed.to);
    const range = blockAt(tr.doc, typed.from, "cells");
    return range !== null && turnInto(tr, range, kind);
  });
  editor.view.focus();
}

/**
 * Puts a block where the caret is: in the place of an empty line, else below the block.
 * @returns the position before it.
 */
export function putBlock(tr: Transaction, node: Node): number | null {
  const { $from } = tr.selection;
  const range = blockAt(tr.doc, $from.pos, "cells");
  if (range === null) return null;
  const isFree = $from.parent.type.name === "paragraph" && $from.parent.content.size === 0;
  const free = { from: $from.before(), to: $from.after() };
  const index = $from.index(-1);
  if (isFree && $from.node(-1).canReplaceWith(index, index + 1, node.type)) {
    tr.replaceWith(free.from, free.to, node);
    return free.from;
  }
  tr.insert(range.to, node);
  return range.to;
}

/** As `putBlock`, without what was typed to ask for it; `null` in `typed` where it was asked for otherwise. */
export function insertBlock(editor: Editor, typed: BlockRange | null, node: Node): number | null {
  let at: number | null = null;
  apply(editor, (tr) => {
    if (typed !== null) tr.delete(typed.from, typed.to);
    at = putBlock(tr, node);
    if (at === null) return false;
    const inside = tr.doc.resolve(at + 1);
    if (node.isAtom) {
      // Somewhere to go on writing: a block without text that ends the document would hold the caret in it.
      const after = at + node.nodeSize;
      if (tr.doc.resolve(after).nodeAfter === null) {
        const paragraph = tr.doc.type.schema.nodes.paragraph?.create();
        if (paragraph !== undefined) tr.insert(after, paragraph);
      }
      tr.setSelection(TextSelection.near(tr.doc.resolve(after)));
    } else tr.setSelection(TextSelection.near(inside));
    tr.scrollIntoView();
    return true;
  });
  editor.view.focus();
  return at;
}

export function moveStep(editor: Editor, range: BlockRange, direction: Direction): boolean {
  const moved = stepBlocks(editor.view, range, direction);
  announce(moved ? (direction === 1 ? blocksText.movedDown : blocksText.movedUp) : blocksText.cannotMove);
  return moved;
}

export function duplicateBlocks(editor: Editor, range: BlockRange): boolean {
  const { schema } = editor.state;
  const { selection } = editor.state;
  // Built anew: the binding knows nodes by identity, and the copy is to be another block.
  const copies = nodesIn(editor.state.doc, range).map((node) => schema.nodeFromJSON(node.toJSON()));
  const by = range.to - range.from;
  return apply(editor, (tr) => {
    tr.insert(range.to, Fragment.from(copies));
    if (selection instanceof TextSelection && selection.from > range.from && selection.to < range.to)
      tr.setSelection(TextSelection.create(tr.doc, selection.anchor + by, selection.head + by));
    tr.scrollIntoView();
    return true;
  });
}

export function deleteBlocks(editor: Editor, range: BlockRange): boolean {
  return apply(editor, (tr) => {
    const { from, to, left } = removalOf(tr.doc, range);
    tr.replaceWith(from, to, left);
    const at = Math.min(from + (left.size > 0 ? 1 : 0), tr.doc.content.size);
    tr.setSelection(TextSelection.near(tr.doc.resolve(at))).scrollIntoView();
    return true;
  });
}

export const tintBlocks = (editor: Editor, range: BlockRange, tint: string | null): boolean =>
  apply(editor, (tr) => setLook(tr, range, "tint", tint));

export const colourBlocks = (editor: Editor, range: BlockRange, color: string | null): boolean =>
  apply(editor, (tr) => setTextColour(tr, range, color));

export const directBlocks = (editor: Editor, range: BlockRange, dir: "ltr" | "rtl" | null): boolean =>
  apply(editor, (tr) => setLook(tr, range, "dir", dir));

export async function copyBlockLink(editor: Editor, range: BlockRange): Promise<void> {
  const id = blockIdAt(editor.state, range.from);
  const url = new URL(window.location.href);
  url.hash = id === null ? "" : blockHash(id);
  if (id !== null && (await copyText(url.toString()))) toast.success(blocksText.linkCopied);
  else toast.error(blocksText.linkNotCopied);
}

/** An empty paragraph beside a block, or the block itself where it is one, with the caret in it. */
export function addBlock(editor: Editor, range: BlockRange, above: boolean): void {
  const node = editor.state.doc.nodeAt(range.from);
  const isFree = node?.type.name === "paragraph" && node.content.size === 0;
  apply(editor, (tr) => {
    let at = range.from;
    if (!isFree) {
      const $from = tr.doc.resolve(range.from);
      const { nodes } = tr.doc.type.schema;
      const paragraph = nodes.paragraph?.create();
      const item = $from.parent.type.name === "taskList" ? nodes.taskItem : nodes.listItem;
      const inList = node !== null && ["listItem", "taskItem"].includes(node.type.name);
      if (paragraph === undefined || item === undefined) return false;
      at = above ? range.from : range.to;
      tr.insert(at, inList ? item.create(null, paragraph) : paragraph);
    }
    tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView();
    return true;
  });
  editor.view.focus();
}

/** Chooses the block around the caret as a whole. */
export function chooseBlock(editor: Editor): boolean {
  const { state, view } = editor;
  if (state.selection instanceof NodeSelection) return false;
  const range = blockAt(state.doc, state.selection.from);
  const node = range === null ? null : state.doc.nodeAt(range.from);
  if (range === null || node === null || !NodeSelection.isSelectable(node)) return false;
  view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, range.from)));
  announce(blocksText.chosen);
  return true;
}
