import { type AnyType, holderOf, type IntegratedItem, type YDeleteSet } from "./items.ts";

/** Siblings of which one comes back before the others of its stretch do. */
const STRETCH = 128;

/**
 * Holders before what they hold, which Yjs would else put into something dead, and each with what it holds behind it:
 * ids that followed each other do so again. Inside something that comes back as a whole from left to right: text that
 * was written in pieces comes back in one. For each item Yjs searches to the right for the next one that is there
 * already, which takes quadratic time in something long; so in there one item in each stretch goes ahead, those in the
 * middle first.
 */
export function inRevivalOrder(ranks: ReadonlyMap<IntegratedItem, number>): IntegratedItem[] {
  const lists: IntegratedItem[][] = [];
  for (const [item, rank] of ranks) {
    while (lists.length <= rank) lists.push([]);
    lists[rank]?.push(item);
  }
  const held = new Map<IntegratedItem, IntegratedItem[]>();
  const roots: IntegratedItem[] = [];
  for (const list of lists) {
    const apart: IntegratedItem[] = [];
    for (const item of withinRank(list)) {
      const holder = holderOf(item);
      if (holder === null || !ranks.has(holder)) apart.push(item);
      else if (!held.get(holder)?.push(item)) held.set(holder, [item]);
    }
    // from what older forms of a holder hold Yjs finds the way to what newer ones do, not back
    for (const item of apart.sort((a, b) => formsBehind(a) - formsBehind(b))) roots.push(item);
  }
  const order: IntegratedItem[] = [];
  const visit = (item: IntegratedItem) => {
    order.push(item);
    for (const inner of held.get(item) ?? []) visit(inner);
  };
  for (const root of roots) visit(root);
  return order;
}

/** Whether an item's holder is alive, or came back since and is known to have, or is an older form of one that is. */
function formsBehind(item: IntegratedItem): 0 | 1 | 2 {
  const holder = holderOf(item);
  if (holder === null || !holder.deleted) return 0;
  return holder.redone === null ? 2 : 1;
}

function withinRank(items: readonly IntegratedItem[]): IntegratedItem[] {
  const ordered: IntegratedItem[] = [];
  const byType = new Map<AnyType, Set<IntegratedItem>>();
  for (const item of items) {
    const { parent, parentSub } = item;
    if (parentSub !== null || !parent._item?.deleted) ordered.push(item);
    else {
      const siblings = byType.get(parent);
      if (siblings === undefined) byType.set(parent, new Set([item]));
      else siblings.add(item);
    }
  }
  for (const [type, members] of byType) {
    const siblings: IntegratedItem[] = [];
    for (let item = type._start as IntegratedItem | null; item !== null; item = item.right as typeof item) {
      if (members.has(item)) siblings.push(item);
    }
    for (const item of inStretches(siblings)) ordered.push(item);
  }
  return ordered;
}

function* inStretches(siblings: readonly IntegratedItem[]): Generator<IntegratedItem> {
  const ahead: IntegratedItem[] = [];
  for (let i = STRETCH - 1; i < siblings.length; i += STRETCH) ahead.push(siblings[i] as IntegratedItem);
  yield* middleFirst(ahead, 0, ahead.length);
  for (let i = 0; i < siblings.length; i++) {
    if (i % STRETCH !== STRETCH - 1) yield siblings[i] as IntegratedItem;
  }
}

function* middleFirst<T>(list: readonly T[], from: number, to: number): Generator<T> {
  if (from >= to) return;
  const middle = (from + to) >> 1;
  yield list[middle] as T;
  yield* middleFirst(list, from, middle);
  yield* middleFirst(list, middle + 1, to);
}

/** A set that Yjs goes through in the order of these items, not client by client. */
export function ordered(items: readonly IntegratedItem[]): YDeleteSet {
  return { clients: new ClientsAgainAndAgain(items) };
}

class ClientsAgainAndAgain extends Map<number, YRange[]> {
  readonly #items: readonly IntegratedItem[];

  constructor(items: readonly IntegratedItem[]) {
    super();
    this.#items = items;
  }

  override forEach(visit: (ranges: YRange[], client: number, map: Map<number, YRange[]>) => void): void {
    for (const { id, length } of this.#items) visit([{ clock: id.clock, len: length }], id.client, this);
  }
}

type YRange = { clock: number; len: number };
