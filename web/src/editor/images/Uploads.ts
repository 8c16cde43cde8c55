import { type Editor, Extension } from "@tiptap/core";
import { isChangeOrigin } from "@tiptap/extension-collaboration";
import type { Slice } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { dropPoint } from "@tiptap/pm/transform";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { announce } from "../../app/announce.ts";
import { toast } from "../../app/toast.ts";
import { type BlockId, blockIdAt, positionOf } from "../blocks/blockIds.ts";
import { hasWords } from "../clipboard/pastePlan.ts";
import { copiedFrom } from "../clipboard/source.ts";
import { assetsIn, copyAssets, withAssets } from "./foreignAssets.ts";
import { fileNode, pictureNode } from "./insertedNode.ts";
import { imagesText } from "./text.ts";
import { Upload } from "./upload.ts";
import { UploadCard } from "./uploadCard.ts";
import { gapFor, gapOf, placeAt, type UploadPlace } from "./uploadPlace.ts";

type Going = {
  readonly upload: Upload;
  readonly card: UploadCard;
  readonly place: UploadPlace;
  /** The picture whose content it takes. */
  readonly replaces: BlockId | null;
};

type Change = {
  readonly add?: readonly Going[];
  readonly remove?: string;
  readonly places?: ReadonlyMap<string, UploadPlace>;
};

const key = new PluginKey<readonly Going[]>("uploads");

function following(going: readonly Going[], transaction: Transaction, state: EditorState): readonly Going[] {
  const change = transaction.getMeta(key) as Change | undefined;
  let next = going;
  if (transaction.docChanged && next.length > 0) {
    // Others' edits replace the whole text, through which nothing can be mapped. Of an own edit the shared document hears later.
    const pos = (place: UploadPlace) =>
      isChangeOrigin(transaction) ? gapOf(state, place).to : transaction.mapping.map(place.pos);
    next = next.map((each) => ({ ...each, place: { ...each.place, pos: pos(each.place) } }));
  }
  if (change?.add !== undefined) next = [...next, ...change.add];
  if (change?.places !== undefined)
    next = next.map((each) => ({ ...each, place: change.places?.get(each.upload.id) ?? each.place }));
  if (change?.remove !== undefined) next = next.filter(({ upload }) => upload.id !== change.remove);
  return next;
}

/** Brings files into the document: what is dropped, pasted or picked stands there as a card until it is whole. */
class Uploader {
  readonly #editor: Editor;
  readonly #documentId: string;
  #isOver = false;

  constructor(editor: Editor, documentId: string) {
    this.#editor = editor;
    this.#documentId = documentId;
  }

  /** The page of the document goes, and with it what is on its way. */
  end(): void {
    this.#isOver = true;
    for (const { upload, card } of key.getState(this.#editor.state) ?? []) {
      upload.cancel();
      card.destroy();
    }
  }

  take(files: readonly File[], at: number, replaces: BlockId | null = null): void {
    const { state, view } = this.#editor;
    const type = state.schema.nodes.image;
    if (type === undefined || files.length === 0) return;
    const place = placeAt(state, gapFor(state.doc, at, type));
    const add = files.map((file): Going => {
      const upload = new Upload(this.#documentId, file, (changed) => this.#changed(changed));
      return { upload, card: new UploadCard(upload), place, replaces };
    });
    view.dispatch(state.tr.setMeta(key, { add } satisfies Change).setMeta("addToHistory", false));
    for (const { upload } of add) void upload.start();
  }

  /**
   * Pastes what was copied from another document once its pictures are in this one.
   *
   * @returns false when there are none to bring along
   */
  bring(from: string, slice: Slice): boolean {
    const ids = from === this.#documentId ? [] : assetsIn(slice);
    if (ids.length === 0) return false;
    const told = toast.loading(imagesText.bringing(ids.length));
    void copyAssets(from, this.#documentId, ids).then((copies) => {
      toast.dismiss(told);
      if (this.#isOver) return;
      const { state, view } = this.#editor;
      view.dispatch(
        state.tr.replaceSelection(withAssets(slice, copies)).scrollIntoView().setMeta("paste", true),
      );
      const lost = ids.length - copies.size;
      if (lost > 0) toast.error(imagesText.notBrought(lost), { description: imagesText.notBroughtHint });
    });
    return true;
  }

  #changed(upload: Upload): void {
    if (this.#isOver) return;
    const going = key.getState(this.#editor.state)?.find((each) => each.upload === upload);
    if (going === undefined) return;
    going.card.show(upload);
    const { kind } = upload.state;
    if (kind === "done") this.#arrive(going);
    else if (kind === "cancelled") this.#leave(going);
    else if (kind === "failed") announce(imagesText.failed(upload.name));
  }

  #leave({ upload, card }: Going): void {
    const { state, view } = this.#editor;
    view.dispatch(
      state.tr.setMeta(key, { remove: upload.id } satisfies Change).setMeta("addToHistory", false),
    );
    card.destroy();
    view.focus();
  }

  #arrive(going: Going): void {
    const { upload, card } = going;
    if (upload.state.kind !== "done") return;
    const { state, view } = this.#editor;
    const { tr, schema } = state;
    const column = view.dom.clientWidth;
    const node = upload.isPicture
      ? pictureNode(schema, upload.state, column)
      : fileNode(schema, upload.state);
    let inserted: number | null = null;
    const replaced = going.replaces === null ? null : positionOf(state, going.replaces);
    const old = replaced === null ? null : state.doc.nodeAt(replaced);
    if (replaced !== null && old?.type === node.type) {
      const { src, ratio } = node.attrs;
      tr.setNodeMarkup(replaced, undefined, { ...old.attrs, src, ratio });
    } else {
      const { from, to } = gapOf(state, going.place);
      const at = from === to ? gapFor(tr.doc, from, node.type) : from;
      if (from === to) tr.insert(at, node);
      else tr.replaceWith(from, to, node);
      inserted = at;
    }
    const others = key.getState(state) ?? [];
    view.dispatch(tr.setMeta(key, { remove: upload.id } satisfies Change));
    if (inserted !== null) this.#keepOrder(going, others, inserted);
    card.destroy();
    announce(imagesText.uploaded(upload.name));
  }

  /** What was brought together stands in its order, whichever is there first. */
  #keepOrder(arrived: Going, all: readonly Going[], at: number): void {
    const { state, view } = this.#editor;
    const block = blockIdAt(state, at);
    const order = all.indexOf(arrived);
    const places = new Map<string, UploadPlace>();
    for (const [i, { upload, place, replaces }] of all.entries()) {
      if (i === order || replaces !== null || place.block !== arrived.place.block) continue;
      if (i < order) places.set(upload.id, { block, side: "before", pos: at });
      else places.set(upload.id, { block, side: "after", pos: at + 1 });
    }
    if (places.size > 0)
      view.dispatch(state.tr.setMeta(key, { places } satisfies Change).setMeta("addToHistory", false));
  }
}

const uploaders = new WeakMap<Editor, Uploader>();

/** Brings files to where the caret is. */
export function takeFiles(editor: Editor, files: readonly File[]): void {
  uploaders.get(editor)?.take(files, editor.state.selection.to);
}

/** Gives the picture that begins at `pos` another content. */
export function replacePicture(editor: Editor, pos: number, file: File): void {
  uploaders.get(editor)?.take([file], pos, blockIdAt(editor.state, pos));
}

/** Whether something is on its way that would be lost with the page. */
export function isUploading(state: EditorState): boolean {
  return (key.getState(state) ?? []).some(({ upload }) => upload.state.kind !== "failed");
}

function drawn(state: EditorState): DecorationSet {
  const going = key.getState(state) ?? [];
  if (going.length === 0) return DecorationSet.empty;
  return DecorationSet.create(
    state.doc,
    going.map(({ upload, card, place }) =>
      Decoration.widget(Math.min(place.pos, state.doc.content.size), card.dom, {
        key: upload.id,
        side: 1,
        stopEvent: () => true,
        ignoreSelection: true,
      }),
    ),
  );
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
        key,
        state: {
          init: () => [],
          apply: (transaction, going, _before, state) => following(going, transaction, state),
        },
        view: (view) => new Guard(view),
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

/** A file that is let go beside the text would take the place of the page; one that is on its way would be lost with it. */
class Guard {
  readonly #view: EditorView;

  constructor(view: EditorView) {
    this.#view = view;
    window.addEventListener("dragover", this.#hold);
    window.addEventListener("drop", this.#hold);
    window.addEventListener("beforeunload", this.#ask);
  }

  readonly #hold = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
  };

  readonly #ask = (event: BeforeUnloadEvent) => {
    if (isUploading(this.#view.state)) event.preventDefault();
  };

  destroy(): void {
    window.removeEventListener("dragover", this.#hold);
    window.removeEventListener("drop", this.#hold);
    window.removeEventListener("beforeunload", this.#ask);
  }
}
