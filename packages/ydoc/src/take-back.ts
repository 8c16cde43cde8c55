import type * as Y from "yjs";
import { DeleteSet } from "./delete-set.ts";
import type { IdRange } from "./ids.ts";
import { type AnyType, type IntegratedItem, rangeOf, structsIn, typeIn } from "./items.ts";
import { rangeAt } from "./read-update.ts";
import type { Reversal } from "./revert.ts";
import { SKIPPED_REF, UpdateCursor } from "./update-cursor.ts";

export interface StretchFrame {
  readonly update: Uint8Array;
  /** By the person whose edits are to be taken back. */
  readonly isTheirs: boolean;
}

/**
 * What one person did in a stretch of the log: all that they inserted, and all that is gone because of them alone.
 * What somebody else deleted as well, or they themselves at another time, is not among it.
 *
 * Besides what their frames delete, this is what fell with it: what others put, unaware, into something that was
 * deleted, and values that lost their key to one of theirs. Yjs deletes those without any frame that says so.
 *
 * @param doc the present, loaded with `keepDeleted`
 * @param frames of the stretch, everybody's
 * @param deletedElsewhere what the frames before and after the stretch say that they delete
 */
export function personReversal(
  doc: Y.Doc,
  frames: Iterable<StretchFrame>,
  deletedElsewhere: Iterable<IdRange>,
): Reversal {
  const inserted: IdRange[] = [];
  const theirs: IdRange[] = [];
  const elsewhere = new DeleteSet();
  elsewhere.addAll(deletedElsewhere);
  for (const { update, isTheirs } of frames) {
    const { structs, deletes } = contentsOf(update);
    if (isTheirs) {
      for (const range of structs) inserted.push(range);
      for (const range of deletes) theirs.push(range);
    } else elsewhere.addAll(deletes);
  }
  const insertions = new DeleteSet();
  insertions.addAll(inserted);
  const fallen = new Fallen(elsewhere);
  for (const range of theirs) {
    for (const part of elsewhere.missing(range)) {
      fallen.add(part);
      for (const struct of structsIn(doc, part)) fallen.addContent(struct);
    }
  }
  for (const range of insertions) {
    for (const struct of structsIn(doc, range)) {
      const before = overwrittenBy(struct);
      if (before !== null && !insertions.has(before.id.client, before.id.clock)) fallen.addItem(before);
    }
  }
  fallen.settle();
  return { insertions, deletions: fallen.ids };
}

/**
 * Exactly one frame: what it inserted, and what is gone because of it alone.
 *
 * @param doc the present, loaded with `keepDeleted`
 * @param deletedElsewhere what all other frames, before and after it, say that they delete
 */
export function takeBackFrame(doc: Y.Doc, update: Uint8Array, deletedElsewhere: Iterable<IdRange>): Reversal {
  return personReversal(doc, [{ update, isTheirs: true }], deletedElsewhere);
}

/** The ids that an update inserts, and those that it says it deletes. */
function contentsOf(update: Uint8Array): { readonly structs: IdRange[]; readonly deletes: IdRange[] } {
  const cursor = new UpdateCursor(update, null);
  const structs: IdRange[] = [];
  const deletes: IdRange[] = [];
  while (cursor.nextSection()) {
    while (cursor.nextStruct()) if (cursor.contentRef !== SKIPPED_REF) structs.push(rangeAt(cursor));
  }
  while (cursor.nextDelete()) deletes.push(rangeAt(cursor));
  return { structs, deletes };
}

/** The value of the same key before this one. */
function overwrittenBy(struct: Y.Item | Y.GC): IntegratedItem | null {
  if (!("parentSub" in struct) || struct.parentSub === null || !struct.left?.deleted) return null;
  return struct.left as IntegratedItem;
}

/** Gathers what is gone together with something. */
class Fallen {
  readonly ids = new DeleteSet();
  readonly #elsewhere: DeleteSet;
  readonly #types: AnyType[] = [];
  readonly #seen = new Set<AnyType>();

  constructor(elsewhere: DeleteSet) {
    this.#elsewhere = elsewhere;
  }

  add(range: IdRange): void {
    this.ids.add(range);
  }

  addItem(item: Y.Item): void {
    const parts = this.#elsewhere.missing(rangeOf(item));
    this.ids.addAll(parts);
    if (parts.length > 0) this.addContent(item);
  }

  addContent(struct: Y.Item | Y.GC): void {
    const type = "content" in struct ? typeIn(struct) : null;
    if (type === null || this.#seen.has(type)) return;
    this.#seen.add(type);
    this.#types.push(type);
  }

  /** Goes through the types that were added, and those inside them. */
  settle(): void {
    for (let type = this.#types.pop(); type !== undefined; type = this.#types.pop()) {
      for (let item = type._start; item !== null; item = item.right) if (item.deleted) this.addItem(item);
      // the values before the newest of a key were overwritten: they did not fall with the rest
      for (const value of type._map.values()) if (value.deleted) this.addItem(value);
    }
  }
}
