import { Check } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { matchingItems } from "../slash/matchingItems.ts";
import { closePicker, type Picking, usePicking } from "./picking.ts";

function Choice({ picking }: { readonly picking: Picking }) {
  const { options, chosen, search, label } = picking;
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      options.findIndex(({ id }) => id === chosen),
    ),
  );
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const shown = useMemo(
    () =>
      matchingItems(
        options.map((option) => ({ ...option, aliases: option.aliases ?? [] })),
        query,
      ),
    [options, query],
  );
  const index = Math.min(at, shown.length - 1);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: "nearest" });
  }, [index]);
  useEffect(() => {
    if (search === undefined) list.current?.focus();
  }, [search]);

  const choose = (id: string) => {
    picking.onChoose(id);
    closePicker();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const option = shown[index];
    if (event.nativeEvent.isComposing || option === undefined) return;
    const { key } = event;
    if (key === "Enter" || (key === " " && search === undefined)) choose(option.id);
    else if (key === "ArrowDown") setAt((index + 1) % shown.length);
    else if (key === "ArrowUp") setAt((index + shown.length - 1) % shown.length);
    else if (key === "Home" && search === undefined) setAt(0);
    else if (key === "End" && search === undefined) setAt(shown.length - 1);
    else return;
    event.preventDefault();
  };
  const active = shown.length > 0 ? `${listId}-${index}` : undefined;
  return (
    <>
      {search === undefined ? null : (
        <input
          className="field mb-1"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={active}
          aria-label={search.label}
          placeholder={search.label}
          autoComplete="off"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      )}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={label}
        aria-activedescendant={search === undefined ? active : undefined}
        className="max-h-[min(18rem,45vh)] overflow-y-auto outline-none"
        tabIndex={0}
        onKeyDown={search === undefined ? onKeyDown : undefined}
      >
        {shown.map((option, position) => (
          <div
            key={option.id}
            id={`${listId}-${position}`}
            role="option"
            tabIndex={-1}
            aria-selected={position === index}
            data-index={position}
            className="menu-item cursor-pointer"
            onMouseMove={() => setAt(position)}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(option.id);
            }}
          >
            {option.icon}
            <span className="flex-1">{option.label}</span>
            {option.id === chosen ? <Check size={15} /> : null}
          </div>
        ))}
      </div>
      {shown.length === 0 && search !== undefined ? (
        <p className="px-2.5 py-2 text-soft" role="status">
          {search.empty(query)}
        </p>
      ) : null}
    </>
  );
}

/** The list that a control in the text opened. */
export function Picker() {
  const { picking } = usePicking();
  const anchor = useMemo(() => ({ current: picking?.anchor ?? document.body }), [picking]);
  const last = useRef(picking);
  if (picking !== null) last.current = picking;
  useEffect(() => closePicker, []);
  return (
    <Popover.Root open={picking !== null} onOpenChange={(next) => !next && closePicker()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className="floating w-56 p-1"
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label={picking?.label}
          data-testid="picker"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            last.current?.onClose();
          }}
        >
          {picking === null ? null : <Choice picking={picking} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
