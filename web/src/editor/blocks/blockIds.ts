import type { EditorState } from "@tiptap/pm/state";
import { ySyncPluginKey } from "@tiptap/y-tiptap";
import * as Y from "yjs";

/** A block's address: the id of its element in the shared document, which it keeps for as long as it stands. */
export type BlockId = string;

type Sync = { readonly type?: Y.XmlFragment; readonly doc?: Y.Doc };

const idOf = (element: Y.XmlElement): BlockId | null => {
  const id = element._item?.id;
  return id === undefined ? null : `${id.client}.${id.clock}`;
};

function root(state: EditorState): Y.XmlFragment | null {
  return (ySyncPluginKey.getState(state) as Sync | undefined)?.type ?? null;
}

/** The id of the block that begins at a position; null where the document and what is shown are not the same yet. */
export function blockIdAt(state: EditorState, pos: number): BlockId | null {
  const $pos = state.doc.resolve(pos);
  if ($pos.parent.inlineContent || $pos.nodeAfter === null) return null;
  let element: unknown = root(state);
  for (let depth = 0; depth <= $pos.depth; depth++) {
    if (!(element instanceof Y.XmlFragment)) return null;
    element = element.get($pos.index(depth));
  }
  return element instanceof Y.XmlElement && element.nodeName === $pos.nodeAfter.type.name
    ? idOf(element)
    : null;
}

function elementOf(doc: Y.Doc, id: BlockId): Y.XmlElement | null {
  const [client, clock] = id.split(".").map(Number);
  if (client === undefined || clock === undefined || clock >= Y.getState(doc.store, client)) return null;
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  if (!(item instanceof Y.Item) || item.deleted || item.id.clock !== clock) return null;
  return item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlElement
    ? item.content.type
    : null;
}

/** Where a block stands now; null when it was deleted, or is no block of this document. */
export function positionOf(state: EditorState, id: BlockId): number | null {
  const fragment = root(state);
  if (fragment?.doc == null) return null;
  const path: number[] = [];
  let type: Y.XmlElement | Y.XmlFragment | null = elementOf(fragment.doc, id);
  while (type !== null && type !== fragment) {
    const parent: unknown = type.parent;
    if (!(parent instanceof Y.XmlFragment) || type._item?.deleted !== false) return null;
    path.unshift(parent.toArray().indexOf(type as Y.XmlElement));
    type = parent;
  }
  if (type === null || path.length === 0) return null;
  let node = state.doc;
  let pos = -1;
  for (const index of path) {
    if (index < 0 || index >= node.childCount || node.inlineContent) return null;
    pos += 1;
    for (let before = 0; before < index; before++) pos += node.child(before).nodeSize;
    node = node.child(index);
  }
  return pos;
}

const form = /^#b=(\d{1,10}\.\d{1,10})$/;

export const blockHash = (id: BlockId): string => `#b=${id}`;

/** The block that an address leads to; null where it names none. */
export function blockOfHash(hash: string): BlockId | null {
  return form.exec(hash)?.[1] ?? null;
}
