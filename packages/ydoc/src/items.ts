import * as Y from "yjs";
import type { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";

/** What all shared types have in common, defined or not. */
export type AnyType = NonNullable<ReturnType<Y.Doc["share"]["get"]>>;

/** One that is part of a document: Yjs has put its type in place of the type's id. */
export type IntegratedItem = Y.Item & { readonly parent: AnyType };

export type YDeleteSet = ReturnType<typeof Y.createDeleteSet>;

/** Ascending and joined, as Yjs looks ids up in it. */
export function forYjs(ids: DeleteSet): YDeleteSet {
  const set = Y.createDeleteSet();
  for (const { client, clock, length } of ids) {
    const ranges = set.clients.get(client);
    if (ranges === undefined) set.clients.set(client, [{ clock, len: length }]);
    else ranges.push({ clock, len: length });
  }
  return set;
}

export function rangeOf({ id, length }: Y.Item | Y.GC): IdRange {
  return { client: id.client as ClientId, clock: id.clock, length };
}

/** The item whose type an item lies in; null under a root. */
export function holderOf({ parent }: IntegratedItem): IntegratedItem | null {
  return parent._item as IntegratedItem | null;
}

/** The structs that lie in a range, wholly or in part, ascending. */
export function* structsIn({ store }: Y.Doc, { client, clock, length }: IdRange): Generator<Y.Item | Y.GC> {
  const structs = store.clients.get(client) ?? [];
  const end = Math.min(clock + length, Y.getState(store, client));
  if (clock >= end) return;
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const struct = structs[i] as Y.Item | Y.GC;
    if (struct.id.clock >= end) return;
    yield struct;
  }
}

export function typeIn({ content }: Y.Item): AnyType | null {
  return content instanceof Y.ContentType ? content.type : null;
}

/** More than a mark, an attribute or a text that is empty: a text is what it holds. */
export function isSomething({ content, countable, parentSub }: Y.Item): boolean {
  return (
    countable && parentSub === null && !(content instanceof Y.ContentType && content.type instanceof Y.Text)
  );
}
