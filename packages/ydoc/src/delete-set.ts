import * as encoding from "lib0/encoding";
import type { ClientId, IdRange } from "./ids.ts";

/** Which clocks are deleted, or any other set of ids: per client disjoint ranges in ascending order, neighbours joined. */
export class DeleteSet {
  /** Flat pairs [start, end) per client: half the memory of range objects, and the sets grow with history. */
  readonly #ranges = new Map<ClientId, number[]>();

  /** The parts of `range` that are not deleted yet, in ascending order. */
  missing(range: IdRange): IdRange[] {
    const flat = this.#ranges.get(range.client);
    if (flat === undefined) return [range];
    const end = range.clock + range.length;
    const gaps: IdRange[] = [];
    let from = range.clock;
    for (let i = firstEndingAfter(flat, from); i < flat.length && from < end; i += 2) {
      const start = flat[i] as number;
      if (start >= end) break;
      if (start > from) gaps.push({ client: range.client, clock: from, length: start - from });
      from = flat[i + 1] as number;
    }
    if (from < end) gaps.push({ client: range.client, clock: from, length: end - from });
    return gaps;
  }

  /** The parts of `range` that are deleted, in ascending order. */
  held(range: IdRange): IdRange[] {
    const flat = this.#ranges.get(range.client) ?? [];
    const end = range.clock + range.length;
    const parts: IdRange[] = [];
    for (let i = firstEndingAfter(flat, range.clock); i < flat.length; i += 2) {
      const from = Math.max(range.clock, flat[i] as number);
      if (from >= end) break;
      parts.push({ client: range.client, clock: from, length: Math.min(end, flat[i + 1] as number) - from });
    }
    return parts;
  }

  has(client: number, clock: number): boolean {
    const flat = this.#ranges.get(client as ClientId);
    if (flat === undefined) return false;
    const at = firstEndingAfter(flat, clock);
    return at < flat.length && (flat[at] as number) <= clock;
  }

  add({ client, clock, length }: IdRange): void {
    let start = clock;
    let end = clock + length;
    let flat = this.#ranges.get(client);
    if (flat === undefined) {
      flat = [];
      this.#ranges.set(client, flat);
    }
    // ranges that overlap or touch the new one become part of it
    const from = firstEndingAfter(flat, start - 1);
    let to = from;
    while (to < flat.length && (flat[to] as number) <= end) {
      start = Math.min(start, flat[to] as number);
      end = Math.max(end, flat[to + 1] as number);
      to += 2;
    }
    flat.splice(from, to - from, start, end);
  }

  /** In ascending order, whatever the given one: to make room at the front for each range takes quadratic time. */
  addAll(ranges: Iterable<IdRange>): void {
    const ascending = [...ranges].sort((a, b) => a.clock - b.clock);
    const byClient = new Map<ClientId, IdRange[]>();
    for (const range of ascending) {
      const list = byClient.get(range.client);
      if (list === undefined) byClient.set(range.client, [range]);
      else list.push(range);
    }
    for (const [client, list] of byClient) this.#merge(client, list);
  }

  #merge(client: ClientId, added: readonly IdRange[]): void {
    const before = this.#ranges.get(client) ?? [];
    // a few ranges are cheaper to put in one by one than to write a long list anew
    if (added.length * 16 < before.length) {
      for (const range of added) this.add(range);
      return;
    }
    const merged: number[] = [];
    const append = (start: number, end: number) => {
      const last = merged.at(-1);
      if (last === undefined || start > last) merged.push(start, end);
      else merged[merged.length - 1] = Math.max(last, end);
    };
    let i = 0;
    for (const { clock, length } of added) {
      for (; i < before.length && (before[i] as number) <= clock; i += 2) {
        append(before[i] as number, before[i + 1] as number);
      }
      append(clock, clock + length);
    }
    for (; i < before.length; i += 2) append(before[i] as number, before[i + 1] as number);
    this.#ranges.set(client, merged);
  }

  *[Symbol.iterator](): Generator<IdRange> {
    for (const client of [...this.#ranges.keys()].sort((a, b) => b - a)) {
      const flat = this.#ranges.get(client) ?? [];
      for (let i = 0; i < flat.length; i += 2) {
        yield { client, clock: flat[i] as number, length: (flat[i + 1] as number) - (flat[i] as number) };
      }
    }
  }

  /** Bytes as the last section of a V1 update; equal sets are equal bytes. */
  encode(): Uint8Array {
    const out = encoding.createEncoder();
    writeDeleteSet(out, [...this]);
    return encoding.toUint8Array(out);
  }
}

/** Writes ranges, grouped by client in the order given, as the last section of a V1 update. */
export function writeDeleteSet(out: encoding.Encoder, ranges: readonly IdRange[]): void {
  const byClient = new Map<ClientId, IdRange[]>();
  for (const range of ranges) {
    const list = byClient.get(range.client);
    if (list === undefined) byClient.set(range.client, [range]);
    else list.push(range);
  }
  encoding.writeVarUint(out, byClient.size);
  for (const [client, list] of byClient) {
    encoding.writeVarUint(out, client);
    encoding.writeVarUint(out, list.length);
    for (const { clock, length } of list) {
      encoding.writeVarUint(out, clock);
      encoding.writeVarUint(out, length);
    }
  }
}

/** Index of the first pair whose end is greater than `clock`, by bisection; `flat.length` when there is none. */
function firstEndingAfter(flat: readonly number[], clock: number): number {
  let low = 0;
  let high = flat.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((flat[middle * 2 + 1] as number) > clock) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}
