import { Extension, InputRule } from "@tiptap/core";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import { editMathAt } from "./mathEditing.ts";

/** Formulas are made of what is typed between dollar signs, and opened by Enter. */
export const MathRules = Extension.create({
  name: "mathRules",
  // Above the keys for whole blocks: Enter on a formula opens it.
  priority: 160,

  addInputRules() {
    const { editor } = this;
    return [
      new InputRule({
        // "$5 and $6" is money: no formula begins or ends with a space, and none is followed by a digit.
        find: /(?<![\\$\w])\$([^\s$](?:[^$]*[^\s$\\])?)\$$/,
        handler: ({ state, range, match }) => {
          const node = state.schema.nodes.inlineMath?.create({ latex: match[1] ?? "" });
          if (node === undefined) return;
          state.tr.replaceWith(range.from, range.to, node);
        },
      }),
      new InputRule({
        find: /^\$\$ $/,
        handler: ({ state, range }) => {
          const $from = state.doc.resolve(range.from);
          const node = state.schema.nodes.blockMath?.create();
          if (node === undefined || $from.parent.type.name !== "paragraph") return null;
          const [from, to] = [$from.before(), $from.after()];
          const index = $from.index(-1);
          if ($from.parent.content.size > range.to - range.from) return null;
          if (!$from.node(-1).canReplaceWith(index, index + 1, node.type)) return null;
          const paragraph = state.schema.nodes.paragraph?.create();
          const isLast = state.doc.resolve(to).nodeAfter === null && paragraph !== undefined;
          state.tr.replaceWith(from, to, isLast ? [node, paragraph] : node);
          state.tr.setSelection(TextSelection.near(state.tr.doc.resolve(from + 1)));
          queueMicrotask(() => editMathAt(editor, from));
          return undefined;
        },
      }),
    ];
  },

  addKeyboardShortcuts() {
    return {
      Enter: () => {
        const { selection } = this.editor.state;
        const isMath = selection instanceof NodeSelection && selection.node.attrs.latex !== undefined;
        return isMath && this.editor.isEditable && editMathAt(this.editor, selection.from);
      },
    };
  },
});
