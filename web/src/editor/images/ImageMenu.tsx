import { assetIdOf } from "@palimpsest/schema";
import type { Editor } from "@tiptap/core";
import { NodeSelection } from "@tiptap/pm/state";
import { useEditorState } from "@tiptap/react";
import { BubbleMenu } from "@tiptap/react/menus";
import {
  AlignCenter,
  AlignLeft,
  AlignRight,
  Captions,
  Download,
  Maximize2,
  RefreshCw,
  ScanText,
  StretchHorizontal,
  Trash2,
} from "lucide-react";
import { type ComponentProps, type KeyboardEvent, useCallback, useState } from "react";
import { IconButton } from "../../app/IconButton.tsx";
import { later } from "../../app/later.tsx";
import { keepFocus } from "../keepFocus.ts";
import { pickFiles, pictureTypes } from "./pickFiles.ts";
import { imagesText } from "./text.ts";
import { replacePicture } from "./Uploads.ts";

const PromptDialog = later(async () => (await import("../../app/PromptDialog.tsx")).PromptDialog);

type Props = { readonly editor: Editor; readonly addressOf: (assetId: string) => string };
type ShouldShow = NonNullable<ComponentProps<typeof BubbleMenu>["shouldShow"]>;

const page = () => document.querySelector<HTMLElement>("main:not([hidden])") ?? document.body;
const placement = {
  placement: "top",
  offset: 8,
  flip: { padding: { top: 100 } },
  shift: { padding: 8 },
} as const;
const layer = { zIndex: 19 };

function chosen(
  editor: Editor,
): { readonly pos: number; readonly attrs: Readonly<Record<string, unknown>> } | null {
  const { selection } = editor.state;
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== "image") return null;
  return { pos: selection.from, attrs: selection.node.attrs };
}

const shouldShow: ShouldShow = ({ editor, element, view }) =>
  editor.isEditable &&
  chosen(editor) !== null &&
  (view.hasFocus() || element.contains(document.activeElement) || view.dom.contains(document.activeElement));

const aligns = [
  { align: "left", label: imagesText.left, Icon: AlignLeft },
  { align: null, label: imagesText.center, Icon: AlignCenter },
  { align: "right", label: imagesText.right, Icon: AlignRight },
] as const;

const Gap = () => <span className="mx-1 w-px flex-none self-stretch bg-line" />;

/** What can be done with the chosen picture. */
export function ImageMenu({ editor, addressOf }: Props) {
  const [describing, setDescribing] = useState<{ readonly pos: number; readonly alt: string } | null>(null);
  const attrs = useEditorState({ editor, selector: ({ editor: live }) => chosen(live)?.attrs ?? null });
  const picture = useCallback(() => {
    const at = chosen(editor);
    const drawn = at === null ? null : editor.view.nodeDOM(at.pos);
    return drawn instanceof HTMLElement
      ? (drawn.querySelector<HTMLElement>(".picture-frame") ?? drawn)
      : null;
  }, [editor]);
  const set = (change: Readonly<Record<string, unknown>>) =>
    editor.chain().updateAttributes("image", change).run();
  const id = assetIdOf(attrs?.src);
  const address = id === null ? null : addressOf(id);
  const align = attrs?.align === "left" || attrs?.align === "right" ? attrs.align : null;

  const replace = () => {
    const at = chosen(editor);
    if (at === null) return;
    pickFiles(pictureTypes, false, ([file]) => {
      if (file !== undefined) replacePicture(editor, at.pos, file);
    });
  };
  const toCaption = () => {
    const at = chosen(editor);
    const drawn = at === null ? null : editor.view.nodeDOM(at.pos);
    if (drawn instanceof HTMLElement) drawn.querySelector<HTMLElement>(".picture-caption")?.focus();
  };
  const back = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    editor.view.focus();
  };

  return (
    <>
      <BubbleMenu
        editor={editor}
        pluginKey="imageMenu"
        updateDelay={80}
        appendTo={page}
        options={placement}
        getReferencedVirtualElement={picture}
        shouldShow={shouldShow}
        style={layer}
      >
        <div
          className="floating flex max-w-[94vw] overflow-x-auto p-1"
          role="toolbar"
          aria-label={imagesText.menu}
          data-testid="image-menu"
          onMouseDown={keepFocus}
          onKeyDown={back}
        >
          {aligns.map((each) => (
            <IconButton
              key={each.label}
              label={each.label}
              aria-pressed={align === each.align}
              onClick={() => set({ align: each.align })}
            >
              <each.Icon size={17} />
            </IconButton>
          ))}
          <IconButton
            label={imagesText.fit}
            aria-pressed={(attrs?.width ?? null) === null}
            onClick={() => set({ width: null })}
          >
            <StretchHorizontal size={17} />
          </IconButton>
          <Gap />
          <IconButton
            label={imagesText.alt}
            aria-pressed={typeof attrs?.alt === "string" && attrs.alt !== ""}
            onClick={() => {
              const at = chosen(editor);
              if (at !== null) setDescribing({ pos: at.pos, alt: String(at.attrs.alt ?? "") });
            }}
          >
            <ScanText size={17} />
          </IconButton>
          <IconButton label={imagesText.caption} onClick={toCaption}>
            <Captions size={17} />
          </IconButton>
          <Gap />
          <IconButton label={imagesText.replace} onClick={replace}>
            <RefreshCw size={17} />
          </IconButton>
          {address === null ? null : (
            <>
              <a
                className="icon-button"
                href={address}
                download
                aria-label={imagesText.download}
                title={imagesText.download}
              >
                <Download size={17} />
              </a>
              <a
                className="icon-button"
                href={address}
                target="_blank"
                rel="noreferrer"
                aria-label={imagesText.open}
                title={imagesText.open}
              >
                <Maximize2 size={17} />
              </a>
            </>
          )}
          <IconButton
            label={imagesText.remove}
            onClick={() => editor.chain().deleteSelection().focus().run()}
          >
            <Trash2 size={17} />
          </IconButton>
        </div>
      </BubbleMenu>
      {describing === null ? null : (
        <PromptDialog
          title={imagesText.altTitle}
          label={imagesText.altLabel}
          hint={imagesText.altHint}
          action={imagesText.save}
          initial={describing.alt}
          onClose={() => setDescribing(null)}
          onSubmit={(alt) => {
            set({ alt: alt === "" ? null : alt });
            setDescribing(null);
          }}
        />
      )}
    </>
  );
}
