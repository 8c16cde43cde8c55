import * as Y from "yjs";
import { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { assertWhole, materialize } from "./materialize.ts";
import { type Reverted, revert } from "./revert.ts";
import { visibleText } from "./visible-content.ts";

/**
 * The forward edit that brings an earlier state back: what came after it is taken back, so that text which both
 * states have keeps its identity and every open editor's caret its place. It works on a garbage-collected target too.
 * What was deleted since is inserted again, as new text.
 *
 * @param target updates that build the state to bring back
 * @param later the frames after it, up to the present, in order
 * @param clientId who inserts: must be new to the document
 * @returns null when the present already looks like the target
 */
export function rollBack(
  target: Iterable<Uint8Array>,
  later: Iterable<Uint8Array>,
  clientId: ClientId,
): Reverted | null {
  const doc = materialize(target, { keepDeleted: true });
  try {
    const wanted = visibleText(doc);
    const vector = Y.decodeStateVector(Y.encodeStateVector(doc));
    const gone = deletedIn(doc);
    doc.transact((transaction) => {
      for (const update of later) Y.applyUpdate(doc, update);
      // After a remote transaction Yjs deletes marks that have become superfluous, in this document alone: the change
      // would not delete them for the others, where they would mean something again.
      transaction.local = true;
    });
    assertWhole(doc);
    // after a restore that was taken back the text is the same under new ids: undoing would only churn it
    if (visibleText(doc) === wanted) return null;
    return revert(doc, since(doc, vector, gone), clientId);
  } finally {
    doc.destroy();
  }
}

function deletedIn(doc: Y.Doc): DeleteSet {
  const set = new DeleteSet();
  const ranges: IdRange[] = [];
  for (const [client, list] of Y.createDeleteSetFromStructStore(doc.store).clients) {
    for (const { clock, len } of list) ranges.push({ client: client as ClientId, clock, length: len });
  }
  set.addAll(ranges);
  return set;
}

function since(doc: Y.Doc, vector: ReadonlyMap<number, number>, gone: DeleteSet) {
  const insertions: IdRange[] = [];
  for (const client of doc.store.clients.keys()) {
    const clock = vector.get(client) ?? 0;
    const length = Y.getState(doc.store, client) - clock;
    if (length > 0) insertions.push({ client: client as ClientId, clock, length });
  }
  const deletions = [...deletedIn(doc)].flatMap((range) => gone.missing(range));
  return { insertions, deletions };
}
