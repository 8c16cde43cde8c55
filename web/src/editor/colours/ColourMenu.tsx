import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { Baseline } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { blocksText } from "../blocks/text.ts";
import { keepFocus } from "../keepFocus.ts";
import { editorText } from "../text.ts";
import { ColourItems } from "./ColourItems.tsx";
import { setMarkColour } from "./setMarkColour.ts";

const chosenOf = (editor: Editor, mark: string): string | null | undefined => {
  if (!editor.isActive(mark)) return null;
  const color: unknown = editor.getAttributes(mark).color;
  return typeof color === "string" ? color : undefined;
};

type Props = {
  readonly editor: Editor;
  readonly disabled?: boolean;
  readonly wrap?: (button: ReactElement) => ReactElement;
  /** Where the menu is put; the page where nothing is said. */
  readonly container?: HTMLElement | null;
};

/** A button that opens the colours of letters and of the ground behind them. */
export function ColourMenu({ editor, disabled = false, wrap = (button) => button, container }: Props) {
  const { letters, ground } = useEditorState({
    editor,
    selector: ({ editor: live }) => ({
      letters: chosenOf(live, "textColor"),
      ground: chosenOf(live, "highlight"),
    }),
  });
  return (
    <DropdownMenu.Root modal={false}>
      {wrap(
        <DropdownMenu.Trigger
          className="icon-button"
          aria-label={editorText.colour}
          title={editorText.colour}
          disabled={disabled}
          data-letters={letters ?? undefined}
          onMouseDown={keepFocus}
        >
          <Baseline size={18} />
        </DropdownMenu.Trigger>,
      )}
      <DropdownMenu.Portal {...(container === undefined ? {} : { container })}>
        <DropdownMenu.Content
          className="floating w-60 p-2"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={editorText.colour}
          data-testid="colour-menu"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            editor.view.focus();
          }}
        >
          <ColourItems
            use="letters"
            label={blocksText.letters}
            {...(letters === undefined ? {} : { chosen: letters })}
            onChoose={(color) => setMarkColour(editor, "textColor", color)}
          />
          <ColourItems
            use="ground"
            label={blocksText.ground}
            {...(ground === undefined ? {} : { chosen: ground })}
            onChoose={(color) => setMarkColour(editor, "highlight", color)}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
