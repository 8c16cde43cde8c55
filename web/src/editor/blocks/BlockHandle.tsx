import type { Editor } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import { GripVertical, Plus } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { markBlocks } from "./BlockMarks.ts";
import { BlockMenu } from "./BlockMenu.tsx";
import { addBlock, chosenBlocks } from "./blockActions.ts";
import { type BlockId, blockIdAt, positionOf } from "./blockIds.ts";
import { useBlockMenuAsked } from "./blockMenuState.ts";
import { type BlockRange, blocksBetween, leadingBlock, nodesIn } from "./blockRange.ts";
import { blockUnder, firstLine } from "./blockUnder.ts";
import { blocksText } from "./text.ts";
import { useBlockDrag } from "./useBlockDrag.ts";

type Place = { readonly id: BlockId; readonly top: number };

type Props = { readonly editor: Editor; readonly surface: RefObject<HTMLElement | null> };

function rangeAt(editor: Editor, pos: number): BlockRange | null {
  const node = editor.state.doc.nodeAt(pos);
  return node === null ? null : { from: pos, to: pos + node.nodeSize };
}

/** A grip and a plus sign beside the block under the pointer; its menu opens by keys as well. */
export function BlockHandle({ editor, surface }: Props) {
  const [place, setPlace] = useState<Place | null>(null);
  const [open, setOpen] = useState(false);
  const latest = useRef(place);
  latest.current = place;
  const busy = useRef(false);

  const show = useCallback(
    (range: BlockRange | null) => {
      const around = surface.current?.getBoundingClientRect();
      const middle = range === null ? null : firstLine(editor.view, range);
      const id = range === null ? null : blockIdAt(editor.state, range.from);
      if (around === undefined || middle === null || id === null) setPlace(null);
      else setPlace({ id, top: Math.round(middle - around.top - 14) });
    },
    [editor, surface],
  );

  /** The block of the handle, with all that are selected when it is one of them. */
  const blocks = useCallback((): BlockRange | null => {
    const pos = latest.current === null ? null : positionOf(editor.state, latest.current.id);
    const range = pos === null ? null : rangeAt(editor, pos);
    if (range === null) return null;
    const { selection, doc } = editor.state;
    if (selection.empty || !(selection instanceof TextSelection)) return range;
    const selected = blocksBetween(doc, selection.from, selection.to);
    return selected !== null && selected.from <= range.from && selected.to >= range.to ? selected : range;
  }, [editor]);

  const openMenu = useCallback(() => {
    const range = blocks();
    if (range === null) return;
    markBlocks(editor.view, { range, className: "block-chosen" });
    setOpen(true);
  }, [editor, blocks]);

  const { drag, onPointerDown } = useBlockDrag(editor, blocks, openMenu);
  busy.current = open || drag !== null;

  useEffect(() => {
    const main = surface.current?.closest("main");
    if (main == null) return;
    let frame = 0;
    const onMove = ({ clientY, pointerType, target, buttons }: PointerEvent) => {
      if (pointerType !== "mouse" || buttons !== 0 || busy.current) return;
      if (target instanceof Element && target.closest(".block-handle, .floating, .editor-toolbar") !== null)
        return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (editor.isDestroyed || busy.current) return;
        const box = editor.view.dom.getBoundingClientRect();
        if (clientY < box.top - 8 || clientY > box.bottom + 8) return setPlace(null);
        const range = blockUnder(editor.view, clientY);
        show(range === null ? null : leadingBlock(editor.state.doc, range));
      });
    };
    const onLeave = () => {
      cancelAnimationFrame(frame);
      if (!busy.current) setPlace(null);
    };
    // What is typed moves the blocks away from under the handle.
    const onUpdate = () => {
      if (!busy.current && latest.current !== null) setPlace(null);
    };
    main.addEventListener("pointermove", onMove);
    main.addEventListener("pointerleave", onLeave);
    editor.on("update", onUpdate);
    return () => {
      cancelAnimationFrame(frame);
      main.removeEventListener("pointermove", onMove);
      main.removeEventListener("pointerleave", onLeave);
      editor.off("update", onUpdate);
    };
  }, [editor, surface, show]);

  useEffect(
    () =>
      useBlockMenuAsked.subscribe(() => {
        const range = chosenBlocks(editor);
        if (range === null) return;
        show({ from: range.from, to: range.from });
        markBlocks(editor.view, { range, className: "block-chosen" });
        setOpen(true);
      }),
    [editor, show],
  );

  const close = () => {
    setOpen(false);
    markBlocks(editor.view, null);
    setPlace(null);
  };

  const add = (above: boolean) => {
    const range = blocks();
    if (range === null) return;
    addBlock(editor, range, above);
    editor.view.dispatch(editor.state.tr.insertText("/"));
    setPlace(null);
  };

  if (place === null) return null;
  const dragged = drag === null ? null : blocks();
  return (
    <>
      <div className="block-handle screen-only" style={{ top: place.top }} data-testid="block-handle">
        <button
          type="button"
          className="block-handle-add"
          aria-label={blocksText.add}
          title={blocksText.addHint}
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => add(event.altKey)}
        >
          <Plus size={17} />
        </button>
        <DropdownMenu.Root modal={false} open={open} onOpenChange={(next) => !next && close()}>
          <DropdownMenu.Trigger asChild>
            <button
              type="button"
              className="block-handle-grip"
              aria-label={blocksText.handle}
              title={blocksText.handle}
              onPointerDown={onPointerDown}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                openMenu();
              }}
            >
              <GripVertical size={17} />
            </button>
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content
              className="floating max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-56 overflow-y-auto p-1"
              side="bottom"
              align="start"
              sideOffset={4}
              collisionPadding={8}
              aria-label={blocksText.menu}
              data-testid="block-menu"
              onCloseAutoFocus={(event) => {
                event.preventDefault();
                if (!editor.isDestroyed) editor.view.focus();
              }}
            >
              <BlockMenu editor={editor} blocks={blocks} />
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      </div>
      {drag === null
        ? null
        : createPortal(
            <>
              {drag.drop === null ? null : (
                <div
                  className="block-drop"
                  data-testid="block-drop"
                  style={{ top: drag.drop.top, left: drag.drop.left, width: drag.drop.width }}
                />
              )}
              {dragged === null ? null : (
                <div className="block-ghost" style={{ top: drag.y + 10, left: drag.x + 12 }}>
                  {blocksText.dragged(
                    nodesIn(editor.state.doc, dragged)[0]?.textContent.slice(0, 60) ?? "",
                    nodesIn(editor.state.doc, dragged).length,
                  )}
                </div>
              )}
            </>,
            document.body,
          )}
    </>
  );
}
