import * as Y from "yjs";
import { materialize } from "./materialize.ts";
import { deleteSetOf } from "./stored-update.ts";

/** A whole document as bytes, with what is needed to judge and to answer without opening them. */
export interface CompactState {
  /** One V1 update that holds everything; the content of what was deleted is gone. */
  readonly update: Uint8Array;
  readonly stateVector: Uint8Array;
  /** The delete set, encoded as in an update. */
  readonly deleteSet: Uint8Array;
}

/**
 * The state of a document as one update, verified by loading it again.
 *
 * @throws Error when the reloaded state differs: such a snapshot must not replace anything
 */
export function compact(doc: Y.Doc): CompactState {
  const update = Y.encodeStateAsUpdate(doc);
  const stateVector = Y.encodeStateVector(doc);
  const again = materialize([update]);
  const same =
    equalBytes(Y.encodeStateVector(again), stateVector) && equalBytes(Y.encodeStateAsUpdate(again), update);
  again.destroy();
  if (!same) throw new Error("a compacted state did not survive being loaded again");
  return { update, stateVector, deleteSet: deleteSetOf(update).encode() };
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
