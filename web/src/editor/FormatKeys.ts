import { Extension } from "@tiptap/core";
import { chosenBlocks, turnBlocks } from "./blocks/blockActions.ts";
import { setMarkColour } from "./colours/setMarkColour.ts";
import { clearFormatting, toggleMark } from "./marks.ts";

/** Keys that the marks and blocks do not bring themselves. */
export const FormatKeys = Extension.create({
  name: "formatKeys",

  addKeyboardShortcuts() {
    const { editor } = this;
    return {
      "Mod-.": () => toggleMark(editor, "superscript"),
      "Mod-,": () => toggleMark(editor, "subscript"),
      "Mod-\\": () => clearFormatting(editor),
      "Mod-Shift-h": () => {
        if (editor.isActive("highlight")) setMarkColour(editor, "highlight", null);
        else setMarkColour(editor, "highlight", "yellow");
        return true;
      },
      "Mod-Alt-0": () => {
        const range = chosenBlocks(editor, "cells");
        return range !== null && turnBlocks(editor, range, { name: "paragraph" });
      },
    };
  },
});
