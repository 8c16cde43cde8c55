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
import { type ComponentProps, useCallback } from "react";
import { IconButton } from "../app/IconButton.tsx";
import { keepFocus } from "./keepFocus.ts";
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

type ShouldShow = NonNullable<ComponentProps<typeof BubbleMenu>["shouldShow"]>;

const page = () => document.querySelector<HTMLElement>("main:not([hidden])") ?? document.body;
const placement = {
  placement: "top-start",
  offset: 8,
  flip: { padding: { top: 100 } },
  shift: { padding: 8 },
} as const;
const layer = { zIndex: 19 };
const shouldShow: ShouldShow = ({ editor, element, view }) => {
  const { selection } = editor.state;
  const focused = view.hasFocus() || element.contains(document.activeElement);
  const calm = selection.empty || selection instanceof CellSelection;
  return editor.isEditable && focused && calm && editor.isActive("table") && !editor.isActive("link");
};

export function TableMenu({ editor }: { readonly editor: Editor }) {
  const table = useCallback(() => currentTable(editor), [editor]);
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="tableMenu"
      updateDelay={80}
      appendTo={page}
      options={placement}
      getReferencedVirtualElement={table}
      shouldShow={shouldShow}
      style={layer}
    >
      <div
        className="floating flex max-w-[94vw] overflow-x-auto p-1"
        role="toolbar"
        aria-label={editorText.tableControls}
        data-testid="table-menu"
        onMouseDown={keepFocus}
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
