import { DeleteSet } from "./delete-set.ts";
import type { ClientId } from "./ids.ts";
import { outlineOf } from "./outline.ts";

/** What one of our own stored updates deletes. */
export function deleteSetOf(update: Uint8Array): DeleteSet {
  const set = new DeleteSet();
  set.addAll(outlineOf(update).deletes);
  return set;
}

/** For each client with structs in one of our own stored updates, the clock after them. */
export function stateVectorOf(update: Uint8Array): Map<ClientId, number> {
  const vector = new Map<ClientId, number>();
  for (const { client, end, count } of outlineOf(update).stretches) if (count > 0) vector.set(client, end);
  return vector;
}

/** Reads what `DeleteSet.encode` wrote. */
export function decodeDeleteSet(bytes: Uint8Array): DeleteSet {
  const update = new Uint8Array(bytes.length + 1); // an update without structs is a zero before the delete set
  update.set(bytes, 1);
  return deleteSetOf(update);
}
