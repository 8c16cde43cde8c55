import type { EditorView } from "@tiptap/pm/view";
import { type BlockRange, blockAt } from "./blockRange.ts";
import { blockUnder, elementAt } from "./blockUnder.ts";
import { planMove } from "./moving.ts";

export type Drop = {
  readonly gap: number;
  readonly top: number;
  readonly left: number;
  readonly width: number;
};

/** So near to a container's edge the pointer means a place beside it. */
const edge = 7;

function chain(view: EditorView, inner: BlockRange): BlockRange[] {
  const blocks = [inner];
  for (;;) {
    const last = blocks.at(-1) as BlockRange;
    const $from = view.state.doc.resolve(last.from);
    if ($from.depth === 0) return blocks;
    const outer = blockAt(view.state.doc, $from.before());
    const next = { from: $from.before(), to: $from.after() };
    blocks.push(outer !== null && outer.from < next.from && outer.to > next.to ? outer : next);
  }
}

/** Where blocks that are let go at a height would come to stand; null where they cannot. */
export function dropAt(view: EditorView, dragged: BlockRange, y: number): Drop | null {
  const inner = blockUnder(view, y);
  if (inner === null) return null;
  const blocks = chain(view, inner);
  const candidates: { gap: number; block: BlockRange; below: boolean }[] = [];
  for (const block of blocks) {
    const rect = elementAt(view, block.from)?.getBoundingClientRect();
    if (rect === undefined) continue;
    const below = y > (rect.top + rect.bottom) / 2;
    const near = y < rect.top + edge || y > rect.bottom - edge;
    const candidate = { gap: below ? block.to : block.from, block, below };
    if (near && block !== inner) candidates.unshift(candidate);
    else candidates.push(candidate);
  }
  for (const { gap, block, below } of candidates) {
    if (gap >= dragged.from && gap <= dragged.to) return null;
    if (planMove(view.state.doc, dragged, gap) === null) continue;
    const rect = elementAt(view, block.from)?.getBoundingClientRect();
    if (rect === undefined) return null;
    return { gap, top: below ? rect.bottom + 2 : rect.top - 4, left: rect.left, width: rect.width };
  }
  return null;
}
