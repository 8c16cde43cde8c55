import * as encoding from "lib0/encoding";
import { DeleteSet } from "./delete-set.ts";
import type { ClientId } from "./ids.ts";
import { mergeUpdates } from "./merge.ts";
import { outlineOf } from "./outline.ts";

/** One client's structs, in pieces that continue each other. */
interface Run {
  count: number;
  readonly clock: number;
  end: number;
  readonly bytes: Uint8Array[];
}

/**
 * One update that says what these say, one after the other, for updates that continue each other as a log's do.
 * A struct's bytes do not tell its clock, so those of one client can stand behind each other as they are: linear,
 * and without an object for each struct, where `Y.mergeUpdates` sorts every struct anew. Takes the memory of its
 * result besides that of its input. Updates that do not continue each other are merged the general way.
 */
export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array {
  const [only] = updates;
  if (updates.length === 1 && only !== undefined) return only;
  const runs = new Map<ClientId, Run>();
  const deleted = new DeleteSet();
  for (const update of updates) {
    const { stretches, deletes } = outlineOf(update);
    for (const { client, clock, count, end, from, to, isWhole } of stretches) {
      const run = runs.get(client);
      // a hole inside, or before: clocks would move
      if (count === 0 || !isWhole || (run !== undefined && run.end !== clock)) return mergeUpdates(updates);
      const bytes = update.subarray(from, to);
      if (run === undefined) runs.set(client, { count, clock, end, bytes: [bytes] });
      else {
        run.count += count;
        run.end = end;
        run.bytes.push(bytes);
      }
    }
    deleted.addAll(deletes);
  }
  return write(runs, deleted);
}

function write(runs: ReadonlyMap<ClientId, Run>, deleted: DeleteSet): Uint8Array {
  const pieces: Uint8Array[] = [encodeNumbers(runs.size)];
  // as Yjs writes them: higher client ids first
  for (const [client, run] of [...runs].sort(([a], [b]) => b - a)) {
    pieces.push(encodeNumbers(run.count, client, run.clock));
    for (const bytes of run.bytes) pieces.push(bytes);
  }
  pieces.push(deleted.encode());
  return concat(pieces);
}

function encodeNumbers(...numbers: readonly number[]): Uint8Array {
  const out = encoding.createEncoder();
  for (const number of numbers) encoding.writeVarUint(out, number);
  return encoding.toUint8Array(out);
}

/** At its size at once: an encoder that grows holds the bytes twice, three times while it is emptied. */
function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
