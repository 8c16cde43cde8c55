import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import {
  Link,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Minus,
  Quote,
  Redo2,
  SquareCode,
  Table,
  Undo2,
} from "lucide-react";
import { Toolbar as Bar } from "radix-ui";
import { BlockTypeMenu } from "./BlockTypeMenu.tsx";
import { keepFocus } from "./keepFocus.ts";
import { editLink } from "./linkEditing.ts";
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

export function Toolbar({ editor }: { readonly editor: Editor }) {
  useKeyboardInset();
  const state = useEditorState({
    editor,
    selector: ({ editor: live }) => ({
      ...activeMarks(live),
      level: live.isActive("heading") ? Number(live.getAttributes("heading").level) : 0,
      bulletList: live.isActive("bulletList"),
      orderedList: live.isActive("orderedList"),
      taskList: live.isActive("taskList"),
      quote: live.isActive("blockquote"),
      codeBlock: live.isActive("codeBlock"),
      canUndo: live.can().undo(),
      canRedo: live.can().redo(),
    }),
  });
  const focused = () => editor.chain().focus();
  return (
    <Bar.Root className="editor-toolbar screen-only" aria-label={editorText.toolbar} data-testid="toolbar">
      <div className="editor-toolbar-scroll">
        <BlockTypeMenu editor={editor} level={state.level} />
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
        <BarButton
          label={editorText.quote}
          keys="Mod-Shift-b"
          Icon={Quote}
          pressed={state.quote}
          onPress={() => focused().toggleBlockquote().run()}
        />
        <BarButton
          label={editorText.codeBlock}
          keys="Mod-Alt-c"
          Icon={SquareCode}
          pressed={state.codeBlock}
          onPress={() => focused().toggleCodeBlock().run()}
        />
        <BarButton
          label={editorText.table}
          Icon={Table}
          onPress={() => focused().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}
        />
        <BarButton
          label={editorText.divider}
          Icon={Minus}
          onPress={() => focused().setHorizontalRule().run()}
        />
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
