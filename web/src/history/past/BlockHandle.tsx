import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { RotateCcw } from "lucide-react";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { announce } from "../../app/announce.ts";
import type { PastText } from "./PastText.ts";
import { excerptOf } from "./places.ts";
import { pastText } from "./text.ts";

type Chosen = {
  readonly anchor: number;
  readonly head: number;
  readonly top: number;
  readonly left: number;
  /** There is no margin beside the text for it: it stands on the text's own corner. */
  readonly inside: boolean;
};

const size = 30;
const gap = 10;

/** The top-level block that an element belongs to, counted from the start. */
function blockUnder(target: EventTarget | null, root: HTMLElement): number | null {
  let element = target instanceof Element ? target : null;
  while (element !== null && element.parentElement !== root) element = element.parentElement;
  return element === null ? null : Array.prototype.indexOf.call(root.children, element);
}

const startOf = (text: PastText, index: number) => {
  let pos = 0;
  for (let before = 0; before < index; before++) pos += text.doc.child(before).nodeSize;
  return pos;
};

type Props = {
  readonly text: PastText;
  readonly page: RefObject<HTMLElement | null>;
  /** Another document is shown: what was chosen in the last one means nothing in it. */
  readonly shown: string;
  readonly onRestore: (first: number, last: number) => void;
};

/** A button beside the block under the pointer, or beside the blocks that were chosen with Alt and the arrows. */
export function BlockHandle({ text, page, shown, onRestore }: Props) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [marked, setMarked] = useState(false);
  // What was chosen by keys stays until the pointer chooses something else.
  const keyboard = useRef(false);
  const latest = useRef<Chosen | null>(null);
  latest.current = chosen;

  const choose = useCallback(
    (anchor: number, head: number) => {
      const element = text.elementAt(startOf(text, Math.min(anchor, head)));
      const main = page.current;
      if (element === null || main === null) return;
      const [block, around] = [element.getBoundingClientRect(), main.getBoundingClientRect()];
      const body = text.view.dom.getBoundingClientRect();
      const inside = body.left < size + gap;
      setChosen({
        anchor,
        head,
        top: Math.max(0, block.top - around.top - 2),
        left: inside ? body.right - around.left - size : body.left - around.left - size - gap,
        inside,
      });
    },
    [text, page],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new document, a new choice
  useEffect(() => {
    setChosen(null);
    setMarked(false);
  }, [shown]);

  useEffect(() => {
    const { dom } = text.view;
    const onPointer = ({ target }: PointerEvent) => {
      const index = blockUnder(target, dom);
      if (index === null || index >= text.doc.childCount) return;
      if (latest.current?.head === index && latest.current.anchor === index) return;
      keyboard.current = false;
      setMarked(false);
      choose(index, index);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const last = latest.current;
      const head = Math.min(text.doc.childCount - 1, Math.max(0, last === null ? 0 : last.head + step));
      keyboard.current = true;
      choose(event.shiftKey && last !== null ? last.anchor : head, head);
      setMarked(true);
      text.elementAt(startOf(text, head))?.scrollIntoView({ block: "nearest" });
      announce(pastText.blockChosen(excerptOf(text.doc.child(head)) || pastText.emptyBlock));
    };
    const onLeave = ({ pointerType }: PointerEvent) => {
      if (pointerType === "mouse" && latest.current !== null && !keyboard.current) setChosen(null);
    };
    const main = page.current;
    main?.addEventListener("pointerleave", onLeave);
    dom.addEventListener("pointerover", onPointer);
    dom.addEventListener("keydown", onKeyDown);
    return () => {
      main?.removeEventListener("pointerleave", onLeave);
      dom.removeEventListener("pointerover", onPointer);
      dom.removeEventListener("keydown", onKeyDown);
    };
  }, [text, page, choose]);

  useEffect(() => {
    if (chosen === null || !marked) {
      text.mark("chosen", DecorationSet.empty);
      return;
    }
    const { doc } = text;
    const decorations: Decoration[] = [];
    const [first, last] = [Math.min(chosen.anchor, chosen.head), Math.max(chosen.anchor, chosen.head)];
    for (let index = first, pos = startOf(text, first); index <= last; index++) {
      const block = doc.child(index);
      decorations.push(Decoration.node(pos, pos + block.nodeSize, { class: "block-chosen" }));
      pos += block.nodeSize;
    }
    text.mark("chosen", DecorationSet.create(doc, decorations));
  }, [text, chosen, marked]);

  if (chosen === null) return null;
  const [first, last] = [Math.min(chosen.anchor, chosen.head), Math.max(chosen.anchor, chosen.head)];
  const label = pastText.restoreBlocks(last - first + 1);
  return (
    <button
      type="button"
      className="past-handle screen-only"
      data-testid="block-handle"
      data-inside={chosen.inside}
      aria-label={label}
      title={label}
      style={{ top: chosen.top, left: chosen.left }}
      onPointerEnter={() => setMarked(true)}
      onPointerLeave={() => setMarked(false)}
      onFocus={() => setMarked(true)}
      onClick={() => onRestore(first, last)}
    >
      <RotateCcw size={15} aria-hidden="true" />
    </button>
  );
}
