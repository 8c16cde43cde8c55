import type { ClientId, IdRange } from "./ids.ts";
import type { Id } from "./woven.ts";

/** A stretch of ids, and the ids that stand for them: null where none do. */
export interface MappedRange<To extends Id | null = Id | null> {
  readonly from: IdRange;
  readonly to: To;
}

/** Consecutive ids that map to consecutive ids. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly to: Id;
}

/** A map from ids to ids that takes memory for stretches, not for single ids. */
export class IdMap {
  /** Disjoint and in ascending order. */
  readonly #stretches = new Map<ClientId, Stretch[]>();

  /** Maps `from` to as many ids from `to` on, whatever it was mapped to before. */
  set({ client, clock, length }: IdRange, to: Id): void {
    let list = this.#stretches.get(client);
    if (list === undefined) {
      list = [];
      this.#stretches.set(client, list);
    }
    const end = clock + length;
    const first = firstEndingAfter(list, clock);
    const replaced: Stretch[] = [];
    let last = first;
    for (let old = list[last]; old !== undefined && old.start < end; old = list[++last]) {
      if (old.start < clock) replaced.push({ start: old.start, end: clock, to: old.to });
      if (old.end > end) replaced.push({ start: end, end: old.end, to: plus(old.to, end - old.start) });
    }
    const at = replaced[0] !== undefined && replaced[0].start < clock ? 1 : 0;
    replaced.splice(at, 0, { start: clock, end, to });
    list.splice(first, last - first, ...replaced);
  }

  get(client: ClientId, clock: number): Id | null {
    const list = this.#stretches.get(client) ?? [];
    const stretch = list[firstEndingAfter(list, clock)];
    return stretch === undefined || stretch.start > clock ? null : plus(stretch.to, clock - stretch.start);
  }

  /** The whole of `range` in ascending order, cut where it begins or ends to be mapped. */
  *parts({ client, clock, length }: IdRange): Generator<MappedRange> {
    const list = this.#stretches.get(client) ?? [];
    const end = clock + length;
    let at = clock;
    for (let i = firstEndingAfter(list, clock); at < end; i++) {
      const stretch = list[i];
      const start = Math.min(end, stretch?.start ?? end);
      if (start > at) yield { from: { client, clock: at, length: start - at }, to: null };
      at = Math.max(at, start);
      if (stretch === undefined || at === end) continue;
      const until = Math.min(end, stretch.end);
      yield { from: { client, clock: at, length: until - at }, to: plus(stretch.to, at - stretch.start) };
      at = until;
    }
  }
}

export function plus({ client, clock }: Id, offset: number): Id {
  return { client, clock: clock + offset };
}

/** Index of the first stretch whose end is greater than `clock`, by bisection. */
function firstEndingAfter(list: readonly Stretch[], clock: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as Stretch).end > clock) high = middle;
    else low = middle + 1;
  }
  return low;
}
