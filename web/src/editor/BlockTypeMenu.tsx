import type { Editor } from "@tiptap/core";
import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { chosenBlocks, turnBlocks } from "./blocks/blockActions.ts";
import { kinds } from "./blocks/kinds.ts";
import { keepFocus } from "./keepFocus.ts";
import { shortcut } from "./shortcut.ts";
import { editorText } from "./text.ts";

type Props = {
  readonly editor: Editor;
  /** Of the block with the caret; null for what is none of them. */
  readonly current: string | null;
  /** Puts the button where it belongs: in a toolbar, as one of its stops. */
  readonly wrap?: (button: ReactElement) => ReactElement;
  /** Where the menu is put; the page where nothing is said. */
  readonly container?: HTMLElement | null;
};

/** Shows what kind of block the caret is in, and turns the chosen ones into another. */
export function BlockTypeMenu({ editor, current, wrap = (button) => button, container }: Props) {
  const name = kinds.find(({ id }) => id === current)?.label ?? editorText.otherBlock;
  return (
    <DropdownMenu.Root modal={false}>
      {wrap(
        <DropdownMenu.Trigger
          className="icon-button w-30! justify-between! px-2.5 text-sm font-medium text-ink!"
          aria-label={`${editorText.blockType}: ${name}`}
          title={editorText.blockType}
          onMouseDown={keepFocus}
        >
          <span className="truncate">{name}</span>
          <ChevronDown size={15} />
        </DropdownMenu.Trigger>,
      )}
      <DropdownMenu.Portal {...(container === undefined ? {} : { container })}>
        <DropdownMenu.Content
          className="floating max-h-[min(30rem,var(--radix-dropdown-menu-content-available-height))] min-w-56 overflow-y-auto p-1"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={editorText.blockType}
          data-testid="block-types"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            editor.view.focus();
          }}
        >
          {kinds.map(({ id, kind, label, keys, Icon }) => (
            <DropdownMenu.Item
              key={id}
              className="menu-item"
              onSelect={() => {
                const range = chosenBlocks(editor, "cells");
                if (range !== null && id !== current) turnBlocks(editor, range, kind);
              }}
            >
              <Icon size={17} />
              <span className="flex-1">{label}</span>
              {id === current ? (
                <Check size={15} />
              ) : keys === undefined ? null : (
                <kbd className="font-sans text-xs text-faint">{shortcut(keys)}</kbd>
              )}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
