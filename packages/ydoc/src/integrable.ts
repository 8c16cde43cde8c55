import type { ClientId } from "./ids.ts";
import type { Section, Struct, StructId } from "./read-update.ts";
import type { StateVector } from "./state-vector.ts";

/**
 * Whether all structs of an update can be integrated on top of `known`: each one's neighbours and parent are
 * there, or come from the same update in an order without circles. Yjs would keep the others as pending: invisible,
 * yet acknowledged.
 */
export function integrable(sections: readonly Section[], known: StateVector): boolean {
  const progress = new Map<ClientId, number>(known);
  const cursors = new Map<ClientId, { readonly section: Section; index: number }>();
  /** Clients whose next struct waits for a client to reach a clock. */
  const waiting = new Map<ClientId, ClientId[]>();
  for (const section of sections) cursors.set(section.client, { section, index: 0 });

  const ready = [...cursors.keys()];
  for (let client = ready.pop(); client !== undefined; client = ready.pop()) {
    const cursor = cursors.get(client);
    if (cursor === undefined) continue;
    const { structs } = cursor.section;
    let moved = false;
    while (cursor.index < structs.length) {
      const struct = structs[cursor.index] as Struct;
      const missing = firstMissing(struct, client, progress);
      if (missing !== null) {
        const queue = waiting.get(missing);
        if (queue === undefined) waiting.set(missing, [client]);
        else queue.push(client);
        break;
      }
      const end = struct.clock + struct.length;
      if (end > (progress.get(client) ?? 0)) progress.set(client, end);
      cursor.index++;
      moved = true;
    }
    if (!moved) continue;
    ready.push(...(waiting.get(client) ?? []));
    waiting.delete(client);
  }
  for (const { section, index } of cursors.values()) if (index < section.structs.length) return false;
  return true;
}

function firstMissing(struct: Struct, own: ClientId, progress: StateVector): ClientId | null {
  for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
    if (id !== null && id.client !== own && !isThere(id, progress)) return id.client;
  }
  return null;
}

function isThere({ client, clock }: StructId, progress: StateVector): boolean {
  return clock < (progress.get(client) ?? 0);
}
