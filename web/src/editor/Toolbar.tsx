import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import {
  GripVertical,
  ImagePlus,
  Link,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Plus,
  Redo2,
  Smile,
  Undo2,
} from "lucide-react";
import { Toolbar as Bar } from "radix-ui";
import type { ReactElement } from "react";
import { BlockTypeMenu } from "./BlockTypeMenu.tsx";
import { addBlock, chosenBlocks } from "./blocks/blockActions.ts";
import { openBlockMenu } from "./blocks/blockMenuState.ts";
import { kindIdAtCaret } from "./blocks/kinds.ts";
import { ColourMenu } from "./colours/ColourMenu.tsx";
import { openEmojiPicker } from "./emoji/emojiPicking.ts";
import { emojiText } from "./emoji/text.ts";
import { pickPictures } from "./images/slashEntries.ts";
import { imagesText } from "./images/text.ts";
import { keepFocus } from "./keepFocus.ts";
import { editLink } from "./linkEditing.ts";
import { MoreFormatting } from "./MoreFormatting.tsx";
import { activeMarks, markButtons, toggleMark } from "./marks.ts";
import { shortcut } from "./shortcut.ts";
import { editorText } from "./text.ts";
import { useKeyboardInset } from "./useKeyboardInset.ts";

type ButtonProps = {
  readonly label: string;
  readonly keys?: string;
  readonly Icon: LucideIcon;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
};

function BarButton({ label, keys, Icon, pressed, disabled = false, onPress }: ButtonProps) {
  return (
    <Bar.Button
      type="button"
      aria-label={label}
      title={keys === undefined ? label : `${label} (${shortcut(keys)})`}
      aria-pressed={pressed}
      disabled={disabled}
      className="icon-button"
      onMouseDown={keepFocus}
      onClick={onPress}
    >
      <Icon size={18} />
    </Bar.Button>
  );
}

const Gap = () => <Bar.Separator className="mx-1 h-5 w-px flex-none bg-line" />;

const stop = (button: ReactElement) => <Bar.Button asChild>{button}</Bar.Button>;

/** Asks for a block where the caret is: in an empty line at once, else on a new one below. */
function insert(editor: Editor): void {
  const { $from } = editor.state.selection;
  const range = chosenBlocks(editor, "cells");
  const isFree = $from.parent.type.name === "paragraph" && $from.parent.content.size === 0;
  if (!isFree && range !== null) addBlock(editor, range, false);
  editor.view.focus();
  editor.view.dispatch(editor.state.tr.insertText("/"));
}

export function Toolbar({ editor }: { readonly editor: Editor }) {
  useKeyboardInset();
  const state = useEditorState({
    editor,
    selector: ({ editor: live }) => ({
      ...activeMarks(live),
      kind: kindIdAtCaret(live),
      bulletList: live.isActive("bulletList"),
      orderedList: live.isActive("orderedList"),
      taskList: live.isActive("taskList"),
      codeBlock: live.isActive("codeBlock"),
      canUndo: live.can().undo(),
      canRedo: live.can().redo(),
    }),
  });
  const focused = () => editor.chain().focus();
  return (
    <Bar.Root className="editor-toolbar screen-only" aria-label={editorText.toolbar} data-testid="toolbar">
      <div className="editor-toolbar-scroll">
        <BarButton label={editorText.insert} Icon={Plus} onPress={() => insert(editor)} />
        <BlockTypeMenu editor={editor} current={state.kind} wrap={stop} />
        <Gap />
        {markButtons.map(({ name, label, keys, Icon }) => (
          <BarButton
            key={name}
            label={label}
            keys={keys}
            Icon={Icon}
            pressed={state[name]}
            disabled={state.codeBlock}
            onPress={() => toggleMark(editor, name)}
          />
        ))}
        <BarButton
          label={editorText.link}
          keys="Mod-k"
          Icon={Link}
          pressed={state.link}
          disabled={state.codeBlock}
          onPress={editLink}
        />
        <ColourMenu editor={editor} disabled={state.codeBlock} wrap={stop} />
        <MoreFormatting editor={editor} wrap={stop} />
        <Gap />
        <BarButton
          label={editorText.bulletList}
          keys="Mod-Shift-8"
          Icon={List}
          pressed={state.bulletList}
          onPress={() => focused().toggleBulletList().run()}
        />
        <BarButton
          label={editorText.orderedList}
          keys="Mod-Shift-7"
          Icon={ListOrdered}
          pressed={state.orderedList}
          onPress={() => focused().toggleOrderedList().run()}
        />
        <BarButton
          label={editorText.taskList}
          keys="Mod-Shift-9"
          Icon={ListChecks}
          pressed={state.taskList}
          onPress={() => focused().toggleTaskList().run()}
        />
        <Gap />
        <BarButton label={imagesText.picture} Icon={ImagePlus} onPress={() => pickPictures(editor)} />
        <BarButton label={emojiText.menu} Icon={Smile} disabled={state.codeBlock} onPress={openEmojiPicker} />
        <BarButton label={editorText.block} keys="Mod-/" Icon={GripVertical} onPress={openBlockMenu} />
        <Gap />
        <BarButton
          label={editorText.undo}
          keys="Mod-z"
          Icon={Undo2}
          disabled={!state.canUndo}
          onPress={() => focused().undo().run()}
        />
        <BarButton
          label={editorText.redo}
          keys="Mod-Shift-z"
          Icon={Redo2}
          disabled={!state.canRedo}
          onPress={() => focused().redo().run()}
        />
      </div>
    </Bar.Root>
  );
}
