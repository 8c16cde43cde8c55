import type { Editor, Range } from "@tiptap/core";
import { AtSign, CalendarDays, type LucideIcon, Minus, Sigma, Smile, Table } from "lucide-react";
import { locale } from "../../i18n/language.ts";
import { insertBlock, turnTyped } from "../blocks/blockActions.ts";
import { type Kind, kinds } from "../blocks/kinds.ts";
import { openEmojiPicker } from "../emoji/emojiPicking.ts";
import { mediaItems } from "../images/slashEntries.ts";
import { insertInlineMath } from "../math/insertMath.ts";
import { editMathAt } from "../math/mathEditing.ts";
import { slashText } from "./text.ts";

export type SlashItem = {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly description?: string;
  readonly aliases: readonly string[];
  readonly keys?: string;
  readonly hidden?: boolean;
  /** Whether it can be put where the caret is. */
  readonly fits?: (editor: Editor) => boolean;
  readonly Icon: LucideIcon;
  readonly run: (editor: Editor, range: Range) => void;
};

const { groups } = slashText;
const hints: Readonly<Record<string, string>> = slashText.hints;
const aliases: Readonly<Record<string, string>> = slashText.aliases;

const wordsOf = (name: string) => {
  const description = hints[name] ?? "";
  return {
    aliases: (aliases[name] ?? "").split(" "),
    ...(description === "" ? {} : { description }),
  };
};

const without = (editor: Editor, range: Range) => editor.chain().focus().deleteRange(range);
const outsideTables = (editor: Editor) => !editor.isActive("table");

const signs: Readonly<Record<string, string>> = {
  heading1: "#",
  heading2: "##",
  heading3: "###",
  heading4: "####",
  heading5: "#####",
  heading6: "######",
  quote: ">",
  bulletList: "-",
  orderedList: "1.",
  taskList: "[ ]",
  code: "```",
  math: "$$",
};

function groupOf({ name }: Kind): string {
  if (name === "paragraph" || name === "heading" || name === "quote") return groups.text;
  return name === "bulletList" || name === "orderedList" || name === "taskList"
    ? groups.lists
    : groups.blocks;
}

const turning: readonly SlashItem[] = kinds
  .filter(({ kind }) => kind.name !== "math")
  .map(({ id, kind, label, Icon }) => {
    const keys = signs[id];
    return {
      id,
      group: groupOf(kind),
      label,
      ...wordsOf(kind.name === "callout" ? kind.callout : id),
      ...(keys === undefined ? {} : { keys }),
      hidden: kind.name === "heading" && kind.level > 3,
      Icon,
      run: (editor, range) => turnTyped(editor, range, kind),
    };
  });

const others: readonly SlashItem[] = [
  {
    id: "table",
    group: groups.blocks,
    label: slashText.table,
    ...wordsOf("table"),
    fits: outsideTables,
    Icon: Table,
    run: (editor, range) =>
      without(editor, range).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  },
  {
    id: "divider",
    group: groups.blocks,
    label: slashText.divider,
    ...wordsOf("divider"),
    keys: "---",
    Icon: Minus,
    run: (editor, range) => {
      const node = editor.schema.nodes.horizontalRule?.create();
      if (node !== undefined) insertBlock(editor, range, node);
    },
  },
  {
    id: "math",
    group: groups.blocks,
    label: kinds.find(({ id }) => id === "math")?.label ?? "",
    ...wordsOf("math"),
    keys: "$$",
    Icon: Sigma,
    run: (editor, range) => {
      const node = editor.schema.nodes.blockMath?.create();
      const at = node === undefined ? null : insertBlock(editor, range, node);
      if (at !== null) editMathAt(editor, at);
    },
  },
  ...mediaItems.map((item) => ({ ...item, group: groups.media })),
  {
    id: "inlineMath",
    group: groups.inline,
    label: slashText.inlineMath,
    ...wordsOf("inlineMath"),
    keys: "$…$",
    Icon: Sigma,
    run: insertInlineMath,
  },
  {
    id: "emoji",
    group: groups.inline,
    label: slashText.emoji,
    ...wordsOf("emoji"),
    keys: ":",
    Icon: Smile,
    run: (editor, range) => {
      without(editor, range).run();
      openEmojiPicker();
    },
  },
  {
    id: "mention",
    group: groups.inline,
    label: slashText.mention,
    ...wordsOf("mention"),
    keys: "@",
    Icon: AtSign,
    run: (editor, range) => {
      without(editor, range).insertContent("@").run();
    },
  },
  {
    id: "today",
    group: groups.inline,
    label: slashText.today,
    ...wordsOf("today"),
    Icon: CalendarDays,
    run: (editor, range) => {
      const today = new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(new Date());
      without(editor, range).insertContent(`${today} `).run();
    },
  },
];

const order = [groups.text, groups.lists, groups.blocks, groups.media, groups.inline];

/** Everything the slash menu offers, group by group. */
export const slashItems: readonly SlashItem[] = [...turning, ...others].sort(
  (a, b) => order.indexOf(a.group) - order.indexOf(b.group),
);
