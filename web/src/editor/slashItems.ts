import type { Editor, Range } from "@tiptap/core";
import {
  Code,
  Heading1,
  Heading2,
  Heading3,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Minus,
  Pilcrow,
  Quote,
  Table,
} from "lucide-react";
import { editorText } from "./text.ts";

export type SlashItem = {
  readonly id: string;
  readonly group: "Text" | "Lists" | "Blocks";
  readonly label: string;
  readonly aliases: readonly string[];
  readonly keys?: string;
  readonly Icon: LucideIcon;
  readonly run: (editor: Editor, range: Range) => void;
};

const at = (editor: Editor, range: Range) => editor.chain().focus().deleteRange(range);

const heading = (level: 1 | 2 | 3, Icon: LucideIcon, aliases: readonly string[]): SlashItem => ({
  id: `heading${level}`,
  group: "Text",
  label: editorText.heading(level),
  aliases: [`h${level}`, ...aliases],
  keys: "#".repeat(level),
  Icon,
  run: (editor, range) => at(editor, range).setNode("heading", { level }).run(),
});

export const slashItems: readonly SlashItem[] = [
  {
    id: "paragraph",
    group: "Text",
    label: editorText.paragraph,
    aliases: ["paragraph", "plain", "p"],
    Icon: Pilcrow,
    run: (editor, range) => at(editor, range).setNode("paragraph").run(),
  },
  heading(1, Heading1, ["title", "big"]),
  heading(2, Heading2, ["subtitle", "section"]),
  heading(3, Heading3, ["subheading", "small"]),
  {
    id: "quote",
    group: "Text",
    label: editorText.quote,
    aliases: ["blockquote", "citation"],
    keys: ">",
    Icon: Quote,
    run: (editor, range) => at(editor, range).toggleBlockquote().run(),
  },
  {
    id: "bulletList",
    group: "Lists",
    label: editorText.bulletList,
    aliases: ["ul", "unordered", "points", "bullets"],
    keys: "-",
    Icon: List,
    run: (editor, range) => at(editor, range).toggleBulletList().run(),
  },
  {
    id: "orderedList",
    group: "Lists",
    label: editorText.orderedList,
    aliases: ["ol", "ordered", "1.", "steps"],
    keys: "1.",
    Icon: ListOrdered,
    run: (editor, range) => at(editor, range).toggleOrderedList().run(),
  },
  {
    id: "taskList",
    group: "Lists",
    label: editorText.taskList,
    aliases: ["todo", "checkbox", "checklist", "to-do", "[]"],
    keys: "[ ]",
    Icon: ListChecks,
    run: (editor, range) => at(editor, range).toggleTaskList().run(),
  },
  {
    id: "table",
    group: "Blocks",
    label: "Table",
    aliases: ["grid", "cells", "rows", "columns"],
    Icon: Table,
    run: (editor, range) => at(editor, range).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  },
  {
    id: "codeBlock",
    group: "Blocks",
    label: editorText.codeBlock,
    aliases: ["pre", "program", "snippet", "```"],
    keys: "```",
    Icon: Code,
    run: (editor, range) => at(editor, range).setCodeBlock().run(),
  },
  {
    id: "divider",
    group: "Blocks",
    label: editorText.divider,
    aliases: ["hr", "rule", "line", "separator", "---"],
    keys: "---",
    Icon: Minus,
    run: (editor, range) => at(editor, range).setHorizontalRule().run(),
  },
];

type Searchable = Pick<SlashItem, "label" | "aliases">;

/** 0 is the best match; null is none. */
function rank({ label, aliases }: Searchable, query: string): number | null {
  const name = label.toLowerCase();
  if (name.startsWith(query)) return 0;
  if (aliases.some((alias) => alias.startsWith(query))) return 1;
  if (name.split(" ").some((word) => word.startsWith(query))) return 2;
  return name.includes(query) ? 3 : null;
}

export function matchingItems<Item extends Searchable>(items: readonly Item[], typed: string): Item[] {
  const query = typed.trim().toLowerCase();
  if (query === "") return [...items];
  return items
    .map((item) => ({ item, rank: rank(item, query) }))
    .filter((found) => found.rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ item }) => item);
}
