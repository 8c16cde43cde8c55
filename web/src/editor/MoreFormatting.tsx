import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import {
  AlignCenter,
  AlignJustify,
  AlignLeft,
  AlignRight,
  Check,
  Ellipsis,
  type LucideIcon,
  Pilcrow,
  RemoveFormatting,
  Sigma,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactElement } from "react";
import { keepFocus } from "./keepFocus.ts";
import { activeMarks, clearFormatting, scriptButtons, toggleMark } from "./marks.ts";
import { selectionToMath } from "./math/insertMath.ts";
import { shortcut } from "./shortcut.ts";
import { editorText } from "./text.ts";

const alignments: readonly (readonly [string | null, string, LucideIcon])[] = [
  [null, editorText.alignments.start, Pilcrow],
  ["left", editorText.alignments.left, AlignLeft],
  ["center", editorText.alignments.center, AlignCenter],
  ["right", editorText.alignments.right, AlignRight],
  ["justify", editorText.alignments.justify, AlignJustify],
];

type Props = {
  readonly editor: Editor;
  readonly wrap?: (button: ReactElement) => ReactElement;
  /** Where the menu is put; the page where nothing is said. */
  readonly container?: HTMLElement | null;
};

/** What is needed less often: how the text is aligned, raised and lowered letters, a formula, and nothing of it all. */
export function MoreFormatting({ editor, wrap = (button) => button, container }: Props) {
  const { marks, aligned, code } = useEditorState({
    editor,
    selector: ({ editor: live }) => ({
      marks: activeMarks(live),
      aligned: alignments.find(([name]) => name !== null && live.isActive({ textAlign: name }))?.[0] ?? null,
      code: live.isActive("codeBlock"),
    }),
  });
  const align = (name: string | null) => {
    const chain = editor.chain().focus();
    if (name === null) chain.unsetTextAlign().run();
    else chain.setTextAlign(name).run();
  };
  return (
    <DropdownMenu.Root modal={false}>
      {wrap(
        <DropdownMenu.Trigger
          className="icon-button"
          aria-label={editorText.more}
          title={editorText.more}
          onMouseDown={keepFocus}
        >
          <Ellipsis size={18} />
        </DropdownMenu.Trigger>,
      )}
      <DropdownMenu.Portal {...(container === undefined ? {} : { container })}>
        <DropdownMenu.Content
          className="floating max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-56 overflow-y-auto p-1"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={editorText.more}
          data-testid="more-formatting"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            editor.view.focus();
          }}
        >
          {scriptButtons.map(({ name, label, keys, Icon }) => (
            <DropdownMenu.CheckboxItem
              key={name}
              className="menu-item"
              checked={marks[name]}
              disabled={code}
              onSelect={() => toggleMark(editor, name)}
            >
              <Icon size={16} />
              <span className="flex-1">{label}</span>
              {marks[name] ? (
                <Check size={15} />
              ) : (
                <kbd className="font-sans text-xs text-faint">{shortcut(keys)}</kbd>
              )}
            </DropdownMenu.CheckboxItem>
          ))}
          <DropdownMenu.Item className="menu-item" disabled={code} onSelect={() => selectionToMath(editor)}>
            <Sigma size={16} />
            <span className="flex-1">{editorText.math}</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" disabled={code} onSelect={() => clearFormatting(editor)}>
            <RemoveFormatting size={16} />
            <span className="flex-1">{editorText.clearFormatting}</span>
            <kbd className="font-sans text-xs text-faint">{shortcut("Mod-\\")}</kbd>
          </DropdownMenu.Item>
          <DropdownMenu.Label className="menu-label">{editorText.alignment}</DropdownMenu.Label>
          {alignments.map(([name, label, Icon]) => (
            <DropdownMenu.CheckboxItem
              key={label}
              className="menu-item"
              checked={aligned === name}
              disabled={code}
              onSelect={() => align(name)}
            >
              <Icon size={16} />
              <span className="flex-1">{label}</span>
              {aligned === name ? <Check size={15} /> : null}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
