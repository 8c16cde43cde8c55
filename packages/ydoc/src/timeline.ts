import { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { deleteSetOf, stateVectorOf } from "./stored-update.ts";
import { UpdateCursor } from "./update-cursor.ts";

/** A frame of the log, as far as its place in time matters. */
export interface TimedUpdate {
  readonly seq: number;
  readonly update: Uint8Array;
}

/** What was there before the first frame that a timeline knows. */
export interface TimelineBase {
  readonly seq: number;
  readonly vector: ReadonlyMap<ClientId, number>;
  readonly deletes: DeleteSet;
}

/** A part of a range, and the frame that inserted or deleted it; null: none that the timeline knows. */
export interface Stretch {
  readonly clock: number;
  readonly length: number;
  readonly seq: number | null;
}

/** What one client inserted: the clock after each frame's structs, ascending, and that frame's position. */
interface Insertions {
  readonly ends: number[];
  readonly seqs: number[];
  /** Clocks before which something is missing: the frames that brought it were not given. */
  readonly gapEnds: Set<number>;
}

/** What of one client's was deleted: disjoint and ascending once sorted, each with the frame that did so first. */
interface Deletions {
  clocks: number[];
  ends: number[];
  seqs: number[];
  isSorted: boolean;
}

/**
 * When each id was inserted and when it was deleted: read off the frames, without building a document. With it, one
 * document that keeps what was deleted can be seen as it was at any position.
 *
 * Only what frames say is here. A child falls with its parent and a value with the one that replaces it: who walks the
 * document sees that.
 */
export class Timeline {
  readonly base: TimelineBase;
  readonly #insertions = new Map<ClientId, Insertions>();
  readonly #deletions = new Map<ClientId, Deletions>();
  #end: number;

  /** @param frames in ascending order */
  constructor(base: TimelineBase, frames: Iterable<TimedUpdate>) {
    this.base = base;
    this.#end = base.seq;
    this.extend(frames);
  }

  /** @param updates build the state at `seq`, where it begins */
  static from(seq: number, updates: Iterable<Uint8Array>, frames: Iterable<TimedUpdate>): Timeline {
    const vector = new Map<ClientId, number>();
    const deletes = new DeleteSet();
    for (const update of updates) {
      for (const [client, end] of stateVectorOf(update)) {
        vector.set(client, Math.max(end, vector.get(client) ?? 0));
      }
      deletes.addAll(deleteSetOf(update));
    }
    return new Timeline({ seq, vector, deletes }, frames);
  }

  /** @param frames those that follow, ascending */
  extend(frames: Iterable<TimedUpdate>): void {
    for (const { seq, update } of frames) this.#add(seq, update);
  }

  /** The last position that it knows. */
  get end(): number {
    return this.#end;
  }

  /** For each client the clock after what it had inserted by `seq`. */
  vectorAt(seq: number): Map<ClientId, number> {
    const vector = new Map(this.base.vector);
    for (const [client, { ends, seqs }] of this.#insertions) {
      const count = firstAbove(seqs, seq);
      if (count > 0) vector.set(client, ends[count - 1] as number);
    }
    return vector;
  }

  /** What had been deleted by `seq`, as far as the base and the frames say so. */
  deletesAt(seq: number): DeleteSet {
    const ranges: IdRange[] = [...this.base.deletes];
    for (const client of this.#deletions.keys()) {
      const { clocks, ends, seqs } = this.#sorted(client) as Deletions;
      for (const [i, clock] of clocks.entries()) {
        if ((seqs[i] as number) <= seq) ranges.push({ client, clock, length: (ends[i] as number) - clock });
      }
    }
    const set = new DeleteSet();
    set.addAll(ranges);
    return set;
  }

  /** The range in parts that came with one frame each, in order. */
  insertions({ client, clock, length }: IdRange): Stretch[] {
    const known = this.#insertions.get(client);
    const end = clock + length;
    const before = this.base.vector.get(client) ?? 0;
    const parts: Stretch[] = [];
    let from = clock;
    if (from < before) {
      parts.push({ clock: from, length: Math.min(end, before) - from, seq: null });
      from = Math.min(end, before);
    }
    if (known === undefined) return parts;
    for (let i = firstAbove(known.ends, from); i < known.ends.length && from < end; i++) {
      const to = Math.min(end, known.ends[i] as number);
      const isGap = known.gapEnds.has(known.ends[i] as number);
      parts.push({ clock: from, length: to - from, seq: isGap ? null : (known.seqs[i] as number) });
      from = to;
    }
    return parts;
  }

  /** The range in parts that one frame each deleted, and parts that none did (`seq` null), in order. */
  deletions({ client, clock, length }: IdRange): Stretch[] {
    const known = this.#sorted(client);
    const end = clock + length;
    const parts: Stretch[] = [];
    let from = clock;
    if (known !== undefined) {
      for (let i = firstAbove(known.ends, from); i < known.ends.length && from < end; i++) {
        const start = known.clocks[i] as number;
        if (start >= end) break;
        if (start > from) parts.push({ clock: from, length: start - from, seq: null });
        const first = Math.max(from, start);
        const to = Math.min(end, known.ends[i] as number);
        parts.push({ clock: first, length: to - first, seq: known.seqs[i] as number });
        from = to;
      }
    }
    if (from < end) parts.push({ clock: from, length: end - from, seq: null });
    return parts;
  }

  #add(seq: number, update: Uint8Array): void {
    this.#end = seq;
    const cursor = new UpdateCursor(update, null);
    while (cursor.nextSection()) {
      const start = cursor.clock;
      while (cursor.nextStruct());
      this.#inserted(cursor.client, start, cursor.clock + cursor.length, seq);
    }
    while (cursor.nextDelete()) this.#deleted(cursor.client, cursor.clock, cursor.clock + cursor.length, seq);
  }

  #inserted(client: ClientId, start: number, end: number, seq: number): void {
    let known = this.#insertions.get(client);
    if (known === undefined) {
      known = { ends: [], seqs: [], gapEnds: new Set() };
      this.#insertions.set(client, known);
    }
    const last = known.ends.at(-1) ?? this.base.vector.get(client) ?? 0;
    if (end <= last) return;
    if (start > last) {
      known.ends.push(start);
      known.seqs.push(seq);
      known.gapEnds.add(start);
    }
    known.ends.push(end);
    known.seqs.push(seq);
  }

  #deleted(client: ClientId, clock: number, end: number, seq: number): void {
    let known = this.#deletions.get(client);
    if (known === undefined) {
      known = { clocks: [], ends: [], seqs: [], isSorted: true };
      this.#deletions.set(client, known);
    }
    const last = known.ends.length - 1;
    // a run of backspaces goes from right to left: mostly neither is in order, and it is sorted once, when it is asked for
    if (clock < (known.ends[last] ?? 0)) known.isSorted = false;
    known.clocks.push(clock);
    known.ends.push(end);
    known.seqs.push(seq);
  }

  #sorted(client: ClientId): Deletions | undefined {
    const known = this.#deletions.get(client);
    if (known === undefined || known.isSorted) return known;
    const order = known.clocks.map((_, i) => i);
    const { clocks, ends } = known;
    order.sort((a, b) => (clocks[a] as number) - (clocks[b] as number) || a - b);
    const sorted: Deletions = { clocks: [], ends: [], seqs: [], isSorted: true };
    for (let i = 0; i < order.length; ) {
      // what overlaps is one cluster: there the first to delete an id is the one that counts
      let clusterEnd = ends[order[i] as number] as number;
      let next = i + 1;
      while (next < order.length && (clocks[order[next] as number] as number) < clusterEnd) {
        clusterEnd = Math.max(clusterEnd, ends[order[next] as number] as number);
        next++;
      }
      pushCluster(order.slice(i, next), known, sorted, client);
      i = next;
    }
    this.#deletions.set(client, sorted);
    return sorted;
  }
}

function pushCluster(cluster: readonly number[], from: Deletions, to: Deletions, client: ClientId): void {
  const parts: { readonly clock: number; readonly end: number; readonly seq: number }[] = [];
  const taken = new DeleteSet();
  // frames were added in order: the smaller index is the earlier one
  for (const i of [...cluster].sort((a, b) => a - b)) {
    const clock = from.clocks[i] as number;
    const range = { client, clock, length: (from.ends[i] as number) - clock };
    const missing = cluster.length === 1 ? [range] : taken.missing(range);
    for (const { clock: start, length } of missing) {
      parts.push({ clock: start, end: start + length, seq: from.seqs[i] as number });
    }
    if (cluster.length > 1) taken.add(range);
  }
  parts.sort((a, b) => a.clock - b.clock);
  for (const { clock, end, seq } of parts) {
    to.clocks.push(clock);
    to.ends.push(end);
    to.seqs.push(seq);
  }
}

/** Index of the first number greater than `value` in an ascending list. */
function firstAbove(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
