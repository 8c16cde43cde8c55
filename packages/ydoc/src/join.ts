import * as encoding from "lib0/encoding";
import { DeleteSet } from "./delete-set.ts";
import type { ClientId } from "./ids.ts";
import { mergeUpdates } from "./merge.ts";
import { readStored } from "./stored-update.ts";

interface Run {
  count: number;
  readonly clock: number;
  end: number;
  readonly bytes: Uint8Array[];
}

/**
 * One update that says what these say, one after the other, for updates that continue each other as a log's do.
 * A struct's bytes do not tell its clock, so those of one client can stand behind each other as they are: linear,
 * where `Y.mergeUpdates` sorts every struct anew. Updates that do not continue each other are merged the general way.
 */
export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array {
  const [only] = updates;
  if (updates.length === 1 && only !== undefined) return only;
  const runs = new Map<ClientId, Run>();
  const deleted = new DeleteSet();
  for (const update of updates) {
    const { sections, deletes } = readStored(update);
    for (const { client, structs, from, to } of sections) {
      const first = structs[0];
      const last = structs.at(-1);
      if (first === undefined || last === undefined) return mergeUpdates(updates);
      const end = last.clock + last.length;
      const length = structs.reduce((sum, struct) => sum + struct.length, 0);
      const run = runs.get(client);
      // a hole inside, or before: clocks would move
      if (length !== end - first.clock || (run !== undefined && run.end !== first.clock))
        return mergeUpdates(updates);
      const bytes = update.subarray(from, to);
      if (run === undefined)
        runs.set(client, { count: structs.length, clock: first.clock, end, bytes: [bytes] });
      else {
        run.count += structs.length;
        run.end = end;
        run.bytes.push(bytes);
      }
    }
    deleted.addAll(deletes);
  }
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, runs.size);
  // as Yjs writes them: higher client ids first
  for (const [client, run] of [...runs].sort(([a], [b]) => b - a)) {
    encoding.writeVarUint(out, run.count);
    encoding.writeVarUint(out, client);
    encoding.writeVarUint(out, run.clock);
    for (const bytes of run.bytes) encoding.writeUint8Array(out, bytes);
  }
  encoding.writeUint8Array(out, deleted.encode());
  return encoding.toUint8Array(out);
}
