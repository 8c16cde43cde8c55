import * as Y from "yjs";
import { plus } from "./id-map.ts";
import type { IdRange } from "./ids.ts";
import type { Moved } from "./moves.ts";
import type { Id } from "./woven.ts";

/**
 * Tells a loaded document what only the one that made a restore knew: as what deleted items were inserted again. Every
 * form points at the newest one, so that Yjs goes there from any of them.
 */
export function linkForms(transaction: Y.Transaction, moved: Moved): void {
  for (const form of moved.forms()) {
    for (const { from, to } of moved.newestOf(form)) {
      if (to !== null && !isSame(from, to)) link(transaction, from, to);
    }
  }
}

function isSame(from: IdRange, to: Id): boolean {
  return from.client === to.client && from.clock === to.clock;
}

function link(transaction: Y.Transaction, from: IdRange, to: Id): void {
  const { store } = transaction.doc;
  const isThere = (id: Id) => id.clock + from.length <= Y.getState(store, id.client);
  // moves may be newer than the moment that was loaded
  if (!isThere(from) || !isThere(to)) return;
  for (let offset = 0; offset < from.length; ) {
    const source = plus(from, offset);
    const target = plus(to, offset);
    const left = from.length - offset;
    const length = Math.min(left, lengthFrom(transaction, source), lengthFrom(transaction, target));
    // both must end where the other does: Yjs goes from item to item
    const item = cutOut(transaction, source, length);
    cutOut(transaction, target, length);
    if (item instanceof Y.Item && item.deleted) item.redone = Y.createID(target.client, target.clock);
    offset += length;
  }
}

/** How far the struct at an id reaches behind it. */
function lengthFrom({ doc }: Y.Transaction, { client, clock }: Id): number {
  const struct = Y.getItem(doc.store, Y.createID(client, clock)) as Y.Item | Y.GC;
  return struct.id.clock + struct.length - clock;
}

function cutOut(transaction: Y.Transaction, { client, clock }: Id, length: number): Y.Item | Y.GC {
  const item: Y.Item | Y.GC = Y.getItemCleanStart(transaction, Y.createID(client, clock));
  const end = clock + length;
  if (item.id.clock + item.length > end) Y.getItemCleanStart(transaction, Y.createID(client, end));
  return item;
}
