import type { SuggestionKeyDownProps, SuggestionProps } from "@tiptap/suggestion";
import {
  Fragment,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";

/** What every menu that opens while one types shows of its items. */
export type Suggested = {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly group?: string;
  readonly description?: string;
  readonly keys?: string;
};

export type SuggestionMenuHandle = { readonly onKeyDown: (props: SuggestionKeyDownProps) => boolean };

export type MenuTexts = {
  readonly testId: string;
  readonly label: string;
  /** Null: without matches there is no menu, for what was typed may well be meant as it stands. */
  readonly empty: ((query: string) => string) | null;
};

type Props<Item extends Suggested> = SuggestionProps<Item, Item> & {
  readonly texts: MenuTexts;
  readonly ref?: Ref<SuggestionMenuHandle>;
};

const page = 6;

/** Where a key leads in the list; null when it is none of its keys. */
function next(key: string, index: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return (index + 1) % count;
    case "ArrowUp":
      return (index + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case "PageDown":
      return Math.min(index + page, count - 1);
    case "PageUp":
      return Math.max(index - page, 0);
    default:
      return null;
  }
}

export function SuggestionMenu<Item extends Suggested>({
  editor,
  items,
  query,
  loading,
  command,
  texts,
  ref,
}: Props<Item>) {
  const [selected, setSelected] = useState(0);
  const [askedFor, setAskedFor] = useState(query);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  if (askedFor !== query) {
    setAskedFor(query);
    setSelected(0);
  }
  const index = Math.min(selected, items.length - 1);
  const optionId = `${listId}-${index}`;

  useEffect(() => {
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: "nearest" });
  }, [index]);

  // The caret stays in the text: the text says which option is meant.
  useEffect(() => {
    const { dom } = editor.view;
    dom.setAttribute("aria-haspopup", "listbox");
    return () => {
      if (editor.isDestroyed) return;
      for (const name of ["aria-haspopup", "aria-controls", "aria-activedescendant"])
        dom.removeAttribute(name);
    };
  }, [editor]);
  useEffect(() => {
    const { dom } = editor.view;
    if (items.length === 0) {
      dom.removeAttribute("aria-activedescendant");
      return;
    }
    dom.setAttribute("aria-controls", listId);
    dom.setAttribute("aria-activedescendant", optionId);
  }, [editor, items.length, listId, optionId]);

  useImperativeHandle(ref, () => ({
    onKeyDown({ event }) {
      if (items.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
      const to = event.shiftKey ? null : next(event.key, index, items.length);
      if (to !== null) setSelected(to);
      else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") {
        const item = items[index];
        if (item !== undefined) command(item);
      } else return false;
      return true;
    },
  }));

  if (items.length === 0)
    return loading || texts.empty === null ? null : (
      <p
        className="floating max-w-[min(20rem,90vw)] px-3.5 py-2.5 text-soft"
        role="status"
        data-testid={`${texts.testId}-empty`}
      >
        {texts.empty(query)}
      </p>
    );

  return (
    <div
      ref={list}
      id={listId}
      role="listbox"
      aria-label={texts.label}
      className="floating max-h-[min(22rem,45vh)] w-[min(19rem,92vw)] overflow-y-auto p-1"
      data-testid={`${texts.testId}-menu`}
    >
      {items.map((item, position) => (
        <Fragment key={item.id}>
          {item.group !== undefined && item.group !== items[position - 1]?.group ? (
            <div className="menu-label" role="presentation">
              {item.group}
            </div>
          ) : null}
          <div
            role="option"
            id={`${listId}-${position}`}
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
            {item.icon}
            <span className="min-w-0 flex-1">
              <span className="block truncate">{item.label}</span>
              {item.description === undefined ? null : (
                <span className="block truncate text-xs text-faint">{item.description}</span>
              )}
            </span>
            {item.keys === undefined ? null : <kbd className="font-mono text-xs text-faint">{item.keys}</kbd>}
          </div>
        </Fragment>
      ))}
    </div>
  );
}
