import { isChangeOrigin } from "@tiptap/extension-collaboration";
import { type EditorState, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import type { BlockId } from "../blocks/blockIds.ts";
import type { Upload } from "./upload.ts";
import type { UploadCard } from "./uploadCard.ts";
import { gapOf, type UploadPlace } from "./uploadPlace.ts";

/** A file on its way. */
export type Going = {
  readonly upload: Upload;
  readonly card: UploadCard;
  readonly place: UploadPlace;
  /** The picture whose content it takes. */
  readonly replaces: BlockId | null;
};

export type Change = {
  readonly add?: readonly Going[];
  readonly remove?: string;
  readonly places?: ReadonlyMap<string, UploadPlace>;
};

export const uploadsKey = new PluginKey<readonly Going[]>("uploads");

export function following(
  going: readonly Going[],
  transaction: Transaction,
  state: EditorState,
): readonly Going[] {
  const change = transaction.getMeta(uploadsKey) as Change | undefined;
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

/** Whether something is on its way that would be lost with the page. */
export function isUploading(state: EditorState): boolean {
  return (uploadsKey.getState(state) ?? []).some(({ upload }) => upload.state.kind !== "failed");
}

/** The cards, each where its file will stand. */
export function drawn(state: EditorState): DecorationSet {
  const going = uploadsKey.getState(state) ?? [];
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
