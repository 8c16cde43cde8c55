import * as Y from "yjs";
import { DeleteSet } from "./delete-set.ts";
import { forYjs, holderOf, type IntegratedItem, isSomething, rangeOf, typeIn } from "./items.ts";
import { newestForm } from "./link-forms.ts";
import type { Moved } from "./moves.ts";

export interface Revival {
  /** What is to be deleted. */
  readonly insertions: DeleteSet;
  /** What is to be inserted again, and how many of its holders have to come back before it. */
  readonly ranks: ReadonlyMap<IntegratedItem, number>;
}

/** The item that holds another one now: what its holder was inserted again as, if it was. */
type HolderNow = (item: IntegratedItem) => IntegratedItem | null;

/**
 * What of the deleted can come back. What was collected cannot, nor what is here again under another id, nor what has
 * no place any more.
 */
export function planRevival(
  transaction: Y.Transaction,
  inserted: DeleteSet,
  deleted: DeleteSet,
  { keepForeign, moved }: { readonly keepForeign: boolean; readonly moved: Moved },
): Revival {
  const wanted = new DeleteSet();
  const ownAndGone = new DeleteSet();
  for (const range of deleted) {
    wanted.addAll(inserted.missing(range));
    if (keepForeign) ownAndGone.addAll(inserted.held(range));
  }
  const holderNow: HolderNow = (item) => {
    const holder = holderOf(item);
    return holder?.deleted ? (newestForm(transaction, moved, holder) ?? holder) : holder;
  };
  const candidates = new Set(revivable(transaction, wanted, moved));
  const around = holdersOf(candidates, new Set(revivable(transaction, ownAndGone, moved)), holderNow);
  const insertions = new DeleteSet();
  const revived = new DeleteSet();
  for (const item of around) {
    candidates.add(item);
    revived.add(rangeOf(item));
  }
  for (const range of inserted) insertions.addAll(revived.missing(range));

  const ranking = new Ranking(candidates, holderNow);
  const ranks = new Map<IntegratedItem, number>();
  for (const item of candidates) {
    const rank = ranking.of(item);
    if (rank !== HOMELESS && isFree(item, candidates, insertions, holderNow)) ranks.set(item, rank);
  }
  return { insertions, ranks };
}

function revivable(transaction: Y.Transaction, ids: DeleteSet, moved: Moved): IntegratedItem[] {
  const last = new DeleteSet();
  for (const range of ids) {
    for (const { from, to } of moved.newestOf(range)) {
      if (to === null || (to.client === from.client && to.clock === from.clock)) last.add(from);
    }
  }
  const found: IntegratedItem[] = [];
  // cuts the items where the ids begin and end
  Y.iterateDeletedStructs(transaction, forYjs(last), (struct) => {
    if (!(struct instanceof Y.Item) || !struct.deleted) return;
    if (!(struct.content instanceof Y.ContentDeleted)) found.push(struct as IntegratedItem);
  });
  return found;
}

/**
 * One's own elements which one deleted with others' content in them: they are not to come back for their own sake,
 * but around what does. They bring their attributes.
 */
function holdersOf(
  candidates: ReadonlySet<IntegratedItem>,
  own: ReadonlySet<IntegratedItem>,
  holderNow: HolderNow,
): Set<IntegratedItem> {
  const found = new Set<IntegratedItem>();
  if (own.size === 0) return found;
  for (const candidate of candidates) {
    if (!isSomething(candidate)) continue;
    const around: IntegratedItem[] = [];
    let holder = holderNow(candidate);
    while (holder?.deleted) {
      if (own.has(holder)) around.push(holder);
      else if (!candidates.has(holder)) break;
      holder = holderNow(holder);
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

class Ranking {
  readonly #candidates: ReadonlySet<IntegratedItem>;
  readonly #holderNow: HolderNow;
  readonly #known = new Map<IntegratedItem, number>();

  constructor(candidates: ReadonlySet<IntegratedItem>, holderNow: HolderNow) {
    this.#candidates = candidates;
    this.#holderNow = holderNow;
  }

  of(item: IntegratedItem): number {
    const holder = this.#holderNow(item);
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
  holderNow: HolderNow,
): boolean {
  const { parentSub } = item;
  if (parentSub === null) return true;
  for (let newer = item.right as IntegratedItem | null; newer !== null; newer = newer.right as typeof newer) {
    if (candidates.has(newer)) return false;
  }
  const holder = holderNow(item);
  if (holder === null || holder === holderOf(item)) return true;
  const now = typeIn(holder)?._map.get(parentSub);
  return now === undefined || now.deleted || insertions.has(now.id.client, now.id.clock);
}
