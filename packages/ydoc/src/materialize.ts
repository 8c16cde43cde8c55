import * as Y from "yjs";

/**
 * A `Y.Doc` with the given updates applied in order, as one transaction. The caller drops it when done: it takes
 * about 520 bytes a struct.
 *
 * @param keepDeleted keep the content of what was deleted (Yjs's `gc: false`): needed to undo a deletion
 * @throws Error when the updates leave something pending: what was loaded is not a whole document
 */
export function materialize(updates: Iterable<Uint8Array>, { keepDeleted = false } = {}): Y.Doc {
  const doc = new Y.Doc({ gc: !keepDeleted });
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  assertWhole(doc);
  return doc;
}

export function assertWhole(doc: Y.Doc): void {
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
    throw new Error("the stored updates have a gap: some of them could not be integrated");
  }
}
