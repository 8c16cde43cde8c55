import * as Y from "yjs";

/**
 * Whether two documents hold the same living content under the same ids in the same order. How Yjs cut it into
 * items does not count: what other people's ids point into stays in pieces until the next load joins them.
 */
export function sameContent(a: Y.Doc, b: Y.Doc): boolean {
  const pairs: [TypeParts, TypeParts][] = [];
  for (const name of new Set([...a.share.keys(), ...b.share.keys()])) {
    pairs.push([a.share.get(name) ?? nothing, b.share.get(name) ?? nothing]);
  }
  // a stack of its own: how deep types nest is up to those who wrote the document
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [left, right] = pair;
    if (!sameRun(new Run(left._start), new Run(right._start), pairs)) return false;
    for (const key of new Set([...left._map.keys(), ...right._map.keys()])) {
      // only the newest value of a key counts; those before it are overwritten
      const values = [new Run(newest(left, key)), new Run(newest(right, key))] as const;
      if (!sameRun(...values, pairs)) return false;
    }
  }
  return true;
}

type TypeParts = Pick<Y.AbstractType<unknown>, "_start" | "_map">;

const nothing: TypeParts = { _start: null, _map: new Map() };

function newest(type: TypeParts, key: string): Y.Item | null {
  return type._map.get(key) ?? null;
}

/** Walks living items from left to right, as far into each of them as one likes. */
class Run {
  item: Y.Item | null;
  offset = 0;

  constructor(start: Y.Item | null) {
    this.item = start;
    this.#skipDeleted();
  }

  advance(by: number): void {
    if (this.item === null) return;
    this.offset += by;
    if (this.offset < this.item.length) return;
    this.item = this.item.right;
    this.offset = 0;
    this.#skipDeleted();
  }

  #skipDeleted(): void {
    while (this.item?.deleted) this.item = this.item.right;
  }
}

function sameRun(a: Run, b: Run, nested: [TypeParts, TypeParts][]): boolean {
  while (a.item !== null && b.item !== null) {
    const { item: left, offset: leftFrom } = a;
    const { item: right, offset: rightFrom } = b;
    const length = Math.min(left.length - leftFrom, right.length - rightFrom);
    if (left.id.client !== right.id.client) return false;
    if (left.id.clock + leftFrom !== right.id.clock + rightFrom) return false;
    if (!sameBytes(slice(left, leftFrom, length), slice(right, rightFrom, length))) return false;
    if (left.content instanceof Y.ContentType && right.content instanceof Y.ContentType) {
      nested.push([left.content.type, right.content.type]);
    }
    a.advance(length);
    b.advance(length);
  }
  return a.item === null && b.item === null;
}

/** The kind of the content, and part of it, as Yjs writes it. */
function slice({ content, length: whole }: Y.Item, from: number, length: number): Uint8Array {
  const out = new Y.UpdateEncoderV1();
  out.writeInfo(content.getRef());
  if (from + length === whole) content.write(out, from);
  else {
    const copy = content.copy();
    copy.splice(from + length);
    copy.write(out, from);
  }
  return out.toUint8Array();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
