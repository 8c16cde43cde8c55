import type * as Y from "yjs";
import type { AnyType, IntegratedItem } from "./items.ts";

/** A place in a type, as Yjs counts in it: UTF-16 units and embeds of a text, children of an element. */
export interface Spot {
  readonly type: AnyType;
  readonly index: number;
}

/** Knows where items stand, for as long as the document does not change. Each type is walked once. */
export class ReadingOrder {
  readonly #indexes = new Map<AnyType, ReadonlyMap<Y.Item, number>>();

  spot(item: IntegratedItem, offset: number): Spot {
    const { parent } = item;
    return { type: parent, index: (this.#indexesIn(parent).get(item) ?? 0) + offset };
  }

  /** Below zero when the first comes before the second. Both lie under one root. */
  compare(a: Spot, b: Spot): number {
    if (a.type === b.type) return a.index - b.index;
    const left = this.#path(a);
    const right = this.#path(b);
    const length = Math.min(left.length, right.length);
    for (let i = 0; i < length; i++) {
      const difference = (left[i] as number) - (right[i] as number);
      if (difference !== 0) return difference;
    }
    return left.length - right.length;
  }

  /** Indexes from the root down. */
  #path(spot: Spot): number[] {
    const path = [spot.index];
    for (let { _item } = spot.type; _item !== null; _item = (_item as IntegratedItem).parent._item) {
      path.push(this.spot(_item as IntegratedItem, 0).index);
    }
    return path.reverse();
  }

  #indexesIn(type: AnyType): ReadonlyMap<Y.Item, number> {
    const known = this.#indexes.get(type);
    if (known !== undefined) return known;
    const indexes = new Map<Y.Item, number>();
    let index = 0;
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      indexes.set(item, index);
      index += item.length;
    }
    this.#indexes.set(type, indexes);
    return indexes;
  }
}
