import * as Y from "yjs";
import { DeleteSet } from "./delete-set.ts";
import { plus } from "./id-map.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { type AnyType, type IntegratedItem, rangeOf } from "./items.ts";
import type { Moved } from "./moves.ts";
import type { Id } from "./woven.ts";

/**
 * Tells a loaded document what only the one that made a restore knew: as what deleted items were inserted again. Yjs
 * then finds the neighbours of what comes back, wherever they are now.
 *
 * Where several forms of something lie in one type, only the last of them is told: the earlier ones may lie on the
 * other side of what was written since, and Yjs would take the same neighbour for left and right.
 */
export function linkForms(transaction: Y.Transaction, moved: Moved): void {
  const told = new Map<AnyType, DeleteSet>();
  for (const form of moved.formsFromNewest()) {
    for (const { from, to } of moved.newestOf(form)) {
      if (to === null) continue;
      for (const { item, target } of pairs(transaction, from, to)) {
        const { parent } = item;
        let seen = told.get(parent);
        if (seen === undefined) {
          seen = new DeleteSet();
          told.set(parent, seen);
        }
        const { client, clock, length } = rangeOf(item);
        const original = moved.original({ client, clock });
        if (seen.has(original.client, original.clock)) continue;
        seen.add({ ...original, length });
        if (item.deleted && target !== item) item.redone = target.id;
      }
    }
  }
}

/** What an item was inserted again as; null where it was not, or was collected. */
export function newestForm(
  transaction: Y.Transaction,
  moved: Moved,
  item: IntegratedItem,
): IntegratedItem | null {
  const { client, clock } = item.id;
  const to = moved.newest({ client: client as ClientId, clock });
  if ((to.client === client && to.clock === clock) || !isThere(transaction, to, 1)) return null;
  const form: Y.Item | Y.GC = Y.getItemCleanStart(transaction, Y.createID(to.client, to.clock));
  return form instanceof Y.Item ? (form as IntegratedItem) : null;
}

/** Moves may be newer than the moment that was loaded. */
function isThere({ doc }: Y.Transaction, { client, clock }: Id, length: number): boolean {
  return clock + length <= Y.getState(doc.store, client);
}

/** The items of two equally long ranges, cut where the others end: Yjs goes from item to item. */
function* pairs(
  transaction: Y.Transaction,
  from: IdRange,
  to: Id,
): Generator<{ item: IntegratedItem; target: IntegratedItem }> {
  if (!isThere(transaction, from, from.length) || !isThere(transaction, to, from.length)) return;
  for (let offset = 0; offset < from.length; ) {
    const source = plus(from, offset);
    const goal = plus(to, offset);
    const left = from.length - offset;
    const length = Math.min(left, lengthFrom(transaction, source), lengthFrom(transaction, goal));
    const item = cutOut(transaction, source, length);
    const target = cutOut(transaction, goal, length);
    if (item instanceof Y.Item && target instanceof Y.Item) {
      yield { item: item as IntegratedItem, target: target as IntegratedItem };
    }
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
