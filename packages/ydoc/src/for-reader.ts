import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { joinUpdates } from "./join.ts";
import { EMPTY_UPDATE } from "./merge.ts";
import { outlineOf } from "./outline.ts";
import { encodeStateVector, type StateVector } from "./state-vector.ts";

/** What a reader with this state vector lacks of the stored updates: new structs, and every deletion. */
export function updateFor(reader: StateVector, stored: readonly Uint8Array[]): Uint8Array {
  if (stored.length === 0) return EMPTY_UPDATE;
  const whole = joinUpdates(stored);
  return reader.size === 0 ? whole : Y.diffUpdate(whole, encodeStateVector(reader));
}

/**
 * What a reader with this state vector lacks of `tail`, together with what was deleted before it: for one who has
 * every struct that came before the tail, and of whose deletions nothing is known.
 *
 * @param deletedBefore an encoded delete set. It is sent as it is: to read and to write a long one would be most of
 * the work, and Yjs takes a client's ranges in as many pieces as they come
 */
export function lackedBy(
  reader: StateVector,
  tail: readonly Uint8Array[],
  deletedBefore: Uint8Array,
): Uint8Array {
  const lacking = updateFor(reader, tail);
  const { deletesAt } = outlineOf(lacking);
  const [before, after] = [deletedBefore, lacking.subarray(deletesAt)].map(splitCount);
  const out = encoding.createEncoder();
  encoding.writeUint8Array(out, lacking.subarray(0, deletesAt));
  encoding.writeVarUint(out, (before?.clients ?? 0) + (after?.clients ?? 0));
  for (const set of [before, after]) if (set !== undefined) encoding.writeUint8Array(out, set.ranges);
  return encoding.toUint8Array(out);
}

function splitCount(deleteSet: Uint8Array): { readonly clients: number; readonly ranges: Uint8Array } {
  const input = decoding.createDecoder(deleteSet);
  const clients = decoding.readVarUint(input);
  return { clients, ranges: deleteSet.subarray(input.pos) };
}
