import type { ClientId } from "./ids.ts";
import type { Section, Struct, StructId } from "./read-update.ts";
import type { StateVector } from "./state-vector.ts";

interface Cursor {
  readonly section: Section;
  index: number;
  /** Its next struct waits for another client. */
  blocked: boolean;
}

/** How far a client has to get for the one who asked. */
interface Errand {
  readonly cursor: Cursor;
  readonly clock: number;
}

/**
 * Whether all structs of an update can be integrated on top of `known`: each one's neighbours and parent are
 * there, or come from the same update in an order without circles. Yjs would keep the others as pending: invisible,
 * yet acknowledged.
 *
 * It goes after what a struct waits for, just as far as needed, and comes back: each struct is looked at once for
 * each thing that it waits for. To let everybody who waits look again at each step would take as many looks as
 * there are waiting clients times steps.
 */
export function integrable(sections: readonly Section[], known: StateVector): boolean {
  const progress = new Progress(known);
  const cursors = new Map<ClientId, Cursor>();
  for (const section of sections) cursors.set(section.client, { section, index: 0, blocked: false });

  for (const start of cursors.values()) {
    const errands: Errand[] = [{ cursor: start, clock: Number.POSITIVE_INFINITY }];
    for (let errand = errands.at(-1); errand !== undefined; errand = errands.at(-1)) {
      const { cursor, clock } = errand;
      const missing = advance(cursor, clock, progress);
      cursor.blocked = missing !== null;
      if (missing === null) {
        errands.pop();
        continue;
      }
      const bringer = cursors.get(missing.client);
      // nobody brings it, or whoever does waits, directly or not, for the one who asks
      if (bringer === undefined || bringer.blocked) return false;
      if (bringer.index === bringer.section.structs.length) return false;
      errands.push({ cursor: bringer, clock: missing.clock });
    }
  }
  return true;
}

/** What is known and integrated so far. A layer over what is known: copying that would cost each keystroke O(clients). */
class Progress {
  readonly #known: StateVector;
  readonly #here = new Map<ClientId, number>();

  constructor(known: StateVector) {
    this.#known = known;
  }

  next(client: ClientId): number {
    return this.#here.get(client) ?? this.#known.get(client) ?? 0;
  }

  raise(client: ClientId, clock: number): void {
    if (clock > this.next(client)) this.#here.set(client, clock);
  }
}

/** Integrates a client's structs up to `clock`, or until one misses something; null when it got there. */
function advance(cursor: Cursor, clock: number, progress: Progress): StructId | null {
  const { client, structs } = cursor.section;
  while (cursor.index < structs.length && progress.next(client) <= clock) {
    const struct = structs[cursor.index] as Struct;
    const missing = firstMissing(struct, client, progress);
    if (missing !== null) return missing;
    progress.raise(client, struct.clock + struct.length);
    cursor.index++;
  }
  return null;
}

function firstMissing(struct: Struct, own: ClientId, progress: Progress): StructId | null {
  for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
    if (id !== null && id.client !== own && !isThere(id, progress)) return id;
  }
  return null;
}

function isThere({ client, clock }: StructId, progress: Progress): boolean {
  return clock < progress.next(client);
}
