import { type Editor, Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { dropPoint } from "@tiptap/pm/transform";
import { blockIdAt } from "../blocks/blockIds.ts";
import { hasWords } from "../clipboard/pastePlan.ts";
import { copiedFrom } from "../clipboard/source.ts";
import { Uploader } from "./Uploader.ts";
import { UploadGuard } from "./uploadGuard.ts";
import { drawn, following, type Going, uploadsKey } from "./uploadsState.ts";

const uploaders = new WeakMap<Editor, Uploader>();

/** Brings files to where the caret is. */
export function takeFiles(editor: Editor, files: readonly File[]): void {
  uploaders.get(editor)?.take(files, editor.state.selection.to);
}

/** Gives the picture that begins at `pos` another content. */
export function replacePicture(editor: Editor, pos: number, file: File): void {
  uploaders.get(editor)?.take([file], pos, blockIdAt(editor.state, pos));
}

function filesOf(data: DataTransfer | null): File[] {
  return data === null ? [] : [...data.files];
}

export const Uploads = Extension.create<{ documentId: string }>({
  name: "uploads",

  addOptions() {
    return { documentId: "" };
  },

  onDestroy() {
    uploaders.get(this.editor)?.end();
  },

  addProseMirrorPlugins() {
    const { editor } = this;
    const uploader = new Uploader(editor, this.options.documentId);
    uploaders.set(editor, uploader);
    return [
      new Plugin<readonly Going[]>({
        key: uploadsKey,
        state: {
          init: () => [],
          apply: (transaction, going, _before, state) => following(going, transaction, state),
        },
        view: (view) => new UploadGuard(view),
        props: {
          decorations: drawn,
          handlePaste: (view, event, slice) => {
            const files = filesOf(event.clipboardData);
            const html = event.clipboardData?.getData("text/html") ?? "";
            const foreign = copiedFrom(html);
            if (view.editable && foreign !== null && uploader.bring(foreign, slice)) return true;
            if (files.length === 0 || !view.editable || hasWords(html)) return false;
            uploader.take(files, view.state.selection.to);
            return true;
          },
          handleDrop: (view, event, slice, moved) => {
            const files = filesOf(event.dataTransfer);
            if (moved || files.length === 0 || !view.editable) return false;
            const under = view.posAtCoords({ left: event.clientX, top: event.clientY });
            const pos = under?.pos ?? view.state.doc.content.size;
            uploader.take(files, dropPoint(view.state.doc, pos, slice) ?? pos);
            event.preventDefault();
            return true;
          },
        },
      }),
    ];
  },
});
