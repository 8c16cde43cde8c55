import type { Editor } from "@tiptap/core";
import { CellSelection } from "@tiptap/pm/tables";
import { BubbleMenu } from "@tiptap/react/menus";
import {
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  BetweenVerticalEnd,
  BetweenVerticalStart,
  type LucideIcon,
  PanelTop,
  TableColumnsSplit,
  TableRowsSplit,
  Trash2,
} from "lucide-react";
import { IconButton } from "../app/IconButton.tsx";
import { editorText } from "./text.ts";

type Control = {
  readonly label: string;
  readonly Icon: LucideIcon;
  readonly run: (editor: Editor) => boolean;
};

const controls: readonly (Control | "gap")[] = [
  {
    label: editorText.rowAbove,
    Icon: BetweenHorizontalStart,
    run: (e) => e.chain().focus().addRowBefore().run(),
  },
  {
    label: editorText.rowBelow,
    Icon: BetweenHorizontalEnd,
    run: (e) => e.chain().focus().addRowAfter().run(),
  },
  { label: editorText.rowDelete, Icon: TableRowsSplit, run: (e) => e.chain().focus().deleteRow().run() },
  "gap",
  {
    label: editorText.columnLeft,
    Icon: BetweenVerticalStart,
    run: (e) => e.chain().focus().addColumnBefore().run(),
  },
  {
    label: editorText.columnRight,
    Icon: BetweenVerticalEnd,
    run: (e) => e.chain().focus().addColumnAfter().run(),
  },
  {
    label: editorText.columnDelete,
    Icon: TableColumnsSplit,
    run: (e) => e.chain().focus().deleteColumn().run(),
  },
  "gap",
  { label: editorText.headerRow, Icon: PanelTop, run: (e) => e.chain().focus().toggleHeaderRow().run() },
  { label: editorText.tableDelete, Icon: Trash2, run: (e) => e.chain().focus().deleteTable().run() },
];

function currentTable(editor: Editor): HTMLElement | null {
  const { node } = editor.view.domAtPos(editor.state.selection.from);
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest<HTMLElement>("table") ?? null;
}

export function TableMenu({ editor }: { readonly editor: Editor }) {
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="tableMenu"
      updateDelay={80}
      appendTo={() => document.body}
      options={{ placement: "top-start", offset: 8, flip: true, shift: { padding: 8 } }}
      getReferencedVirtualElement={() => currentTable(editor)}
      shouldShow={({ editor: live, element, view }) => {
        const { selection } = live.state;
        const focused = view.hasFocus() || element.contains(document.activeElement);
        const calm = selection.empty || selection instanceof CellSelection;
        return live.isEditable && focused && calm && live.isActive("table") && !live.isActive("link");
      }}
      style={{ zIndex: 35 }}
    >
      <div
        className="floating flex max-w-[94vw] overflow-x-auto p-1"
        role="toolbar"
        aria-label={editorText.tableControls}
        data-testid="table-menu"
      >
        {controls.map((control, index) =>
          control === "gap" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the controls are fixed
            <span key={index} className="mx-1 w-px flex-none self-stretch bg-line" />
          ) : (
            <IconButton key={control.label} label={control.label} onClick={() => control.run(editor)}>
              <control.Icon size={17} />
            </IconButton>
          ),
        )}
      </div>
    </BubbleMenu>
  );
}
