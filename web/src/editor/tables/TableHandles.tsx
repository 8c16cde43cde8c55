import type { Editor } from "@tiptap/core";
import { GripHorizontal, GripVertical, Plus } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type CSSProperties, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { TableItems } from "./TableItems.tsx";
import { addAtEnd, type CellPlace, cellAt, selectCells } from "./tableActions.ts";
import { tablesText } from "./text.ts";

type Box = { readonly top: number; readonly left: number; readonly width: number; readonly height: number };
type Place = CellPlace & { readonly cell: Box; readonly table: Box; readonly columnShown: boolean };

function boxIn(around: DOMRect, rect: DOMRect): Box {
  return {
    top: rect.top - around.top,
    left: rect.left - around.left,
    width: rect.width,
    height: rect.height,
  };
}

/** Where a cell lies on the page; null when it is not drawn. */
function placeOf(editor: Editor, surface: HTMLElement, at: CellPlace): Place | null {
  const dom = editor.view.nodeDOM(at.tablePos);
  if (!(dom instanceof HTMLElement)) return null;
  const table = dom.matches("table") ? dom : dom.querySelector("table");
  const node = editor.state.doc.nodeAt(at.tablePos);
  if (table === null || node?.type.name !== "table") return null;
  const around = surface.getBoundingClientRect();
  const scroller = dom.getBoundingClientRect();
  const whole = table.getBoundingClientRect();
  const inside = editor.view.domAtPos(cellInside(editor, at)).node;
  const cell = (inside instanceof Element ? inside : inside.parentElement)?.closest("td, th");
  if (cell == null) return null;
  const rect = cell.getBoundingClientRect();
  const [left, right] = [Math.max(whole.left, scroller.left), Math.min(whole.right, scroller.right)];
  return {
    ...at,
    cell: boxIn(around, rect),
    table: boxIn(around, new DOMRect(left, whole.top, right - left, whole.height)),
    columnShown: rect.left + rect.width / 2 > left && rect.left + rect.width / 2 < right,
  };
}

function cellInside(editor: Editor, { tablePos, row, column }: CellPlace): number {
  const table = editor.state.doc.nodeAt(tablePos);
  let pos = tablePos + 1;
  for (let index = 0; index < row; index++) pos += table?.maybeChild(index)?.nodeSize ?? 0;
  const cells = table?.maybeChild(row);
  pos += 1;
  for (let index = 0, at = 0; at < column; index++) {
    const cell = cells?.maybeChild(index);
    if (cell == null) break;
    at += Number(cell.attrs.colspan ?? 1);
    if (at > column) break;
    pos += cell.nodeSize;
  }
  return pos + 1;
}

type HandleProps = {
  readonly editor: Editor;
  readonly place: Place;
  readonly what: "row" | "column";
  readonly style: CSSProperties;
  readonly onOpenChange: (open: boolean) => void;
};

function Handle({ editor, place, what, style, onOpenChange }: HandleProps) {
  const label = what === "row" ? tablesText.rowOf(place.row + 1) : tablesText.columnOf(place.column + 1);
  return (
    <DropdownMenu.Root
      modal={false}
      onOpenChange={(open) => {
        if (open) selectCells(editor, place.tablePos, place.row, place.column, what);
        onOpenChange(open);
      }}
    >
      <DropdownMenu.Trigger
        className="table-handle"
        data-what={what}
        style={style}
        aria-label={label}
        title={label}
        data-testid={`table-${what}-handle`}
        onMouseDown={(event) => event.preventDefault()}
      >
        {what === "row" ? <GripVertical size={14} /> : <GripHorizontal size={14} />}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-52 overflow-y-auto p-1"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          data-testid={`table-${what}-menu`}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!editor.isDestroyed) editor.view.focus();
          }}
        >
          <TableItems editor={editor} part={what} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

type Props = { readonly editor: Editor; readonly surface: RefObject<HTMLElement | null> };

/** Handles at the row and column of the cell under the pointer, or with the caret, and a plus sign at either end. */
export function TableHandles({ editor, surface }: Props) {
  const [place, setPlace] = useState<Place | null>(null);
  const hovered = useRef<Element | null>(null);
  const open = useRef(false);
  const frame = useRef(0);

  const look = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      if (editor.isDestroyed || surface.current === null) return;
      if (open.current) return;
      const cell = hovered.current?.isConnected ? hovered.current : null;
      const { state, view } = editor;
      const pos = cell !== null ? view.posAtDOM(cell, 0) : view.hasFocus() ? state.selection.$head.pos : null;
      const at = pos === null ? null : cellAt(state, pos);
      setPlace(at === null ? null : placeOf(editor, surface.current, at));
    });
  }, [editor, surface]);

  useEffect(() => {
    const body = surface.current;
    if (body === null) return;
    const onOver = ({ target, pointerType }: PointerEvent) => {
      if (pointerType !== "mouse" || !(target instanceof Element)) return;
      if (target.closest(".table-handle, .table-add") !== null) return;
      const cell = target.closest(".content td, .content th");
      if (cell === hovered.current) return;
      hovered.current = cell;
      look();
    };
    const onLeave = () => {
      hovered.current = null;
      look();
    };
    // Who types or goes on by keys means the caret's cell, wherever the pointer was left.
    const onSelection = () => {
      hovered.current = null;
    };
    body.addEventListener("pointerover", onOver);
    body.addEventListener("pointerleave", onLeave);
    // Tables scroll sideways in boxes of their own.
    body.addEventListener("scroll", look, { capture: true, passive: true });
    window.addEventListener("resize", look);
    editor.on("selectionUpdate", onSelection);
    editor.on("transaction", look);
    editor.on("focus", look);
    editor.on("blur", look);
    // The caret may have been in a table before this was loaded.
    look();
    return () => {
      cancelAnimationFrame(frame.current);
      body.removeEventListener("pointerover", onOver);
      body.removeEventListener("pointerleave", onLeave);
      body.removeEventListener("scroll", look, { capture: true });
      window.removeEventListener("resize", look);
      editor.off("selectionUpdate", onSelection);
      editor.off("transaction", look);
      editor.off("focus", look);
      editor.off("blur", look);
    };
  }, [editor, surface, look]);

  if (place === null) return null;
  const { cell, table } = place;
  const onOpenChange = (next: boolean) => {
    open.current = next;
    if (next) return;
    // The handle may go with the row or column that was deleted, and its menu then gives the focus to nobody.
    editor.view.focus();
    look();
  };
  const add = (what: "row" | "column") => (
    <button
      type="button"
      className="table-add"
      data-what={what}
      aria-label={what === "row" ? tablesText.addRow : tablesText.addColumn}
      title={what === "row" ? tablesText.addRow : tablesText.addColumn}
      style={
        what === "row"
          ? { top: table.top + table.height + 3, left: table.left, width: table.width }
          : { top: table.top, left: table.left + table.width + 3, height: table.height }
      }
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => addAtEnd(editor, place.tablePos, what)}
    >
      <Plus size={13} />
    </button>
  );
  return (
    <div className="screen-only" data-testid="table-handles">
      <Handle
        editor={editor}
        place={place}
        what="row"
        style={{ top: cell.top, left: table.left - 9, height: cell.height }}
        onOpenChange={onOpenChange}
      />
      {place.columnShown ? (
        <Handle
          editor={editor}
          place={place}
          what="column"
          style={{ top: table.top - 9, left: cell.left, width: cell.width }}
          onOpenChange={onOpenChange}
        />
      ) : null}
      {add("row")}
      {add("column")}
    </div>
  );
}
