import type { SuggestionKeyDownProps, SuggestionProps } from "@tiptap/suggestion";
import { Fragment, type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { SlashItem } from "./slashItems.ts";
import { editorText } from "./text.ts";

export type SlashMenuHandle = { readonly onKeyDown: (props: SuggestionKeyDownProps) => boolean };

type Props = SuggestionProps<SlashItem, SlashItem> & { readonly ref?: Ref<SlashMenuHandle> };

export function SlashMenu({ items, query, loading, command, ref }: Props) {
  const [selected, setSelected] = useState(0);
  const [askedFor, setAskedFor] = useState(query);
  const list = useRef<HTMLDivElement>(null);
  if (askedFor !== query) {
    setAskedFor(query);
    setSelected(0);
  }
  const index = Math.min(selected, items.length - 1);

  useEffect(() => {
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: "nearest" });
  }, [index]);

  useImperativeHandle(ref, () => ({
    onKeyDown({ event }) {
      if (items.length === 0) return false;
      if (event.key === "ArrowDown") setSelected((index + 1) % items.length);
      else if (event.key === "ArrowUp") setSelected((index + items.length - 1) % items.length);
      else if (event.key === "Enter" || event.key === "Tab") {
        const item = items[index];
        if (item !== undefined) command(item);
      } else return false;
      return true;
    },
  }));

  if (items.length === 0)
    return loading ? null : (
      <p className="floating px-3.5 py-2.5 text-soft" data-testid="slash-empty">
        {editorText.slashEmpty(query)}
      </p>
    );

  return (
    <div
      ref={list}
      role="listbox"
      aria-label={editorText.slashMenu}
      className="floating max-h-[min(22rem,45vh)] w-60 overflow-y-auto p-1"
      data-testid="slash-menu"
    >
      {items.map((item, position) => (
        <Fragment key={item.id}>
          {query === "" && item.group !== items[position - 1]?.group ? (
            <div className="menu-label">{item.group}</div>
          ) : null}
          <div
            role="option"
            aria-selected={position === index}
            tabIndex={-1}
            data-index={position}
            className="menu-item cursor-pointer"
            onMouseMove={() => setSelected(position)}
            onMouseDown={(event) => {
              event.preventDefault();
              command(item);
            }}
          >
            <item.Icon size={18} />
            <span className="flex-1">{item.label}</span>
            {item.keys === undefined ? null : <kbd className="font-mono text-xs text-faint">{item.keys}</kbd>}
          </div>
        </Fragment>
      ))}
    </div>
  );
}
