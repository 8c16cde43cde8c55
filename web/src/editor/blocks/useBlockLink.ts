import type { Editor } from "@tiptap/core";
import { useEffect } from "react";
import { toast } from "../../app/toast.ts";
import { setToggleOpen } from "../toggles/openToggles.ts";
import { markBlocks } from "./BlockMarks.ts";
import { blockOfHash, positionOf } from "./blockIds.ts";
import { elementAt } from "./blockUnder.ts";
import { blocksText } from "./text.ts";

const flashMs = 2_200;

/** Goes to the block that the address names, and shows which it is. */
export function useBlockLink(editor: Editor, shown: boolean): void {
  useEffect(() => {
    if (!shown) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const go = () => {
      const id = blockOfHash(window.location.hash);
      if (id === null) return;
      const { view, state } = editor;
      const pos = positionOf(state, id);
      const node = pos === null ? null : state.doc.nodeAt(pos);
      if (pos === null || node === null) {
        toast(blocksText.linkLost, { id: "block-link" });
        return;
      }
      const $pos = state.doc.resolve(pos);
      for (let depth = 1; depth <= $pos.depth; depth++)
        if ($pos.node(depth).type.name === "details") setToggleOpen(view, $pos.before(depth), true);
      elementAt(view, pos)?.scrollIntoView({ block: "center", behavior: "instant" });
      markBlocks(view, { range: { from: pos, to: pos + node.nodeSize }, className: "block-flash" });
      clearTimeout(timer);
      timer = setTimeout(() => markBlocks(view, null), flashMs);
    };
    // The text takes its place in the page first.
    const frame = requestAnimationFrame(go);
    window.addEventListener("hashchange", go);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      window.removeEventListener("hashchange", go);
    };
  }, [editor, shown]);
}
