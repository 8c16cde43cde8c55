import type { Frame, Seq } from "@palimpsest/history";
import { SqliteStore } from "@palimpsest/store";
import { view } from "@palimpsest/testkit";
import type { NodeSqlite } from "@palimpsest/testkit/node-sqlite";
import {
  covers,
  DeleteSet,
  decodeStateVector,
  deleteSetOf,
  materialize,
  type StateVector,
  stateVectorOf,
} from "@palimpsest/ydoc";
import * as Y from "yjs";

/** A rule of the product does not hold. */
export class Violation extends Error {}

export function fail(rule: string, what: string): never {
  throw new Violation(`[${rule}] ${what}`);
}

/** What storage holds, read from storage itself after each turn and replayed: the measure of everything else. */
export class Truth {
  readonly #driver: NodeSqlite;
  readonly #store: SqliteStore;
  /** How many statements had changed something when it was read last. */
  #writes = -1;
  /** Every frame as it was read first. */
  readonly #frames: Frame[] = [];
  /** Snapshots that were found to be the replay: seq, and what was found under it. */
  readonly #verified = new Map<Seq, Uint8Array>();
  /** Replay of all frames. */
  readonly doc = new Y.Doc();
  readonly #explicitDeletes = new DeleteSet();
  #stateVector: StateVector = new Map();
  /** Computed when asked for; null after a change. */
  #deletes: DeleteSet | null = null;
  #lastTime = 0;
  head = 0 as Seq;

  constructor(driver: NodeSqlite) {
    this.#driver = driver;
    // it keeps nothing of what it reads
    this.#store = new SqliteStore(driver);
  }

  /** Reads what was committed since. [I3] [I7] [I8] */
  refresh(): void {
    const { writes } = this.#driver;
    if (writes === this.#writes) return;
    this.#writes = writes;
    const store = this.#store;
    const stored = store.load();
    if (stored === null) fail("I1", "the document is gone");
    if (stored.head < this.head) fail("I1", `the log ended at ${this.head} and now ends at ${stored.head}`);
    if (stored.head === this.head) return;
    const authors = new Set(store.authors().map(({ no }) => no));
    for (const frame of store.frames(this.head, stored.head)) {
      const { seq, time, author, update } = frame;
      if (seq !== this.head + 1) fail("I7", `frame ${seq} follows ${this.head}`);
      if (time < this.#lastTime) fail("I7", `frame ${seq} is older than the one before`);
      if (!authors.has(author)) fail("I7", `frame ${seq} has no author`);
      if (this.#isKnown(update, this.#explicitDeletes))
        fail("I8", `frame ${seq} brings nothing that was not there`);
      apply(this.doc, update);
      if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) {
        fail("I3", `frame ${seq} has a gap before it`);
      }
      this.#explicitDeletes.addAll(deleteSetOf(update));
      this.#stateVector = stateVectorNow(this.doc);
      this.#deletes = null;
      this.#lastTime = time;
      this.head = seq;
      this.#frames.push(frame);
    }
    if (stored.head !== this.head) fail("I7", `the log says ${stored.head} and holds ${this.head}`);
  }

  /** Whether everything in `update` is stored. */
  contains(update: Uint8Array): boolean {
    this.#deletes ??= deletesOf(this.doc);
    return this.#isKnown(update, this.#deletes);
  }

  /** Whether `update` can tell nobody anything new. */
  isRepeated(update: Uint8Array): boolean {
    return this.#isKnown(update, this.#explicitDeletes);
  }

  covers(stateVector: Uint8Array): boolean {
    const decoded = decodeStateVector(stateVector);
    return decoded !== null && covers(this.#stateVector, decoded);
  }

  /** [I7] What was written once stays as it was, whatever row it is in by now. */
  checkLog(): void {
    let count = 0;
    for (const { seq, time, author, update } of this.#store.frames(0 as Seq, this.head)) {
      const before = this.#frames[count++];
      const isSame = before?.seq === seq && before.time === time && before.author === author;
      if (!isSame || Buffer.compare(before.update, update) !== 0)
        fail("I7", `frame ${seq} is not what it was`);
    }
    if (count !== this.#frames.length) fail("I7", `of ${this.#frames.length} frames ${count} are left`);
  }

  /**
   * [I5] Every snapshot with the frames after it is the replay of all frames. The log stays as it is: what a snapshot
   * was found to hold once need not be compared again, as long as it is the same bytes.
   */
  checkSnapshots(): void {
    for (const { seq } of this.#store.snapshots()) {
      const update = this.#readSnapshot(seq);
      const before = this.#verified.get(seq);
      if (before !== undefined && Buffer.compare(before, update) === 0) continue;
      const updates = [update];
      for (const frame of this.#store.frames(seq, this.head)) updates.push(frame.update);
      const difference = differences(this.doc, load(updates, seq));
      if (difference !== null)
        fail("I5", `the snapshot at ${seq} and its tail differ from the replay: ${difference}`);
      this.#verified.set(seq, update);
    }
  }

  #readSnapshot(seq: Seq): Uint8Array {
    try {
      return this.#store.readSnapshot(seq, "update");
    } catch (cause) {
      throw new Violation(`[I6] the snapshot at ${seq} cannot be read`, { cause });
    }
  }

  #isKnown(update: Uint8Array, deletes: DeleteSet): boolean {
    if (!covers(this.#stateVector, stateVectorOf(update))) return false;
    for (const range of deleteSetOf(update)) if (deletes.missing(range).length > 0) return false;
    return true;
  }
}

function load(updates: readonly Uint8Array[], seq: Seq): Y.Doc {
  try {
    return materialize(updates);
  } catch (cause) {
    throw new Violation(`[I5] the snapshot at ${seq} and its tail cannot be loaded`, { cause });
  }
}

/** Applies an update and nothing else: after a remote change Yjs would delete idle marks, which nobody asked for. */
function apply(doc: Y.Doc, update: Uint8Array): void {
  doc.transact((transaction) => {
    Y.applyUpdate(doc, update);
    transaction.local = true;
  });
}

/** Of everything that is deleted in it: an update for somebody who has all structs holds nothing else. */
function deletesOf(doc: Y.Doc): DeleteSet {
  return deleteSetOf(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)));
}

function stateVectorNow(doc: Y.Doc): StateVector {
  return decodeStateVector(Y.encodeStateVector(doc)) ?? new Map();
}

/** In what two documents differ, or null. */
export function differences(expected: Y.Doc, actual: Y.Doc): string | null {
  const [a, b] = [stateVectorNow(expected), stateVectorNow(actual)];
  if (!covers(a, b)) return "it has changes that are not stored";
  if (!covers(b, a)) return "it lacks changes";
  if (JSON.stringify(view(expected)) !== JSON.stringify(view(actual))) return "the text differs";
  const deletes = [expected, actual].map((doc) => [...deletesOf(doc)]);
  if (JSON.stringify(deletes[0]) === JSON.stringify(deletes[1])) return null;
  return `the delete sets differ: ${JSON.stringify(deletes)}`;
}
