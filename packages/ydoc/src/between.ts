import type * as Y from "yjs";
import { type AnyType, type IntegratedItem, isSomething, typeIn } from "./items.ts";

/** Part of what lies between two positions: characters, embeds, or an element that holds nothing. */
export interface Piece {
  readonly item: IntegratedItem;
  /** In the item. */
  readonly offset: number;
  readonly length: number;
}

type Position = Pick<Y.AbsolutePosition, "type" | "index">;

/** What lives between two positions, in reading order; null when the end lies before the start. */
export function between(start: Position, end: Position): Piece[] | null {
  if (start.type === end.type && start.index > end.index) return null;
  const walk = new Walk(start, end);
  walk.through(rootOf(start.type));
  return walk.state === "behind" ? walk.pieces : null;
}

function rootOf(type: AnyType): AnyType {
  let root = type;
  while (root._item !== null) root = (root._item as IntegratedItem).parent;
  return root;
}

class Walk {
  readonly pieces: Piece[] = [];
  state: "before" | "between" | "behind" | "wrong" = "before";
  readonly #start: Position;
  readonly #end: Position;

  constructor(start: Position, end: Position) {
    this.#start = start;
    this.#end = end;
  }

  through(type: AnyType): void {
    let index = 0;
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      const from = this.#begin(type, index, index + item.length);
      const isLast = type === this.#end.type && this.#end.index < index + item.length;
      const to = isLast ? Math.max(from, this.#end.index - index) : item.length;
      if (to > from) this.#visit(item as IntegratedItem, from, to);
      if (isLast) this.#finish();
      if (this.state === "behind" || this.state === "wrong") return;
      index += item.length;
    }
    this.#begin(type, index, index + 1);
    if (type === this.#end.type) this.#finish();
  }

  /** Where between two indexes of a type the stretch begins, if it does; else, how much is before it: nothing. */
  #begin(type: AnyType, index: number, end: number): number {
    const { type: startType, index: startIndex } = this.#start;
    if (this.state !== "before" || type !== startType || startIndex >= end) return 0;
    this.state = "between";
    return Math.max(0, startIndex - index);
  }

  #finish(): void {
    this.state = this.state === "between" ? "behind" : "wrong";
  }

  #visit(item: IntegratedItem, offset: number, to: number): void {
    const inner = typeIn(item);
    if (inner !== null && (inner._length > 0 || this.#isIn(inner))) this.through(inner);
    else if (this.state === "between" && isSomething(item))
      this.pieces.push({ item, offset, length: to - offset });
  }

  /** Whether one of the positions is directly in a type: then it has to be looked for there. */
  #isIn(type: AnyType): boolean {
    return type === this.#start.type || type === this.#end.type;
  }
}
