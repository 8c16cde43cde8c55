import type { Editor } from "@tiptap/core";
import { useEffect, useState } from "react";
import { elementAt } from "../blocks/blockUnder.ts";
import { activeHeading, type Heading } from "./headings.ts";

/** A heading a little below the toolbar is the one that is read. */
const lineAt = 160;

function topOf(editor: Editor, { pos }: Heading): number | null {
  const element = elementAt(editor.view, pos);
  // what stands in a closed toggle has no place
  if (element === null || element.offsetParent === null) return null;
  return element.getBoundingClientRect().top;
}

/** The place among the headings of the one whose text is read. */
export function useActiveHeading(editor: Editor, headings: readonly Heading[]): number {
  const [active, setActive] = useState(-1);
  useEffect(() => {
    let frame = 0;
    const follow = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (editor.isDestroyed) return;
        const tops = headings.map((heading) => topOf(editor, heading));
        setActive(activeHeading(tops, lineAt));
      });
    };
    follow();
    window.addEventListener("scroll", follow, { passive: true });
    window.addEventListener("resize", follow);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", follow);
      window.removeEventListener("resize", follow);
    };
  }, [editor, headings]);
  return active;
}
