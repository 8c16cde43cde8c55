import type { Node } from "@tiptap/pm/model";
import { NodeSelection, type Selection, TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { yCursorPluginKey, yUndoPluginKey } from "@tiptap/y-tiptap";
import { isToggleOpen } from "../toggles/openToggles.ts";
import { type BlockRange, nodesIn } from "./blockRange.ts";
import { type Direction, type Move, movedTo, planDetour, planMove, planStep } from "./moving.ts";

const mostOnDetour = 40;

/** Whether another person's caret stands in there. */
export function isOccupied(view: EditorView, { from, to }: BlockRange): boolean {
  const carets = yCursorPluginKey.getState(view.state) as
    | { find(from: number, to: number): readonly unknown[] }
    | undefined;
  return (carets?.find(from + 1, to - 1).length ?? 0) > 0;
}

/** What follows is one step of undo, not part of what was typed before it. */
export function separateUndo(view: EditorView): void {
  const undo = yUndoPluginKey.getState(view.state) as { undoManager: { stopCapturing(): void } } | undefined;
  undo?.undoManager.stopCapturing();
}

function shifted(doc: Node, selection: Selection, by: number): Selection {
  const within = (pos: number) => Math.min(Math.max(pos + by, 0), doc.content.size);
  if (selection instanceof NodeSelection) return NodeSelection.create(doc, within(selection.from));
  return TextSelection.between(doc.resolve(within(selection.anchor)), doc.resolve(within(selection.head)));
}

/**
 * In two transactions: what one transaction takes out here and puts in there, the binding would take for blocks that each
 * turned into the next, and write all of their texts anew.
 */
function carryOut(view: EditorView, { cut, at, nodes }: Move): void {
  const all = cut.from === 0 && cut.to === view.state.doc.content.size;
  if (all) view.dispatch(view.state.tr.replaceWith(cut.from, cut.to, nodes));
  else {
    view.dispatch(view.state.tr.replaceWith(cut.from, cut.to, cut.left));
    view.dispatch(view.state.tr.insert(at, nodes));
  }
}

/** Brings blocks to a gap and takes the selection along. False where they cannot go. */
export function moveBlocks(view: EditorView, range: BlockRange, gap: number): boolean {
  const { doc, selection } = view.state;
  const move = planMove(doc, range, gap);
  if (move === null) return false;
  separateUndo(view);
  const detour = isOccupied(view, range) ? planDetour(doc, range, gap) : null;
  const passed = gap > range.to ? { from: range.to, to: gap } : { from: gap, to: range.from };
  if (detour !== null && !isOccupied(view, passed) && nodesIn(doc, passed).length <= mostOnDetour) {
    carryOut(view, detour);
    view.dispatch(view.state.tr.scrollIntoView());
  } else {
    carryOut(view, move);
    const by = movedTo(move) - range.from;
    const inside = selection.from >= range.from && selection.to <= range.to;
    const tr = view.state.tr;
    if (inside) tr.setSelection(shifted(tr.doc, selection, by));
    else tr.setSelection(TextSelection.near(tr.doc.resolve(movedTo(move) + 1)));
    view.dispatch(tr.scrollIntoView());
  }
  separateUndo(view);
  return true;
}

export function stepBlocks(view: EditorView, range: BlockRange, direction: Direction): boolean {
  const step = planStep(view.state.doc, range, direction, (pos) => isToggleOpen(view, pos));
  return step !== null && moveBlocks(view, range, step.gap);
}
