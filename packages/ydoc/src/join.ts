import * as encoding from "lib0/encoding";
import { DeleteSet } from "./delete-set.ts";
import { mergeUpdates } from "./merge.ts";
import type { Outline } from "./outline.ts";
import { type Runs, runsOf } from "./runs.ts";

/**
 * One update that says what these say, one after the other, for updates that continue each other as a log's do.
 * A struct's bytes do not tell its clock, so those of one client can stand behind each other as they are: linear,
 * and without an object for each struct, where `Y.mergeUpdates` sorts every struct anew. Takes the memory of its
 * result besides that of its input. Updates that do not continue each other are merged the general way.
 *
 * @param outlines of the updates at the same places, as far as they are known: those need not be walked again
 */
export function joinUpdates(
  updates: readonly Uint8Array[],
  outlines: readonly (Outline | null)[] = [],
): Uint8Array {
  const [only] = updates;
  if (updates.length === 1 && only !== undefined) return only;
  const runs = runsOf(updates, outlines);
  return runs === null ? mergeUpdates(updates) : write(runs);
}

function write({ byClient, deletes }: Runs): Uint8Array {
  const deleted = new DeleteSet();
  deleted.addAll(deletes);
  const parts: Uint8Array[] = [encodeNumbers(byClient.size)];
  for (const [client, { clock, pieces }] of byClient) {
    const count = pieces.reduce((sum, piece) => sum + piece.count, 0);
    parts.push(encodeNumbers(count, client, clock));
    for (const { update, from, to } of pieces) parts.push(update.subarray(from, to));
  }
  parts.push(deleted.encode());
  return concat(parts);
}

function encodeNumbers(...numbers: readonly number[]): Uint8Array {
  const out = encoding.createEncoder();
  for (const number of numbers) encoding.writeVarUint(out, number);
  return encoding.toUint8Array(out);
}

/** At its size at once: an encoder that grows holds the bytes twice, three times while it is emptied. */
function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
