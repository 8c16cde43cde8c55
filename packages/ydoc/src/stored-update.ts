import { DeleteSet } from "./delete-set.ts";
import type { ClientId } from "./ids.ts";
import { readUpdate, type UpdateShape } from "./read-update.ts";
import type { UpdateLimits } from "./update-limits.ts";

/** No caps: these are our own bytes, checked on their way in. */
const unlimited: UpdateLimits = {
  maxStructs: Number.MAX_SAFE_INTEGER,
  maxClients: Number.MAX_SAFE_INTEGER,
  maxDeleteRanges: Number.MAX_SAFE_INTEGER,
  maxDepth: 10_000,
  maxNameLength: Number.MAX_SAFE_INTEGER,
};

/** What one of our own stored updates deletes. */
export function deleteSetOf(update: Uint8Array): DeleteSet {
  const set = new DeleteSet();
  set.addAll(readStored(update).deletes);
  return set;
}

/** For each client with structs in one of our own stored updates, the clock after them. */
export function stateVectorOf(update: Uint8Array): Map<ClientId, number> {
  const vector = new Map<ClientId, number>();
  for (const { client, structs } of readStored(update).sections) {
    const last = structs.at(-1);
    if (last !== undefined) vector.set(client, last.clock + last.length);
  }
  return vector;
}

/** Reads what `DeleteSet.encode` wrote. */
export function decodeDeleteSet(bytes: Uint8Array): DeleteSet {
  const update = new Uint8Array(bytes.length + 1); // an update without structs is a zero before the delete set
  update.set(bytes, 1);
  return deleteSetOf(update);
}

/** The shape of one of our own stored updates. */
export function readStored(update: Uint8Array): UpdateShape {
  const read = readUpdate(update, unlimited);
  if (!read.ok) throw new Error(`a stored update cannot be read: ${read.reason}`);
  return read.shape;
}
