import type { ClientId } from "./ids.ts";
import type { Section, Struct, StructId } from "./read-update.ts";

/**
 * Whether shared types nest at most `maxDepth` deep as far as the update alone shows. Yjs walks nested types
 * recursively when it deletes and when it converts: thousands of levels overflow the stack of every reader.
 */
export function nestingWithin(sections: readonly Section[], maxDepth: number): boolean {
  let types = 0;
  for (const { structs } of sections) for (const struct of structs) if (struct.isType) types++;
  if (types <= maxDepth) return true;

  const byClient = new Map<ClientId, readonly Struct[]>();
  for (const { client, structs } of sections) byClient.set(client, structs);
  /** Levels above a struct. Filled from the bottom up without recursion: the input decides how long chains are. */
  const depths = new Map<Struct, number>();
  for (const { structs } of sections) {
    for (const start of structs) {
      const chain: Struct[] = [];
      let struct: Struct | null = start;
      while (struct !== null && !depths.has(struct)) {
        chain.push(struct);
        if (chain.length > 1_000_000) return false; // a circle: integrable() refuses it too, but only afterwards
        struct = holder(struct, byClient);
      }
      let depth = struct === null ? 0 : (depths.get(struct) as number);
      for (let i = chain.length - 1; i >= 0; i--) {
        const link = chain[i] as Struct;
        // a parent adds a level, a neighbour lies on the same one
        const steps: boolean = link.parent !== null;
        depth = steps && holder(link, byClient) !== null ? depth + 1 : depth;
        if (depth > maxDepth) return false;
        depths.set(link, depth);
      }
    }
  }
  return true;
}

/** The struct in the same update that tells a struct's level: its parent, or a neighbour. */
function holder(struct: Struct, byClient: ReadonlyMap<ClientId, readonly Struct[]>): Struct | null {
  const id = struct.parent ?? struct.origin ?? struct.rightOrigin;
  return id === null ? null : find(id, byClient);
}

function find(
  { client, clock }: StructId,
  byClient: ReadonlyMap<ClientId, readonly Struct[]>,
): Struct | null {
  const structs = byClient.get(client) ?? [];
  let low = 0;
  let high = structs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const struct = structs[middle] as Struct;
    if (struct.clock > clock) high = middle - 1;
    else if (struct.clock + struct.length <= clock) low = middle + 1;
    else return struct;
  }
  return null;
}
