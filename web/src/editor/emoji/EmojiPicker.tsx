import type { Editor } from "@tiptap/core";
import { posToDOMRect } from "@tiptap/core";
import { Popover } from "radix-ui";
import { Fragment, type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { loadEmoji } from "./emojiData.ts";
import { closeEmojiPicker, useEmojiPicking } from "./emojiPicking.ts";
import { type Emoji, matchingEmoji } from "./emojiSearch.ts";
import { recentEmoji, rememberEmoji } from "./recentEmoji.ts";
import { emojiText } from "./text.ts";

const columns = 8;

type Section = { readonly name: string; readonly emoji: readonly Emoji[] };

function sections(all: readonly Emoji[], query: string): readonly Section[] {
  const recent = recentEmoji();
  if (query.trim() !== "") return [{ name: "", emoji: matchingEmoji(all, query, { recent, limit: 96 }) }];
  const byUnicode = new Map(all.map((each) => [each.unicode, each]));
  const groups: Readonly<Record<string, string>> = emojiText.groups;
  return [
    { name: emojiText.recent, emoji: recent.flatMap((unicode) => byUnicode.get(unicode) ?? []) },
    ...Object.entries(groups).map(([group, name]) => ({
      name,
      emoji: all.filter((each) => each.group === Number(group)),
    })),
  ].filter(({ emoji }) => emoji.length > 0);
}

/** The place that an arrow key leads to; sections begin rows of their own. */
function moved(key: string, index: number, count: number): number | null {
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  return by === undefined ? null : Math.min(Math.max(index + by, 0), count - 1);
}

function Choice({ onChoose }: { readonly onChoose: (emoji: Emoji) => void }) {
  const [all, setAll] = useState<readonly Emoji[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  useEffect(() => {
    let current = true;
    loadEmoji().then(
      (emoji) => current && setAll(emoji),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, []);
  const shown = useMemo(() => (all === null ? [] : sections(all, query)), [all, query]);
  const flat = shown.flatMap(({ emoji }) => emoji);
  const index = Math.min(chosen, flat.length - 1);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: "nearest" });
  }, [index]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const emoji = flat[index];
    const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    const to = sideways && query !== "" && event.shiftKey ? null : moved(event.key, index, flat.length);
    if (event.key === "Enter" && emoji !== undefined) onChoose(emoji);
    else if (to !== null && flat.length > 0) setChosen(to);
    else return;
    event.preventDefault();
  };
  let place = -1;
  return (
    <>
      <input
        className="field"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={flat.length > 0 ? `${listId}-${index}` : undefined}
        aria-label={emojiText.search}
        placeholder={emojiText.search}
        autoComplete="off"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={emojiText.picker}
        className="emoji-list"
        tabIndex={0}
      >
        {shown.map(({ name, emoji }) => (
          <Fragment key={name}>
            {name === "" ? null : (
              <div className="menu-label col-span-full" role="presentation">
                {name}
              </div>
            )}
            {emoji.map((each) => {
              place += 1;
              const at = place;
              return (
                <div
                  key={`${name}-${each.unicode}`}
                  id={`${listId}-${at}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={at === index}
                  aria-label={each.label}
                  title={`${each.label} :${each.codes[0] ?? ""}:`}
                  data-index={at}
                  className="emoji-option"
                  onMouseDown={(event) => {
                    event.preventDefault();
                    onChoose(each);
                  }}
                >
                  {each.unicode}
                </div>
              );
            })}
          </Fragment>
        ))}
      </div>
      {all === null || flat.length === 0 ? (
        <p className="px-2 py-3 text-soft" role="status">
          {failed ? emojiText.unloaded : all === null ? emojiText.loading : emojiText.empty(query)}
        </p>
      ) : null}
    </>
  );
}

/** All emoji, to be searched and leafed through, at the caret. */
export function EmojiPicker({ editor }: { readonly editor: Editor }) {
  const { open } = useEmojiPicking();
  const anchor = useMemo(
    () => ({
      current: {
        getBoundingClientRect: () =>
          posToDOMRect(editor.view, editor.state.selection.from, editor.state.selection.to),
      },
    }),
    [editor],
  );
  useEffect(() => closeEmojiPicker, []);
  return (
    <Popover.Root open={open} onOpenChange={(next) => !next && closeEmojiPicker()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="floating w-[min(21rem,calc(100vw-1.5rem))] p-2"
          side="bottom"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label={emojiText.picker}
          data-testid="emoji-picker"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!editor.isDestroyed && editor.isEditable) editor.view.focus();
          }}
        >
          <Choice
            onChoose={({ unicode }) => {
              rememberEmoji(unicode);
              closeEmojiPicker();
              editor.view.dispatch(editor.state.tr.insertText(unicode).scrollIntoView());
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
