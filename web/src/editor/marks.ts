import type { Editor } from "@tiptap/core";
import { Bold, Code, Highlighter, Italic, type LucideIcon, Strikethrough, Underline } from "lucide-react";
import { editorText } from "./text.ts";

export type MarkName = "bold" | "italic" | "underline" | "strike" | "code" | "highlight";

export type MarkButton = {
  readonly name: MarkName;
  readonly label: string;
  readonly keys: string;
  readonly Icon: LucideIcon;
};

export const markButtons: readonly MarkButton[] = [
  { name: "bold", label: editorText.bold, keys: "Mod-b", Icon: Bold },
  { name: "italic", label: editorText.italic, keys: "Mod-i", Icon: Italic },
  { name: "underline", label: editorText.underline, keys: "Mod-u", Icon: Underline },
  { name: "strike", label: editorText.strike, keys: "Mod-Shift-s", Icon: Strikethrough },
  { name: "code", label: editorText.code, keys: "Mod-e", Icon: Code },
  { name: "highlight", label: editorText.highlight, keys: "Mod-Shift-h", Icon: Highlighter },
];

export const activeMarks = (editor: Editor): Record<MarkName | "link", boolean> => ({
  bold: editor.isActive("bold"),
  italic: editor.isActive("italic"),
  underline: editor.isActive("underline"),
  strike: editor.isActive("strike"),
  code: editor.isActive("code"),
  highlight: editor.isActive("highlight"),
  link: editor.isActive("link"),
});

export const toggleMark = (editor: Editor, name: MarkName): boolean =>
  editor.chain().focus().toggleMark(name).run();
