import { isSafeHref } from "@palimpsest/schema";
import { type Editor, isTextSelection } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { BubbleMenu } from "@tiptap/react/menus";
import { Copy, ExternalLink, Link, Pencil, Unlink } from "lucide-react";
import { type ComponentProps, useEffect, useState } from "react";
import { copyText } from "../app/copyText.ts";
import { IconButton } from "../app/IconButton.tsx";
import { later } from "../app/later.tsx";
import { toast } from "../app/toast.ts";
import { phone, useMediaQuery } from "../app/useMediaQuery.ts";
import { kindIdAtCaret } from "./blocks/kinds.ts";
import { keepFocus } from "./keepFocus.ts";
import { editLink } from "./linkEditing.ts";
import { activeMarks, markButtons, toggleMark } from "./marks.ts";
import { shortcut } from "./shortcut.ts";
import { editorText } from "./text.ts";

// The bubble itself is there from the start: a plugin that comes later renders the whole text anew, under who types.
const BlockTypeMenu = later(async () => (await import("./BlockTypeMenu.tsx")).BlockTypeMenu);
const ColourMenu = later(async () => (await import("./colours/ColourMenu.tsx")).ColourMenu);
const MoreFormatting = later(async () => (await import("./MoreFormatting.tsx")).MoreFormatting);

function hasTextSelected(editor: Editor): boolean {
  const { selection, doc } = editor.state;
  return (
    !selection.empty &&
    isTextSelection(selection) &&
    !selection.$from.parent.type.spec.code &&
    doc.textBetween(selection.from, selection.to).length > 0
  );
}

/** Tab in a table selects what the next cell holds: over it a bubble would hide the cells that come after. */
function isWholeCell({ state }: Editor): boolean {
  const { $from, $to } = state.selection;
  const inCell = $from.depth > 0 && /^table(Cell|Header)$/.test($from.node(-1)?.type.name ?? "");
  return inCell && $from.sameParent($to) && $from.parentOffset === 0 && $to.pos === $to.end();
}

function linkOf(editor: Editor): string | null {
  const href: unknown = editor.getAttributes("link").href;
  return typeof href === "string" ? href : null;
}

function removeLink(editor: Editor): void {
  const { from, to } = editor.state.selection;
  // Without putting the selection back, the next key would replace the words that were linked.
  editor.chain().extendMarkRange("link").unsetLink().setTextSelection({ from, to }).run();
  editor.view.focus();
}

async function copyLink(href: string): Promise<void> {
  if (await copyText(href)) toast.success(editorText.linkCopied);
  else toast.error(editorText.linkNotCopied);
}

function LinkCard({ editor, href }: { readonly editor: Editor; readonly href: string }) {
  return (
    <div
      className="floating flex max-w-[min(26rem,92vw)] items-center p-1 pl-3"
      role="toolbar"
      aria-label={editorText.linkMenu}
      data-testid="link-card"
      onMouseDown={keepFocus}
    >
      <a
        href={isSafeHref(href) ? href : undefined}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="mr-1 min-w-0 truncate text-sm text-accent underline underline-offset-2"
      >
        {href.replace(/^(https?:\/\/|mailto:)/, "")}
      </a>
      <IconButton label={editorText.linkEdit} shortcut={shortcut("Mod-k")} onClick={editLink}>
        <Pencil size={16} />
      </IconButton>
      <IconButton label={editorText.linkCopy} onClick={() => void copyLink(href)}>
        <Copy size={16} />
      </IconButton>
      <IconButton
        label={editorText.linkOpen}
        onClick={() => isSafeHref(href) && window.open(href, "_blank", "noopener,noreferrer")}
      >
        <ExternalLink size={16} />
      </IconButton>
      <IconButton label={editorText.linkRemove} onClick={() => removeLink(editor)}>
        <Unlink size={16} />
      </IconButton>
    </div>
  );
}

type ShouldShow = NonNullable<ComponentProps<typeof BubbleMenu>["shouldShow"]>;

const menuKey = "selectionMenu";

// Outside of the component: the menu dispatches a transaction whenever one of these is another object than before.
const page = () => document.querySelector<HTMLElement>("main:not([hidden])") ?? document.body;
const placement = {
  placement: "top",
  offset: 8,
  flip: { padding: { top: 100 } },
  shift: { padding: 8 },
} as const;
const layer = { zIndex: 20 };
const shouldShow: ShouldShow = ({ editor, element, view }) => {
  if (!editor.isEditable || !(view.hasFocus() || element.contains(document.activeElement))) return false;
  // On a phone the system's own menu stands over a selection, and the toolbar has the marks.
  if (hasTextSelected(editor)) return !window.matchMedia(phone).matches && !isWholeCell(editor);
  return editor.state.selection.empty && editor.isActive("link");
};

export function SelectionMenu({ editor }: { readonly editor: Editor }) {
  const onPhone = useMediaQuery(phone);
  const { selected, href, marks, kind } = useEditorState({
    editor,
    selector: ({ editor: live }) => ({
      selected: hasTextSelected(live),
      href: linkOf(live),
      marks: activeMarks(live),
      kind: kindIdAtCaret(live),
    }),
  });
  const shows = selected && !onPhone ? "marks" : href;
  // The bubble goes when the focus leaves it: its menus open inside of it.
  const [bubble, setBubble] = useState<HTMLDivElement | null>(null);
  // The menu is placed before React has filled it, with the size of what it held last.
  useEffect(() => {
    if (shows !== null) editor.view.dispatch(editor.state.tr.setMeta(menuKey, "updatePosition"));
  }, [editor, shows]);

  return (
    <BubbleMenu
      editor={editor}
      pluginKey={menuKey}
      updateDelay={120}
      appendTo={page}
      options={placement}
      shouldShow={shouldShow}
      style={layer}
    >
      {shows === "marks" ? (
        <div
          ref={setBubble}
          className="floating flex p-1"
          role="toolbar"
          aria-label={editorText.selectionMenu}
          data-testid="bubble-menu"
          onMouseDown={keepFocus}
        >
          <BlockTypeMenu editor={editor} current={kind} container={bubble} />
          {markButtons.map(({ name, label, keys, Icon }) => (
            <IconButton
              key={name}
              label={label}
              shortcut={shortcut(keys)}
              aria-pressed={marks[name]}
              onClick={() => toggleMark(editor, name)}
            >
              <Icon size={17} />
            </IconButton>
          ))}
          <IconButton
            label={editorText.link}
            shortcut={shortcut("Mod-k")}
            aria-pressed={marks.link}
            onClick={editLink}
          >
            <Link size={17} />
          </IconButton>
          <ColourMenu editor={editor} container={bubble} />
          <MoreFormatting editor={editor} container={bubble} />
        </div>
      ) : href !== null ? (
        <LinkCard editor={editor} href={href} />
      ) : null}
    </BubbleMenu>
  );
}
