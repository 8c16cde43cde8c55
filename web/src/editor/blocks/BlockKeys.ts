import { Extension } from "@tiptap/core";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import { chooseBlock, chosenBlocks, deleteBlocks, duplicateBlocks, moveStep } from "./blockActions.ts";
import { openBlockMenu } from "./blockMenuState.ts";
import type { Direction } from "./moving.ts";

/** Blocks by keys alone. */
export const BlockKeys = Extension.create({
  name: "blockKeys",
  // Above the browser's and the list's own bindings, below those of the menus that are open.
  priority: 150,

  addKeyboardShortcuts() {
    const { editor } = this;
    const withBlocks = (act: (range: NonNullable<ReturnType<typeof chosenBlocks>>) => boolean) => () => {
      if (!editor.isEditable) return false;
      const range = chosenBlocks(editor);
      return range !== null && act(range);
    };
    const move = (direction: Direction) =>
      withBlocks((range) => {
        moveStep(editor, range, direction);
        return true;
      });
    const asBlock = () => {
      const { selection } = editor.state;
      return selection instanceof NodeSelection && selection.node.isBlock ? selection : null;
    };
    return {
      "Alt-ArrowUp": move(-1),
      "Alt-ArrowDown": move(1),
      "Mod-d": withBlocks((range) => duplicateBlocks(editor, range)),
      "Mod-/": withBlocks(() => {
        openBlockMenu();
        return true;
      }),
      Escape: () => editor.isEditable && chooseBlock(editor),
      // A block that is chosen as a whole: Enter goes back into its text, Delete takes it away with what holds only it.
      Enter: () => {
        const chosen = asBlock();
        if (chosen === null || chosen.node.isAtom || !editor.isEditable) return false;
        const end = TextSelection.near(editor.state.doc.resolve(chosen.to - 1), -1);
        editor.view.dispatch(editor.state.tr.setSelection(end));
        return true;
      },
      Delete: withBlocks((range) => asBlock() !== null && deleteBlocks(editor, range)),
      Backspace: withBlocks((range) => asBlock() !== null && deleteBlocks(editor, range)),
    };
  },
});
