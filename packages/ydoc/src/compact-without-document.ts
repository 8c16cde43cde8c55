import type { CompactState } from "./compact.ts";
import { condense } from "./condense.ts";
import { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { rangeAt } from "./read-update.ts";
import { sameBytes } from "./same-content.ts";
import { encodeStateVector } from "./state-vector.ts";
import { SKIPPED_REF, UpdateCursor } from "./update-cursor.ts";

/** Yjs's numbers of content fit into five bits. */
const KINDS = 32;

/**
 * The state of a document as one update without a `Y.Doc`, for documents that do not fit as one: memory is that of
 * the bytes, twice. Garbage is not collected: what was deleted stays in it, invisible.
 *
 * Verified before it is returned: it is readable, has every clock of every client from 0 on, and holds as many of each
 * kind of content and deletes the same as the updates do.
 *
 * @param updates build the state, in order
 * @throws Error when something is missing or was changed by merging: such a snapshot must not replace anything
 */
export function compactWithoutDocument(updates: readonly Uint8Array[]): CompactState {
  const update = condense(updates);
  const before = take(updates);
  const after = take([update]);
  const stateVector = encodeStateVector(after.next);
  const deleteSet = after.deleted.encode();
  const same =
    sameBytes(stateVector, encodeStateVector(before.next)) &&
    sameBytes(deleteSet, before.deleted.encode()) &&
    isComplete(after) &&
    // where the updates say something twice they hold more than the document
    (!isComplete(before) || before.kinds.every((clocks, ref) => clocks === after.kinds[ref]));
  if (!same)
    throw new Error("merging the updates of a document has changed it, or something of it is missing");
  return { update, stateVector, deleteSet, collected: false };
}

interface Stock {
  /** For each client the clock after its last struct. */
  readonly next: Map<ClientId, number>;
  /** For each client how many clocks there are. */
  readonly present: Map<ClientId, number>;
  /** Clocks of each kind of content. */
  readonly kinds: readonly number[];
  readonly deleted: DeleteSet;
}

function isComplete({ next, present }: Stock): boolean {
  for (const [client, clock] of next) if (present.get(client) !== clock) return false;
  return true;
}

function take(updates: readonly Uint8Array[]): Stock {
  const next = new Map<ClientId, number>();
  const present = new Map<ClientId, number>();
  const kinds: number[] = new Array(KINDS).fill(0);
  const deleted = new DeleteSet();
  for (const update of updates) {
    const cursor = new UpdateCursor(update, null);
    while (cursor.nextSection()) {
      let end = 0;
      let clocks = 0;
      while (cursor.nextStruct()) {
        if (cursor.contentRef === SKIPPED_REF) continue;
        end = cursor.clock + cursor.length;
        clocks += cursor.length;
        kinds[cursor.contentRef] = (kinds[cursor.contentRef] as number) + cursor.length;
      }
      if (end === 0) continue;
      next.set(cursor.client, Math.max(end, next.get(cursor.client) ?? 0));
      present.set(cursor.client, clocks + (present.get(cursor.client) ?? 0));
    }
    const ranges: IdRange[] = [];
    while (cursor.nextDelete()) ranges.push(rangeAt(cursor));
    deleted.addAll(ranges);
  }
  return { next, present, kinds, deleted };
}
