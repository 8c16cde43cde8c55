import * as Y from "yjs";
import { DeleteSet } from "./delete-set.ts";
import { forYjs, holderOf, type IntegratedItem, isSomething, rangeOf, typeIn } from "./items.ts";
import { inRevivalOrder } from "./revival-order.ts";

export interface Revival {
  /** What is to be deleted. */
  readonly insertions: DeleteSet;
  /** What is to be inserted again: for Yjs to go through in this order. */
  readonly items: readonly IntegratedItem[];
}

/**
 * What of the deleted can come back. What was collected cannot, nor what is here again under another id, nor what has
 * no place any more.
 */
export function planRevival(
  transaction: Y.Transaction,
  inserted: DeleteSet,
  deleted: DeleteSet,
  keepForeign: boolean,
): Revival {
  const wanted = new DeleteSet();
  const ownAndGone = new DeleteSet();
  for (const range of deleted) {
    wanted.addAll(inserted.missing(range));
    if (keepForeign) ownAndGone.addAll(inserted.held(range));
  }
  const candidates = new Set(revivable(transaction, wanted));
  const around = holdersOf(candidates, new Set(revivable(transaction, ownAndGone)), transaction);
  const insertions = new DeleteSet();
  const revived = new DeleteSet();
  for (const item of around) {
    candidates.add(item);
    revived.add(rangeOf(item));
  }
  for (const range of inserted) insertions.addAll(revived.missing(range));

  const ranks = new Ranks(candidates, transaction);
  const reachable = [...candidates].filter((item) => {
    if (ranks.of(item) === HOMELESS) return false;
    return item.parentSub === null || isFree(item, candidates, insertions, transaction);
  });
  return { insertions, items: inRevivalOrder(reachable, (item) => ranks.of(item)) };
}

function revivable(transaction: Y.Transaction, ids: DeleteSet): IntegratedItem[] {
  const found: IntegratedItem[] = [];
  // cuts the items where the ids begin and end
  Y.iterateDeletedStructs(transaction, forYjs(ids), (struct) => {
    if (!(struct instanceof Y.Item) || !struct.deleted || struct.redone !== null) return;
    if (!(struct.content instanceof Y.ContentDeleted)) found.push(struct as IntegratedItem);
  });
  return found;
}

/** The item that holds this one, or will: what the holder was inserted again as, if it was. */
function newestHolder(item: IntegratedItem, transaction: Y.Transaction): IntegratedItem | null {
  const holder = holderOf(item);
  if (holder === null || !holder.deleted || holder.redone === null) return holder;
  return Y.getItemCleanStart(transaction, holder.redone) as IntegratedItem;
}

/**
 * One's own elements which one deleted with others' content in them: they are not to come back for their own sake,
 * but around what does. They bring their attributes.
 */
function holdersOf(
  candidates: ReadonlySet<IntegratedItem>,
  own: ReadonlySet<IntegratedItem>,
  transaction: Y.Transaction,
): Set<IntegratedItem> {
  const found = new Set<IntegratedItem>();
  if (own.size === 0) return found;
  for (const candidate of candidates) {
    if (!isSomething(candidate)) continue;
    const around: IntegratedItem[] = [];
    let holder = newestHolder(candidate, transaction);
    while (holder?.deleted) {
      if (own.has(holder)) around.push(holder);
      else if (!candidates.has(holder)) break;
      holder = newestHolder(holder, transaction);
    }
    if (!holder?.deleted) for (const item of around) found.add(item);
  }
  for (const item of [...found]) {
    for (const value of typeIn(item)?._map.values() ?? []) {
      if (own.has(value as IntegratedItem)) found.add(value as IntegratedItem);
    }
  }
  return found;
}

/** No place to come back to. */
const HOMELESS = -1;

/** How many of the holders of an item have to come back before it. */
class Ranks {
  readonly #candidates: ReadonlySet<IntegratedItem>;
  readonly #transaction: Y.Transaction;
  readonly #known = new Map<IntegratedItem, number>();

  constructor(candidates: ReadonlySet<IntegratedItem>, transaction: Y.Transaction) {
    this.#candidates = candidates;
    this.#transaction = transaction;
  }

  of(item: IntegratedItem): number {
    const holder = newestHolder(item, this.#transaction);
    if (holder === null || !holder.deleted) return 0;
    if (!this.#candidates.has(holder)) return HOMELESS;
    let rank = this.#known.get(holder);
    if (rank === undefined) {
      rank = this.of(holder);
      this.#known.set(holder, rank);
    }
    return rank === HOMELESS ? HOMELESS : rank + 1;
  }
}

/** Whether a value's key is not taken by a newer one that stays. Yjs looks at that only where the holder is the same. */
function isFree(
  item: IntegratedItem,
  candidates: ReadonlySet<IntegratedItem>,
  insertions: DeleteSet,
  transaction: Y.Transaction,
): boolean {
  for (let newer = item.right as IntegratedItem | null; newer !== null; newer = newer.right as typeof newer) {
    if (candidates.has(newer)) return false;
  }
  const holder = newestHolder(item, transaction);
  if (holder === holderOf(item) || holder === null) return true;
  const now = typeIn(holder)?._map.get(item.parentSub ?? "");
  return now === undefined || now.deleted || insertions.has(now.id.client, now.id.clock);
}
