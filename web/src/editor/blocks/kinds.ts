import { calloutKinds } from "@palimpsest/schema";
import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import {
  ChevronRight,
  Heading1,
  Heading2,
  Heading3,
  Heading4,
  Heading5,
  Heading6,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Pilcrow,
  Quote,
  Sigma,
  SquareCode,
} from "lucide-react";
import { calloutIcon, calloutName } from "../callouts/calloutKinds.ts";
import { blocksText } from "./text.ts";

/** What a block can be turned into. */
export type Kind =
  | { readonly name: "paragraph" | "quote" | "toggle" | "code" | "math" }
  | { readonly name: "heading"; readonly level: number }
  | { readonly name: "bulletList" | "orderedList" | "taskList" }
  | { readonly name: "callout"; readonly callout: string };

export type KindEntry = {
  readonly id: string;
  readonly kind: Kind;
  readonly label: string;
  readonly Icon: LucideIcon;
  readonly keys?: string;
};

const headingIcons = [Heading1, Heading2, Heading3, Heading4, Heading5, Heading6] as const;

const heading = (Icon: LucideIcon, index: number): KindEntry => ({
  id: `heading${index + 1}`,
  kind: { name: "heading", level: index + 1 },
  label: blocksText.heading(index + 1),
  keys: `Mod-Alt-${index + 1}`,
  Icon,
});

export const headingKinds: readonly KindEntry[] = headingIcons.map(heading);

export const kinds: readonly KindEntry[] = [
  {
    id: "paragraph",
    kind: { name: "paragraph" },
    label: blocksText.paragraph,
    keys: "Mod-Alt-0",
    Icon: Pilcrow,
  },
  ...headingKinds,
  {
    id: "bulletList",
    kind: { name: "bulletList" },
    label: blocksText.bulletList,
    keys: "Mod-Shift-8",
    Icon: List,
  },
  {
    id: "orderedList",
    kind: { name: "orderedList" },
    label: blocksText.orderedList,
    keys: "Mod-Shift-7",
    Icon: ListOrdered,
  },
  {
    id: "taskList",
    kind: { name: "taskList" },
    label: blocksText.taskList,
    keys: "Mod-Shift-9",
    Icon: ListChecks,
  },
  { id: "toggle", kind: { name: "toggle" }, label: blocksText.toggle, Icon: ChevronRight },
  { id: "quote", kind: { name: "quote" }, label: blocksText.quote, keys: "Mod-Shift-b", Icon: Quote },
  ...calloutKinds.map((callout) => ({
    id: `callout-${callout}`,
    kind: { name: "callout" as const, callout },
    label: calloutName(callout),
    Icon: calloutIcon(callout),
  })),
  { id: "code", kind: { name: "code" }, label: blocksText.code, keys: "Mod-Alt-c", Icon: SquareCode },
  { id: "math", kind: { name: "math" }, label: blocksText.math, Icon: Sigma },
];

/** Which entry describes a block; an item is described by its list. */
export function kindIdOf(node: Node, parent: Node | null): string | null {
  switch (node.type.name) {
    case "heading":
      return `heading${node.attrs.level}`;
    case "listItem":
    case "taskItem":
      return parent?.type.name ?? null;
    case "blockquote":
      return "quote";
    case "details":
      return "toggle";
    case "codeBlock":
      return "code";
    case "blockMath":
      return "math";
    case "callout":
      return `callout-${node.attrs.kind}`;
    case "paragraph":
    case "bulletList":
    case "orderedList":
    case "taskList":
      return node.type.name;
    default:
      return null;
  }
}

/** The kind of what the caret stands in: the innermost of what a person would name. */
export function kindIdAtCaret(editor: Editor): string | null {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type.name === "paragraph" && depth > 1) continue;
    const id = kindIdOf(node, $from.node(depth - 1));
    if (id !== null) return id;
  }
  return $from.depth === 0 ? null : "paragraph";
}
