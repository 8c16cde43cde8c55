import * as Y from "yjs";
import { materialize } from "./materialize.ts";
import { sameBytes, sameContent } from "./same-content.ts";
import { deleteSetOf } from "./stored-update.ts";

/** A whole document as bytes, with what is needed to judge and to answer without opening them. */
export interface CompactState {
  /** One V1 update that holds everything. */
  readonly update: Uint8Array;
  readonly stateVector: Uint8Array;
  /** The delete set, encoded as in an update. */
  readonly deleteSet: Uint8Array;
  /** The content of what was deleted is gone from `update`. */
  readonly collected: boolean;
}

/**
 * The state of a document as one update, verified by loading it again: same state vector, same deletes, same
 * content in the same order. Not the same bytes: unusual but valid changes leave items that only a load joins.
 *
 * @throws Error when the reloaded state differs: such a snapshot must not replace anything. Updates that nobody's
 * editor writes can bring that about (an item whose neighbours contradict each other, or lie in two places): each
 * passes every test that needs no document, but where Yjs puts it depends on what else is loaded with it
 */
export function compact(doc: Y.Doc): CompactState {
  if (!doc.gc) throw new Error("a document that keeps what was deleted must not be stored as a snapshot");
  const update = Y.encodeStateAsUpdate(doc);
  const stateVector = Y.encodeStateVector(doc);
  const deleteSet = deleteSetOf(update).encode();
  const again = materialize([update]);
  const bytes = Y.encodeStateAsUpdate(again);
  const same =
    sameBytes(Y.encodeStateVector(again), stateVector) &&
    (sameBytes(bytes, update) ||
      (sameBytes(deleteSetOf(bytes).encode(), deleteSet) && sameContent(doc, again)));
  again.destroy();
  if (!same) throw new Error("a compacted state did not survive being loaded again");
  return { update, stateVector, deleteSet, collected: true };
}
