import { Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import type { BlockRange } from "./blockRange.ts";

type Marked = { readonly range: BlockRange; readonly className: string };

const key = new PluginKey<DecorationSet>("blockMarks");

/** Shows which blocks a menu, a drag or a link means; null shows none. */
export function markBlocks(view: EditorView, marked: Marked | null): void {
  if (view.isDestroyed || (marked === null && key.getState(view.state) === DecorationSet.empty)) return;
  view.dispatch(view.state.tr.setMeta(key, { marked }).setMeta("addToHistory", false));
}

export const BlockMarks = Extension.create({
  name: "blockMarks",

  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: () => DecorationSet.empty,
          apply: (tr, last) => {
            const asked = tr.getMeta(key) as { readonly marked: Marked | null } | undefined;
            if (asked === undefined)
              return last === DecorationSet.empty ? last : last.map(tr.mapping, tr.doc);
            if (asked.marked === null) return DecorationSet.empty;
            const { range, className } = asked.marked;
            const decorations: Decoration[] = [];
            const $from = tr.doc.resolve(range.from);
            let pos = range.from;
            for (let index = $from.index(); pos < range.to && index < $from.parent.childCount; index++) {
              const end = pos + $from.parent.child(index).nodeSize;
              decorations.push(Decoration.node(pos, end, { class: className }));
              pos = end;
            }
            return DecorationSet.create(tr.doc, decorations);
          },
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ];
  },
});
