import { Extension } from "@tiptap/core";
import { NodeSelection } from "@tiptap/pm/state";
import { isInTable } from "@tiptap/pm/tables";
import { type TableAction, tableAction } from "./tableActions.ts";

/** In a table the keys that move blocks move rows and columns; the whole table moves once it is chosen. */
export const TableKeys = Extension.create({
  name: "tableKeys",
  priority: 165,

  addKeyboardShortcuts() {
    const { editor } = this;
    const move = (action: TableAction) => () => {
      const { selection } = editor.state;
      if (!isInTable(editor.state) || selection instanceof NodeSelection) return false;
      tableAction(editor, action);
      // At the edge nothing happens: the table itself must not jump.
      return true;
    };
    return {
      "Alt-ArrowUp": move("rowUp"),
      "Alt-ArrowDown": move("rowDown"),
      "Alt-Shift-ArrowLeft": move("columnBack"),
      "Alt-Shift-ArrowRight": move("columnOn"),
    };
  },
});
