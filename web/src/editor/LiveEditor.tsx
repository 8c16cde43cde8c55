import { type Editor, EditorContent, useEditor } from "@tiptap/react";
import { lazy, type MouseEvent, memo, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { later } from "../app/later.tsx";
import { settle } from "../app/settled.ts";
import { Title } from "../document/Title.tsx";
import type { Room } from "../document/useRoom.ts";
import { usePreferences } from "../shell/preferences.ts";
import "./styles/content.css";
import { useBlockLink } from "./blocks/useBlockLink.ts";
import { closeFindBar, useFindBar } from "./finding/findBar.ts";
import { useFindKeys } from "./finding/useFindKeys.ts";
import { assetAddressIn } from "./images/assetAddress.ts";
import { ImageMenu } from "./images/ImageMenu.tsx";
import "./images/pictures.css";
import { closeLink } from "./linkEditing.ts";
import { liveExtensions } from "./liveExtensions.ts";
import { useOutlinePanel } from "./outline/outlinePanel.ts";
import { useOutlineKeys } from "./outline/useOutlineKeys.ts";
import { ownSelection } from "./ownSelection.ts";
import { hints } from "./placeholders.ts";
import { SelectionMenu } from "./SelectionMenu.tsx";
import { usePublishEditor } from "./shownEditor.ts";
import { editorText } from "./text.ts";
import { useReceding } from "./useReceding.ts";

const Toolbar = later(
  async () => (await import("./Toolbar.tsx")).Toolbar,
  () => (
    <div className="editor-toolbar screen-only" aria-hidden="true">
      <div className="editor-toolbar-scroll" />
    </div>
  ),
);
const OutlinePanel = lazy(() => import("./outline/OutlinePanel.tsx"));
const FindBar = lazy(async () => ({ default: (await import("./finding/FindBar.tsx")).FindBar }));
// What opens at a selection, a click or a key comes once the text can be written in.
const Handles = later(async () => (await import("./Menus.tsx")).Handles);
const Menus = later(async () => (await import("./Menus.tsx")).Menus);

type Props = {
  readonly room: Room;
  readonly readOnly: boolean;
  readonly hidden: boolean;
};

// What the header, the toolbar and, on a phone, the toolbar at the bottom lie over. Not `scroll-padding` of the page: the browser
// applies it to fixed elements too, and would scroll the text whenever a menu in the header takes the focus.
const hiddenEdges = { top: 112, bottom: 72, left: 0, right: 0 };

/** A click below the last line belongs to the text: it goes to its end, and after a table or code block to a new line. */
function continueAtEnd(editor: Editor): void {
  const last = editor.state.doc.lastChild;
  const ends = last?.type.name === "paragraph" || last?.type.name === "heading";
  const chain = editor.chain();
  if (!ends) chain.insertContentAt(editor.state.doc.content.size, { type: "paragraph" });
  chain.focus("end").run();
}

/** Memoized: the page around it renders at every acknowledgement, that is several times a second while somebody types. */
export const LiveEditor = memo(function LiveEditor({ room, readOnly, hidden }: Props) {
  const [initiallyEditable] = useState(!readOnly);
  const surface = useRef<HTMLDivElement>(null);
  const editor = useEditor(
    {
      extensions: liveExtensions(room),
      editable: initiallyEditable,
      injectCSS: false,
      editorProps: {
        scrollThreshold: hiddenEdges,
        scrollMargin: hiddenEdges,
        attributes: {
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": editorText.body,
          class: "content",
          style: hints,
        },
      },
    },
    [room],
  );
  const receding = useReceding(surface);

  useEffect(() => {
    editor.setEditable(!readOnly, false);
    if (readOnly) closeLink();
  }, [editor, readOnly]);
  useEffect(() => closeLink, []);
  useEffect(() => {
    const own = () => {
      ownSelection(editor.view.dom);
      settle();
    };
    // an editor that takes another one's place gets its view after this
    if (surface.current?.querySelector(".ProseMirror") != null && !editor.isDestroyed) own();
    editor.on("mount", own);
    return () => {
      editor.off("mount", own);
    };
  }, [editor]);
  useBlockLink(editor, !hidden);
  const finding = useFindBar(({ asked }) => asked !== null);
  useFindKeys(!hidden);
  const outlineOpen = useOutlinePanel(({ open }) => open);
  useOutlineKeys(!hidden);
  usePublishEditor(editor, !hidden);
  const spellCheck = usePreferences((preferences) => preferences.spellCheck);
  useEffect(() => {
    if (hidden) closeFindBar();
  }, [hidden]);
  useEffect(() => closeFindBar, []);

  const toBody = useCallback(() => {
    // Not TipTap's focus command: it waits for a frame, in which the next keys would go to the title.
    editor.commands.setTextSelection(1);
    editor.view.focus();
  }, [editor]);

  const onMouseDown = (event: MouseEvent) => {
    if (event.target !== surface.current || readOnly) return;
    event.preventDefault();
    continueAtEnd(editor);
  };

  return (
    <main hidden={hidden} data-receding={receding} spellCheck={spellCheck}>
      {readOnly ? null : <Toolbar editor={editor} />}
      <div className="page-column flex min-h-[calc(100dvh-var(--header-height)-var(--toolbar-height))] flex-col pt-10">
        <Title doc={room.doc} readOnly={readOnly} onLeave={toBody} />
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a margin of the text, not a control */}
        <div
          ref={surface}
          className="relative min-h-64 flex-1 cursor-text pb-[40vh]"
          data-testid="editor-body"
          onMouseDown={onMouseDown}
        >
          <EditorContent editor={editor} className="cursor-auto" />
          {hidden || readOnly ? null : <Handles editor={editor} surface={surface} />}
        </div>
      </div>
      {outlineOpen && !hidden ? (
        <Suspense>
          <OutlinePanel editor={editor} />
        </Suspense>
      ) : null}
      {finding && !hidden ? (
        <Suspense>
          <FindBar editor={editor} readOnly={readOnly} />
        </Suspense>
      ) : null}
      {hidden || readOnly ? null : (
        <>
          <SelectionMenu editor={editor} />
          <ImageMenu editor={editor} addressOf={assetAddressIn(room.documentId)} />
          <Menus editor={editor} />
        </>
      )}
    </main>
  );
});
