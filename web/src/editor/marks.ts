import type { Editor } from "@tiptap/core";
import {
  Bold,
  Code,
  Italic,
  type LucideIcon,
  Strikethrough,
  Subscript,
  Superscript,
  Underline,
} from "lucide-react";
import { editorText } from "./text.ts";

export type MarkName = "bold" | "italic" | "underline" | "strike" | "code" | "subscript" | "superscript";

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
];

export const scriptButtons: readonly MarkButton[] = [
  { name: "superscript", label: editorText.superscript, keys: "Mod-.", Icon: Superscript },
  { name: "subscript", label: editorText.subscript, keys: "Mod-,", Icon: Subscript },
];

export type ActiveMarks = Readonly<Record<MarkName | "link" | "highlight" | "textColor", boolean>>;

export const activeMarks = (editor: Editor): ActiveMarks => ({
  bold: editor.isActive("bold"),
  italic: editor.isActive("italic"),
  underline: editor.isActive("underline"),
  strike: editor.isActive("strike"),
  code: editor.isActive("code"),
  subscript: editor.isActive("subscript"),
  superscript: editor.isActive("superscript"),
  highlight: editor.isActive("highlight"),
  textColor: editor.isActive("textColor"),
  link: editor.isActive("link"),
});

/** Nothing is above and below the line at once. */
const opposites: Partial<Record<MarkName, MarkName>> = { subscript: "superscript", superscript: "subscript" };

export function toggleMark(editor: Editor, name: MarkName): boolean {
  const opposite = opposites[name];
  const chain = editor.chain().focus();
  return (opposite === undefined ? chain : chain.unsetMark(opposite)).toggleMark(name).run();
}

export const clearFormatting = (editor: Editor): boolean => editor.chain().focus().unsetAllMarks().run();
