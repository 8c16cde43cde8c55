import * as Y from "yjs";
import { DeleteSet } from "./delete-set.ts";
import { materialize } from "./materialize.ts";
import { readUpdate } from "./read-update.ts";

/** A whole document as bytes, with what is needed to judge and to answer without opening them. */
export interface CompactState {
  /** One V1 update that holds everything; the content of what was deleted is gone. */
  readonly update: Uint8Array;
  readonly stateVector: Uint8Array;
  /** The delete set, encoded as in an update. */
  readonly deleteSet: Uint8Array;
}

/** No caps: these are our own bytes, checked on their way in. */
const unlimited = {
  maxStructs: Number.MAX_SAFE_INTEGER,
  maxClients: Number.MAX_SAFE_INTEGER,
  maxDeleteRanges: Number.MAX_SAFE_INTEGER,
  maxDepth: 10_000,
  maxNameLength: Number.MAX_SAFE_INTEGER,
};

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

/** The delete set of one of our own stored updates. */
export function deleteSetOf(update: Uint8Array): DeleteSet {
  const read = readUpdate(update, unlimited);
  if (!read.ok) throw new Error(`a stored update cannot be read: ${read.reason}`);
  const set = new DeleteSet();
  set.addAll(read.shape.deletes);
  return set;
}

/** Reads what `DeleteSet.encode` wrote. */
export function decodeDeleteSet(bytes: Uint8Array): DeleteSet {
  const update = new Uint8Array(bytes.length + 1); // an update without structs is a zero before the delete set
  update.set(bytes, 1);
  return deleteSetOf(update);
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
