import type { Editor } from "@tiptap/core";
import { Link, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { IconButton } from "../../app/IconButton.tsx";
import { phone, useMediaQuery } from "../../app/useMediaQuery.ts";
import { copyBlockLink } from "../blocks/blockActions.ts";
import { CountsLine } from "./CountsLine.tsx";
import { goToHeading } from "./goToHeading.ts";
import { depthsOf, type Heading } from "./headings.ts";
import "./outline.css";
import { closeOutline } from "./outlinePanel.ts";
import { outlineText } from "./text.ts";
import { useActiveHeading } from "./useActiveHeading.ts";
import { useOutline } from "./useOutline.ts";

type ListProps = {
  readonly editor: Editor;
  readonly headings: readonly Heading[];
  readonly onGo: () => void;
};

const moves: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

function HeadingList({ editor, headings, onGo }: ListProps) {
  const active = useActiveHeading(editor, headings);
  const depths = depthsOf(headings);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const onKeyDown = (event: KeyboardEvent) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>(".outline-heading") ?? [])];
    const at = all.indexOf(event.target as HTMLElement);
    const move = moves[event.key];
    if (move === undefined || at < 0) return;
    event.preventDefault();
    all[move(at, all.length - 1)]?.focus();
  };
  return (
    <ol ref={list} className="outline-list" aria-label={outlineText.list} onKeyDown={onKeyDown}>
      {headings.map((heading, index) => {
        const name = heading.text === "" ? outlineText.untitled : heading.text;
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: texts may be equal, and places change with every key above
            key={index}
            className="outline-row"
            style={{ "--depth": depths[index] } as React.CSSProperties}
          >
            <button
              type="button"
              className="outline-heading"
              aria-current={index === active ? "location" : undefined}
              onClick={() => {
                onGo();
                goToHeading(editor, heading.pos, !window.matchMedia("(pointer: coarse)").matches);
              }}
            >
              {name}
            </button>
            <IconButton
              label={outlineText.copyLink(name)}
              className="outline-link"
              onClick={() => {
                const node = editor.state.doc.nodeAt(heading.pos);
                const end = heading.pos + (node?.nodeSize ?? 0);
                void copyBlockLink(editor, { from: heading.pos, to: end });
              }}
            >
              <Link size={15} />
            </IconButton>
          </li>
        );
      })}
    </ol>
  );
}

/** The headings of the text beside it, and how long it is. On a phone a sheet. */
export default function OutlinePanel({ editor }: { readonly editor: Editor }) {
  const headings = useOutline(editor);
  const headingId = useId();
  const panel = useRef<HTMLElement>(null);
  const [before] = useState(() => document.activeElement);
  const onPhone = useMediaQuery(phone);
  useLayoutEffect(() => {
    const element = panel.current;
    element?.focus({ preventScroll: true });
    return () => {
      const isInside = element?.contains(document.activeElement) === true;
      if (isInside && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, [before]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    closeOutline();
  };
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-labelledby={headingId}
      className="outline-panel screen-only"
      data-testid="outline"
      onKeyDown={onKeyDown}
    >
      <div className="flex flex-none items-center gap-1 pr-1.5 pl-4">
        <h2 id={headingId} className="flex-1 py-2.5 text-md font-semibold">
          {outlineText.title}
        </h2>
        <IconButton label={outlineText.close} onClick={closeOutline}>
          <X size={17} />
        </IconButton>
      </div>
      {headings === null ? (
        <div className="flex flex-col gap-3 px-4 py-2" role="status" aria-label={outlineText.building}>
          <div className="skeleton h-4 w-4/5" />
          <div className="skeleton h-4 w-3/5" />
          <div className="skeleton h-4 w-2/3" />
        </div>
      ) : headings.length === 0 ? (
        <p className="px-4 pb-2 text-sm text-soft">
          {outlineText.empty}
          {editor.isEditable ? ` ${outlineText.emptyHint}` : null}
        </p>
      ) : (
        <HeadingList editor={editor} headings={headings} onGo={() => onPhone && closeOutline()} />
      )}
      <CountsLine editor={editor} />
    </aside>
  );
}
