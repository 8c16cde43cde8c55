import * as Y from "yjs";
import type { ClientId, IdRange } from "./ids.ts";
import { type AnyType, holderOf, type IntegratedItem, rangeOf, structsIn, typeIn } from "./items.ts";
import { Lens } from "./lens.ts";
import { MarksInside } from "./marks-inside.ts";
import type { Reversal } from "./revert.ts";
import type { Weave } from "./weave.ts";
import type { Id } from "./woven.ts";

/** A place in the text of a block, as it was at a moment: before the unit with this number. */
export interface Place {
  readonly block: Id;
  /** In UTF-16 units; an element that stands in the text counts one. */
  readonly offset: number;
}

/**
 * What makes these blocks look as they did at a moment: what came into them since goes, what went comes back, those that
 * are gone themselves come back with what they lay in.
 *
 * @param seq lies in the weave, whose end is the present
 * @returns null when one of them is no element of that moment
 */
export function blocksReversal(weave: Weave, seq: number, blocks: readonly Id[]): Reversal | null {
  const part = new Part(weave, seq);
  for (const id of blocks) {
    const item = part.element(id);
    if (item === null) return null;
    part.whole(item);
  }
  return part;
}

/** The same for a stretch of text over one block or several. What was put between them since stays. */
export function selectionReversal(weave: Weave, seq: number, from: Place, to: Place): Reversal | null {
  const part = new Part(weave, seq);
  const [first, last] = [part.element(from.block), part.element(to.block)];
  if (first === null || last === null) return null;
  return part.stretch(first, from.offset, last, to.offset) ? part : null;
}

/** What brings deleted ids back, with the marks around them and what they lay in, and touches nothing else. */
export function passageReversal(weave: Weave, seq: number, ids: Iterable<IdRange>): Reversal {
  const part = new Part(weave, seq);
  for (const range of ids) part.passage(range);
  return part;
}

class Part implements Reversal {
  readonly insertions: IdRange[] = [];
  readonly deletions: IdRange[] = [];
  readonly #doc: Y.Doc;
  readonly #then: Lens;
  readonly #held = new Set<IntegratedItem>();

  constructor({ doc, timeline }: Weave, seq: number) {
    this.#doc = doc;
    this.#then = Lens.at(seq, timeline);
  }

  element(id: Id): IntegratedItem | null {
    if (!this.#then.has(id.client, id.clock)) return null;
    const [item] = structsIn(this.#doc, { ...id, length: 1 });
    if (!(item instanceof Y.Item) || item.id.clock !== id.clock) return null;
    return typeIn(item) instanceof Y.XmlElement ? (item as IntegratedItem) : null;
  }

  whole(item: IntegratedItem): void {
    this.#back(item);
    const type = typeIn(item);
    if (type === null) return;
    this.#values(type);
    for (let child = type._start; child !== null; child = child.right) this.#child(child as IntegratedItem);
  }

  /** @returns false when the second block does not come after the first one */
  stretch(first: IntegratedItem, start: number, last: IntegratedItem, end: number): boolean {
    if (first === last) {
      if (end < start) return false;
      this.#inside(first, start, end);
      return true;
    }
    const around = new Set<AnyType>();
    for (let holder = holderOf(last); holder !== null; holder = holderOf(holder)) {
      around.add(typeIn(holder) as AnyType);
    }
    let state: "before" | "in" | "behind" = "before";
    const visit = (type: AnyType) => {
      for (let child = type._start; child !== null && state !== "behind"; child = child.right) {
        const inner = typeIn(child);
        if (inner === null || !isElement(child) || !this.#wasThere(child)) continue;
        if (child === first) {
          state = "in";
          this.#inside(first, start, Number.POSITIVE_INFINITY);
        } else if (child === last) {
          if (state === "before") return;
          this.#inside(last, 0, end);
          state = "behind";
        } else if (state === "in" && !around.has(inner)) this.whole(child as IntegratedItem);
        else visit(inner);
      }
    };
    visit(rootOf(first));
    return (state as string) === "behind";
  }

  passage(range: IdRange): void {
    for (const struct of structsIn(this.#doc, range)) {
      if (!(struct instanceof Y.Item) || !struct.deleted) continue;
      const item = struct as IntegratedItem;
      this.#back(item, range);
      if (typeIn(item) !== null) this.#values(typeIn(item) as AnyType);
      this.#marks(item, "left");
      this.#marks(item, "right");
    }
  }

  /** The units from `start` to `end` of a block's text. */
  #inside(block: IntegratedItem, start: number, end: number): void {
    if (block.deleted) this.#back(block);
    let at = 0;
    const inRange = () => at >= start && at < end;
    for (let child = typeIn(block)?._start ?? null; child !== null; child = child.right) {
      const inner = typeIn(child);
      if (inner instanceof Y.XmlText) {
        if (this.#wasThere(child)) at = this.#insideText(inner, at, start, end);
      } else if (inner instanceof Y.XmlElement && this.#wasThere(child)) {
        if (inRange()) this.whole(child as IntegratedItem);
        at++;
      }
    }
  }

  /** @returns the number of the unit behind the text */
  #insideText(text: Y.XmlText, begin: number, start: number, end: number): number {
    const marks = new MarksInside();
    let at = begin;
    for (let item = text._start; item !== null; item = item.right) {
      if (item.content instanceof Y.ContentFormat) {
        if (at <= end) marks.meet(item, item.content, at >= start, this.#wasThere(item));
        continue;
      }
      for (const there of this.#then.parts(rangeOf(item))) {
        if (!(item.content instanceof Y.ContentString)) break;
        const from = Math.max(start - at, 0);
        const to = Math.min(end - at, there.length);
        at += there.length;
        if (item.deleted && from < to) {
          this.#back(item as IntegratedItem, { ...there, clock: there.clock + from, length: to - from });
        }
      }
      if (at > start && at < end) this.#newer(item);
    }
    for (const item of marks.toTakeBack()) {
      if (item.deleted) this.#back(item as IntegratedItem);
      else this.#newer(item);
    }
    return at;
  }

  #child(item: IntegratedItem): void {
    if (typeIn(item) !== null) {
      if (this.#wasThere(item)) this.whole(item);
      else this.#newer(item);
      return;
    }
    if (item.deleted) for (const there of this.#then.parts(rangeOf(item))) this.#back(item, there);
    this.#newer(item);
  }

  /** What of it came since, and is still here, goes. */
  #newer(item: Y.Item): void {
    if (item.deleted) return;
    const { client, clock, length } = rangeOf(item);
    const known = Math.max(clock, Math.min(clock + length, this.#then.end(client)));
    if (known < clock + length)
      this.insertions.push({ client, clock: known, length: clock + length - known });
  }

  /** Attributes as they were. */
  #values(type: AnyType): void {
    for (const newest of type._map.values()) {
      let item: Y.Item | null = newest;
      for (
        ;
        item !== null && !this.#then.knows(item.id.client as ClientId, item.id.clock);
        item = item.left
      ) {
        this.#newer(item);
      }
      if (item === null) continue;
      // values that replaced each other may have been joined into one item: the last known one counts
      const { client, clock, length } = rangeOf(item);
      const count = Math.min(length, this.#then.end(client) - clock);
      const there = { client, clock: clock + count - 1, length: 1 };
      const isNow = item === newest && count === length && !item.deleted;
      if (!isNow && this.#then.has(client, there.clock)) this.deletions.push(there);
      this.#newer(item);
    }
  }

  #back(item: IntegratedItem, range: IdRange = rangeOf(item)): void {
    if (!item.deleted) return;
    this.deletions.push(range);
    this.#holders(item);
  }

  /** What it lay in comes back around it, with its attributes. */
  #holders(item: IntegratedItem): void {
    for (let holder = holderOf(item); holder?.deleted; holder = holderOf(holder)) {
      if (this.#held.has(holder)) return;
      this.#held.add(holder);
      this.deletions.push(rangeOf(holder));
      this.#values(typeIn(holder) as AnyType);
    }
  }

  /** Marks that began or ended right beside it. */
  #marks(item: IntegratedItem, side: "left" | "right"): void {
    for (let next = item[side]; next !== null; next = next[side]) {
      const wasThere = this.#then.parts(rangeOf(next)).length > 0;
      if (next.content instanceof Y.ContentFormat) {
        if (wasThere && next.deleted) this.deletions.push(rangeOf(next));
      } else if (wasThere) return;
    }
  }

  #wasThere({ id }: Y.Item): boolean {
    return this.#then.has(id.client as ClientId, id.clock);
  }
}

function isElement(item: Y.Item): boolean {
  return typeIn(item) instanceof Y.XmlElement;
}

function rootOf(item: IntegratedItem): AnyType {
  let top = item;
  for (let holder = holderOf(top); holder !== null; holder = holderOf(holder)) top = holder;
  return top.parent;
}
