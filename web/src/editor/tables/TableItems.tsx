import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  BetweenVerticalEnd,
  BetweenVerticalStart,
  Copy,
  Eraser,
  type LucideIcon,
  Maximize2,
  Minimize2,
  PanelLeft,
  PanelTop,
  StretchHorizontal,
  TableCellsMerge,
  TableCellsSplit,
  Trash2,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { shortcut } from "../shortcut.ts";
import { canTableAction, type TableAction, tableAction } from "./tableActions.ts";
import { tablesText } from "./text.ts";

type Item = {
  readonly action: TableAction;
  readonly Icon: LucideIcon;
  readonly keys?: string;
  /** Done several times in a row: the menu stays open. */
  readonly again?: boolean;
};

export type TablePart = "row" | "column" | "cell";

const items: Readonly<Record<TablePart, readonly (Item | "gap")[]>> = {
  row: [
    { action: "rowAbove", Icon: BetweenHorizontalStart },
    { action: "rowBelow", Icon: BetweenHorizontalEnd },
    { action: "rowDuplicate", Icon: Copy },
    "gap",
    { action: "rowUp", Icon: ArrowUp, keys: "Alt-↑", again: true },
    { action: "rowDown", Icon: ArrowDown, keys: "Alt-↓", again: true },
    { action: "headerRow", Icon: PanelTop },
    "gap",
    { action: "clear", Icon: Eraser },
    { action: "rowDelete", Icon: Trash2 },
  ],
  column: [
    { action: "columnBefore", Icon: BetweenVerticalStart },
    { action: "columnAfter", Icon: BetweenVerticalEnd },
    "gap",
    { action: "columnBack", Icon: ArrowLeft, keys: "Alt-Shift-←", again: true },
    { action: "columnOn", Icon: ArrowRight, keys: "Alt-Shift-→", again: true },
    { action: "headerColumn", Icon: PanelLeft },
    "gap",
    { action: "wider", Icon: Maximize2, again: true },
    { action: "narrower", Icon: Minimize2, again: true },
    { action: "sameWidths", Icon: StretchHorizontal },
    "gap",
    { action: "clear", Icon: Eraser },
    { action: "columnDelete", Icon: Trash2 },
  ],
  cell: [
    { action: "merge", Icon: TableCellsMerge },
    { action: "split", Icon: TableCellsSplit },
    { action: "clear", Icon: Eraser },
  ],
};

/** What can be done with a row, a column or cells, for a menu; they are those of the selection. */
export function TableItems({ editor, part }: { readonly editor: Editor; readonly part: TablePart }) {
  // Widths can be given while the menu is open.
  const can = useEditorState({
    editor,
    selector: ({ editor: live }) =>
      items[part].map((item) => item !== "gap" && canTableAction(live, item.action)),
  });
  return items[part].map((item, index) =>
    item === "gap" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the items are fixed
      <DropdownMenu.Separator key={index} className="my-1 h-px bg-line" />
    ) : (
      <DropdownMenu.Item
        key={item.action}
        className={`menu-item ${item.action.endsWith("Delete") ? "text-danger!" : ""}`}
        disabled={can[index] !== true}
        onSelect={(event) => {
          if (item.again) event.preventDefault();
          tableAction(editor, item.action);
        }}
      >
        <item.Icon size={16} />
        <span className="flex-1">{tablesText[item.action]}</span>
        {item.keys === undefined ? null : (
          <kbd className="font-sans text-xs text-faint">{shortcut(item.keys)}</kbd>
        )}
      </DropdownMenu.Item>
    ),
  );
}
