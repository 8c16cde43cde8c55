import { isSafeHref } from "@palimpsest/schema";
import { type Editor, isTextSelection } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { BubbleMenu } from "@tiptap/react/menus";
import { ExternalLink, Link, Pencil, Unlink } from "lucide-react";
import { IconButton } from "../app/IconButton.tsx";
import { phone, useMediaQuery } from "../app/useMediaQuery.ts";
import { editLink } from "./linkEditing.ts";
import { activeMarks, markButtons, toggleMark } from "./marks.ts";
import { shortcut } from "./shortcut.ts";
import { editorText } from "./text.ts";

function hasTextSelected(editor: Editor): boolean {
  const { selection, doc } = editor.state;
  return (
    !selection.empty &&
    isTextSelection(selection) &&
    !selection.$from.parent.type.spec.code &&
    doc.textBetween(selection.from, selection.to).length > 0
  );
}

function LinkCard({ editor, href }: { readonly editor: Editor; readonly href: string }) {
  return (
    <div
      className="floating flex max-w-[min(26rem,92vw)] items-center p-1 pl-3"
      role="toolbar"
      aria-label={editorText.linkMenu}
      data-testid="link-card"
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
      <IconButton
        label={editorText.linkOpen}
        onClick={() => isSafeHref(href) && window.open(href, "_blank", "noopener,noreferrer")}
      >
        <ExternalLink size={16} />
      </IconButton>
      <IconButton
        label={editorText.linkRemove}
        onClick={() => editor.chain().focus().extendMarkRange("link").unsetLink().run()}
      >
        <Unlink size={16} />
      </IconButton>
    </div>
  );
}

export function SelectionMenu({ editor }: { readonly editor: Editor }) {
  const onPhone = useMediaQuery(phone);
  const { selected, href, marks } = useEditorState({
    editor,
    selector: ({ editor: live }) => ({
      selected: hasTextSelected(live),
      href: (live.getAttributes("link").href as unknown) ?? null,
      marks: activeMarks(live),
    }),
  });
  return (
    <BubbleMenu
      editor={editor}
      updateDelay={120}
      appendTo={() => document.body}
      options={{ placement: "top", offset: 8, flip: true, shift: { padding: 8 } }}
      shouldShow={({ editor: live, element, view }) => {
        if (!live.isEditable || !(view.hasFocus() || element.contains(document.activeElement))) return false;
        // On a phone the system's own menu stands over a selection, and the toolbar has the marks.
        if (hasTextSelected(live)) return !window.matchMedia(phone).matches;
        return live.state.selection.empty && live.isActive("link");
      }}
      style={{ zIndex: 40 }}
    >
      {selected && !onPhone ? (
        <div
          className="floating flex p-1"
          role="toolbar"
          aria-label={editorText.selectionMenu}
          data-testid="bubble-menu"
        >
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
        </div>
      ) : typeof href === "string" ? (
        <LinkCard editor={editor} href={href} />
      ) : null}
    </BubbleMenu>
  );
}
