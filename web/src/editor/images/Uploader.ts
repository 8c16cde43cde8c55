import type { Editor } from "@tiptap/core";
import type { Slice } from "@tiptap/pm/model";
import { announce } from "../../app/announce.ts";
import { toast } from "../../app/toast.ts";
import { type BlockId, blockIdAt, positionOf } from "../blocks/blockIds.ts";
import { assetsIn, copyAssets, withAssets } from "./foreignAssets.ts";
import { fileNode, pictureNode } from "./insertedNode.ts";
import { imagesText } from "./text.ts";
import { Upload } from "./upload.ts";
import { UploadCard } from "./uploadCard.ts";
import { gapFor, gapOf, placeAt, type UploadPlace } from "./uploadPlace.ts";
import { type Change, type Going, uploadsKey } from "./uploadsState.ts";

/** Brings files into the document: what is dropped, pasted or picked stands there as a card until it is whole. */
export class Uploader {
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
    for (const { upload, card } of uploadsKey.getState(this.#editor.state) ?? []) {
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
    view.dispatch(state.tr.setMeta(uploadsKey, { add } satisfies Change).setMeta("addToHistory", false));
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
    const going = uploadsKey.getState(this.#editor.state)?.find((each) => each.upload === upload);
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
      state.tr.setMeta(uploadsKey, { remove: upload.id } satisfies Change).setMeta("addToHistory", false),
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
    const others = uploadsKey.getState(state) ?? [];
    view.dispatch(tr.setMeta(uploadsKey, { remove: upload.id } satisfies Change));
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
      view.dispatch(state.tr.setMeta(uploadsKey, { places } satisfies Change).setMeta("addToHistory", false));
  }
}
