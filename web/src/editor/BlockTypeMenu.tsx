import type { Editor } from "@tiptap/core";
import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu, Toolbar } from "radix-ui";
import { editorText } from "./text.ts";

const levels = [1, 2, 3, 4] as const;

type Props = { readonly editor: Editor; readonly level: number };

export function BlockTypeMenu({ editor, level }: Props) {
  const current = level === 0 ? editorText.paragraph : editorText.heading(level);
  return (
    <DropdownMenu.Root modal={false}>
      <Toolbar.Button asChild>
        <DropdownMenu.Trigger
          className="icon-button w-28! justify-between! px-2.5 text-sm font-medium text-ink!"
          aria-label={`${editorText.blockType}: ${current}`}
          title={editorText.blockType}
        >
          <span className="truncate">{current}</span>
          <ChevronDown size={15} />
        </DropdownMenu.Trigger>
      </Toolbar.Button>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating min-w-44 p-1"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            editor.view.focus();
          }}
        >
          <DropdownMenu.Item className="menu-item" onSelect={() => editor.chain().setNode("paragraph").run()}>
            <span className="flex-1">{editorText.paragraph}</span>
            {level === 0 ? <Check size={15} /> : null}
          </DropdownMenu.Item>
          {levels.map((each) => (
            <DropdownMenu.Item
              key={each}
              className={`menu-item font-serif font-semibold ${["text-[1.25rem]", "text-[1.125rem]", "text-lg", "text-md"][each - 1]}`}
              onSelect={() => editor.chain().setNode("heading", { level: each }).run()}
            >
              <span className="flex-1">{editorText.heading(each)}</span>
              {level === each ? <Check size={15} /> : null}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
