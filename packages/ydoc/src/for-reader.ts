import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import type { DeleteSet } from "./delete-set.ts";
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
 * What a reader with this state vector lacks of `tail`, together with `deletes`: for one who has every struct that
 * came before the tail, and of whose deletions nothing is known.
 */
export function structsFor(reader: StateVector, tail: readonly Uint8Array[], deletes: DeleteSet): Uint8Array {
  const out = encoding.createEncoder();
  const lacking = updateFor(reader, tail);
  encoding.writeUint8Array(out, lacking.subarray(0, outlineOf(lacking).deletesAt));
  encoding.writeUint8Array(out, deletes.encode());
  return encoding.toUint8Array(out);
}
