import { kinds } from "../editor/blocks/kinds.ts";
import { markButtons, scriptButtons } from "../editor/marks.ts";
import { editorText } from "../editor/text.ts";
import { historyText } from "../history/text.ts";
import { shellText } from "./text.ts";

export type ShortcutRow = {
  readonly label: string;
  /** Each as `shortcut` takes it; any of them does it. */
  readonly keys: readonly string[];
};

export type ShortcutGroup = { readonly title: string; readonly rows: readonly ShortcutRow[] };

const { shortcuts: text, commands } = shellText;

const row = (label: string, ...keys: readonly string[]): ShortcutRow => ({ label, keys });

/** Every key that does something, for the sheet that shows them. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: text.anywhere,
    rows: [
      row(text.palette, "Mod-k"),
      row(text.sheet, "F1"),
      row(text.questionMark, "?"),
      row(commands.find, "Mod-f"),
      row(commands.replace, "Mod-Alt-f"),
      row(commands.outline, "Mod-Shift-o"),
      row(commands.print, "Mod-p"),
      row(text.save, "Mod-s"),
      row(text.close, "Esc"),
    ],
  },
  {
    title: text.writing,
    rows: [
      ...[...markButtons, ...scriptButtons].map(({ label, keys }) => row(label, keys)),
      row(text.highlight, "Mod-Shift-h"),
      row(editorText.link, "Mod-k"),
      row(editorText.clearFormatting, "Mod-\\"),
      row(text.lineBreak, "Shift-Enter"),
      row(text.paste, "Mod-Shift-v"),
      row(editorText.undo, "Mod-z"),
      row(editorText.redo, "Mod-Shift-z", "Mod-y"),
      row(text.emoji, ":"),
      row(text.mention, "@"),
    ],
  },
  {
    title: text.blocks,
    rows: [
      row(text.slash, "/"),
      ...kinds
        .filter(({ keys, kind }) => keys !== undefined && kind.name !== "heading")
        .map(({ label, keys = "" }) => row(label, keys)),
      row(text.heading, "Mod-Alt-1…6"),
      row(editorText.indent, "Tab"),
      row(editorText.outdent, "Shift-Tab"),
      row(text.moveBlock, "Alt-↑", "Alt-↓"),
      row(text.duplicateBlock, "Mod-d"),
      row(text.blockMenu, "Mod-/"),
      row(text.chooseBlock, "Esc"),
    ],
  },
  { title: text.tables, rows: [row(text.nextCell, "Tab", "Shift-Tab")] },
  {
    title: historyText.title,
    rows: [row(text.steps, "←", "→"), row(text.playback, "Space"), row(text.close, "Esc")],
  },
  {
    title: text.home,
    rows: [
      row(text.search, "/"),
      row(text.begin, "Enter"),
      row(text.rename, "F2"),
      row(text.star, "S"),
      row(text.trash, "Delete"),
    ],
  },
];
