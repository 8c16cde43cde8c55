import type * as Y from "yjs";

/** One mark in a stretch of text. */
interface MarkInside {
  /** Its value behind the stretch, as things are, and as they were with what goes in front of it unchanged. */
  now: string;
  past: string;
  readonly items: Y.Item[];
}

/**
 * A mark is switched on at one place and off at another. Where one of the two lies outside of the stretch, taking back
 * the other would mark, or not, everything behind it: then that mark stays as it is now.
 */
export class MarksInside {
  readonly #entering = new Map<string, string>();
  readonly #inside = new Map<string, MarkInside>();

  meet(item: Y.Item, { key, value }: Y.ContentFormat, isInside: boolean, wasThere: boolean): void {
    const name = String(key);
    const state = JSON.stringify(value);
    if (!isInside) {
      if (!item.deleted) this.#entering.set(name, state);
      return;
    }
    let mark = this.#inside.get(name);
    if (mark === undefined) {
      const entering = this.#entering.get(name) ?? "null";
      mark = { now: entering, past: entering, items: [] };
      this.#inside.set(name, mark);
    }
    if (!item.deleted) mark.now = state;
    if (wasThere) mark.past = state;
    if (item.deleted === wasThere) mark.items.push(item);
  }

  *toTakeBack(): Generator<Y.Item> {
    for (const { now, past, items } of this.#inside.values()) if (now === past) yield* items;
  }
}
