import * as Y from "yjs";
import { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import {
  type AnyType,
  forYjs,
  holderOf,
  type IntegratedItem,
  isSomething,
  rangeOf,
  typeIn,
} from "./items.ts";
import { linkForms, newestForm } from "./link-forms.ts";
import { type Move, Moved } from "./moves.ts";
import { planRevival } from "./plan-revival.ts";
import { inRevivalOrder, ordered } from "./revival-order.ts";

/** Edits to take back: what they inserted is deleted, what they deleted is inserted again. */
export interface Reversal {
  readonly insertions: Iterable<IdRange>;
  readonly deletions: Iterable<IdRange>;
}

export interface Reverted {
  /** To append: one change, by one client. */
  readonly update: Uint8Array;
  /** Where what it inserts again came from. */
  readonly moves: readonly Move[];
}

export interface RevertOptions {
  /**
   * Leave an inserted element in its place when it holds something that is not taken back: others' words in my
   * block. It keeps its attributes. If it was deleted together with words that come back, it comes back around them.
   */
  readonly keepForeign?: boolean;
  /**
   * Of the document's earlier restores. What they put back counts as what it once was: it is not put back a second
   * time, goes when that is taken back, and holds what comes back into it. Leave it out for a restore of a whole
   * moment, which takes those restores back as well.
   */
  readonly moved?: Moved;
}

/**
 * The forward edit that takes earlier edits back. Nothing else changes: what both states have keeps its identity, and
 * every open editor's caret its place. A value that somebody else replaced stays replaced, and what lay in something
 * that stays deleted stays deleted with it.
 *
 * @param doc the whole present, loaded with `keepDeleted` from a base no later than the deletions to take back; what
 * was collected before cannot come back. It is of no other use afterwards
 * @param clientId who inserts: must be new to the document
 * @returns null when nothing would change
 */
export function revert(
  doc: Y.Doc,
  { insertions, deletions }: Reversal,
  clientId: ClientId,
  { keepForeign = false, moved = new Moved() }: RevertOptions = {},
): Reverted | null {
  doc.clientID = clientId;
  const inserted = moved.follow(insertions);
  const deleted = new DeleteSet();
  deleted.addAll(deletions);
  let update: Uint8Array | null = null;
  doc.on("update", (bytes: Uint8Array) => {
    if (update !== null) throw new Error("taking edits back must be one change");
    update = bytes;
  });
  const moves = doc.transact((transaction) => {
    const formsLeft = moved.without(inserted);
    linkForms(transaction, formsLeft);
    const revival = planRevival(transaction, inserted, deleted, { keepForeign, moved: formsLeft });
    const items = inRevivalOrder(revival.ranks);
    const phases = [...inPhases(transaction, items, formsLeft)];
    undo(doc, revival.insertions, phases, keepForeign);
    return movesOf(items, clientId);
  });
  return update === null ? null : { update, moves };
}

interface Phase {
  /** Holders of the items, and what they were inserted again as. */
  readonly links: ReadonlyMap<IntegratedItem, IntegratedItem>;
  readonly items: IntegratedItem[];
}

/**
 * Where several forms of a holder lie in one type, Yjs must not know of the earlier ones while it looks for the places
 * of their neighbours, but has to know of them for what they hold: so that comes after.
 */
function* inPhases(
  transaction: Y.Transaction,
  items: readonly IntegratedItem[],
  moved: Moved,
): Generator<Phase> {
  let links = new Map<IntegratedItem, IntegratedItem>();
  let phase: IntegratedItem[] = [];
  for (const item of items) {
    const holder = holderOf(item);
    const isUnlinked = holder?.deleted && holder.redone === null;
    const form = isUnlinked ? newestForm(transaction, moved, holder) : null;
    if ((form === null) !== (links.size === 0) && phase.length > 0) {
      yield { links, items: phase };
      links = new Map();
      phase = [];
    }
    if (holder !== null && form !== null) links.set(holder, form);
    phase.push(item);
  }
  yield { links, items: phase };
}

/** Hands Yjs's own undo an edit that it never saw. */
function undo(doc: Y.Doc, insertions: DeleteSet, phases: readonly Phase[], keepForeign: boolean): void {
  const holdsForeign = foreignHolders(insertions);
  const isOwn = ({ id }: Y.Item) => insertions.has(id.client, id.clock);
  let isLast = false;
  const manager = new Y.UndoManager(doc, {
    deleteFilter: (item) => {
      // Yjs follows `redone`, also to what was put back from another form
      if (!isLast || !isOwn(item)) return false;
      if (!keepForeign) return true;
      if (item.content instanceof Y.ContentType) return !holdsForeign(item.content.type);
      if (item.parentSub === null) return true;
      const { parent } = item as IntegratedItem;
      return parent._item === null || !isOwn(parent._item) || !holdsForeign(parent);
    },
  });
  for (const phase of phases) {
    isLast = phase === phases.at(-1);
    for (const [holder, form] of phase.links) holder.redone = form.id;
    manager.undoStack.push({
      insertions: forYjs(insertions),
      deletions: ordered(phase.items),
      meta: new Map(),
    });
    manager.undo();
  }
  manager.destroy();
}

/** Whether a type holds, however deep, something living that has none of these ids. A text that is empty is nothing. */
function foreignHolders(ids: DeleteSet): (type: AnyType) => boolean {
  const known = new Map<AnyType, boolean>();
  const holds = (type: AnyType): boolean => {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted) continue;
      if (isSomething(item) && ids.missing(rangeOf(item)).length > 0) return true;
      const inner = typeIn(item);
      if (inner !== null && remembered(inner)) return true;
    }
    return false;
  };
  const remembered = (type: AnyType): boolean => {
    const before = known.get(type);
    if (before !== undefined) return before;
    const found = holds(type);
    known.set(type, found);
    return found;
  };
  return remembered;
}

/** Yjs notes at each item as what it inserted it again. */
function movesOf(items: readonly IntegratedItem[], clientId: ClientId): Move[] {
  const redone = items.filter((item) => item.redone?.client === clientId);
  redone.sort((a, b) => a.id.client - b.id.client || a.id.clock - b.id.clock);
  const moves: Move[] = [];
  for (const item of redone) {
    const from = rangeOf(item);
    const to = { client: clientId, clock: item.redone?.clock as number };
    const last = moves.at(-1);
    const continues =
      last !== undefined &&
      last.from.client === from.client &&
      last.from.clock + last.from.length === from.clock &&
      last.to.clock + last.from.length === to.clock;
    if (!continues) moves.push({ from, to });
    else {
      const length = last.from.length + from.length;
      moves[moves.length - 1] = { from: { ...last.from, length }, to: last.to };
    }
  }
  return moves;
}
