import { ByteWriter } from "./byte-writer.ts";
import { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { mergeUpdates } from "./merge.ts";
import { type Piece, type Run, runsOf } from "./runs.ts";
import { NOBODY, UpdateCursor } from "./update-cursor.ts";

/**
 * One update with everything that lies under one root type, and garbage of the same length in place of all the rest.
 * Loaded into a `Y.Doc` it shows that root as the whole document does, under the same ids and with the same state
 * vector, for O(that root + clients) of memory. A change made to that root there is valid in the whole document.
 *
 * @param updates build a whole document, in order
 * @throws Error when something is missing between them
 */
export function projectRoot(updates: readonly Uint8Array[], root: string): Uint8Array {
  const runs = runsOf(updates) ?? runsOf([mergeUpdates(updates)]);
  if (runs === null) throw new Error(GAP);
  const name = new TextEncoder().encode(root);
  const members = new DeleteSet();
  const walkers = new Map<ClientId, Walker>();
  for (const [client, run] of runs.byClient) walkers.set(client, new Walker(client, run, name, members));
  walkAll(walkers);

  const out = new ByteWriter();
  out.writeVarUint(walkers.size);
  for (const walker of walkers.values()) walker.writeTo(out);
  const deleted = new DeleteSet();
  deleted.addAll(heldBy(members, runs.deletes));
  const set = deleted.encode();
  out.writeRange(set, 0, set.length);
  return out.finish();
}

const GAP = "the stored updates have a gap: some of them could not be followed";

/**
 * Where a struct belongs is known only once that is known of its neighbours and its parent. So it goes after what a
 * struct refers to, as `integrable` does, and each struct is looked at about once.
 */
function walkAll(walkers: ReadonlyMap<ClientId, Walker>): void {
  const isThere = (client: number, clock: number) => clock < (walkers.get(client as ClientId)?.next ?? 0);
  for (const start of walkers.values()) {
    const errands = [{ walker: start, clock: Number.POSITIVE_INFINITY }];
    for (let errand = errands.at(-1); errand !== undefined; errand = errands.at(-1)) {
      const { walker, clock } = errand;
      const missing = walker.advance(clock, isThere);
      walker.isWaiting = missing !== null;
      if (missing === null) {
        errands.pop();
        continue;
      }
      const bringer = walkers.get(missing.client as ClientId);
      if (bringer === undefined || bringer.isWaiting || bringer.isDone) throw new Error(GAP);
      errands.push({ walker: bringer, clock: missing.clock });
    }
  }
}

interface Reference {
  readonly client: number;
  readonly clock: number;
}

/** Goes through one client's structs and writes down those that belong to the root. */
class Walker {
  readonly #client: ClientId;
  readonly #run: Run;
  readonly #root: Uint8Array;
  readonly #members: DeleteSet;
  #piece = -1;
  #cursor: UpdateCursor | null = null;
  /** The cursor stands on a struct that was not taken yet. */
  #isAhead = false;
  readonly #out = new ByteWriter();
  #count = 0;
  /** Clocks of others since the last member. */
  #garbage: number;
  /** Clock up to which it is known where things belong. */
  next: number;
  isWaiting = false;
  isDone = false;

  constructor(client: ClientId, run: Run, root: Uint8Array, members: DeleteSet) {
    if (run.clock !== 0) throw new Error(GAP);
    this.#client = client;
    this.#run = run;
    this.#root = root;
    this.#members = members;
    this.#garbage = 0;
    this.next = 0;
  }

  /** Goes on until `clock` is behind it; returns what it has to wait for, if it has to. */
  advance(clock: number, isThere: (client: number, clock: number) => boolean): Reference | null {
    while (this.next <= clock) {
      const cursor = this.#current();
      if (cursor === null) return null;
      const missing = this.#missing(cursor, isThere);
      if (missing !== null) return missing;
      this.#take(cursor);
    }
    return null;
  }

  writeTo(out: ByteWriter): void {
    this.#flushGarbage();
    for (const number of [this.#count, this.#client, 0]) out.writeVarUint(number);
    const structs = this.#out.view();
    out.writeRange(structs, 0, structs.length);
  }

  #current(): UpdateCursor | null {
    while (!this.#isAhead) {
      if (this.#cursor?.nextStruct()) this.#isAhead = true;
      else {
        this.#piece++;
        const piece = this.#run.pieces[this.#piece];
        if (piece === undefined) {
          this.isDone = true;
          return null;
        }
        this.#cursor = new UpdateCursor(piece.update, null);
        this.#cursor.enter(piece);
      }
    }
    return this.#cursor;
  }

  #missing(cursor: UpdateCursor, isThere: (client: number, clock: number) => boolean): Reference | null {
    const { originClient, rightOriginClient, parentClient } = cursor;
    // own ids always lie behind it
    if (this.#isOther(originClient) && !isThere(originClient, cursor.originClock)) {
      return { client: originClient, clock: cursor.originClock };
    }
    if (this.#isOther(rightOriginClient) && !isThere(rightOriginClient, cursor.rightOriginClock)) {
      return { client: rightOriginClient, clock: cursor.rightOriginClock };
    }
    if (this.#isOther(parentClient) && !isThere(parentClient, cursor.parentClock)) {
      return { client: parentClient, clock: cursor.parentClock };
    }
    return null;
  }

  #isOther(client: number): boolean {
    return client !== NOBODY && client !== this.#client;
  }

  #take(cursor: UpdateCursor): void {
    this.#isAhead = false;
    this.next = cursor.clock + cursor.length;
    if (!this.#isMember(cursor)) {
      this.#garbage += cursor.length;
      return;
    }
    this.#members.add({ client: this.#client, clock: cursor.clock, length: cursor.length });
    this.#flushGarbage();
    const { update } = this.#run.pieces[this.#piece] as Piece;
    this.#out.writeRange(update, cursor.from, cursor.to);
    this.#count++;
  }

  /** A struct names its root, or its parent, only where it has no neighbours to tell. */
  #isMember(cursor: UpdateCursor): boolean {
    if (cursor.originClient !== NOBODY) return this.#members.has(cursor.originClient, cursor.originClock);
    if (cursor.rightOriginClient !== NOBODY) {
      return this.#members.has(cursor.rightOriginClient, cursor.rightOriginClock);
    }
    if (cursor.parentClient !== NOBODY) return this.#members.has(cursor.parentClient, cursor.parentClock);
    if (cursor.rootTo - cursor.rootFrom !== this.#root.length) return false;
    const { update } = this.#run.pieces[this.#piece] as Piece;
    return this.#root.every((byte, i) => byte === update[cursor.rootFrom + i]);
  }

  #flushGarbage(): void {
    if (this.#garbage === 0) return;
    this.#out.writeByte(0);
    this.#out.writeVarUint(this.#garbage);
    this.#garbage = 0;
    this.#count++;
  }
}

function* heldBy(members: DeleteSet, ranges: Iterable<IdRange>): Generator<IdRange> {
  for (const range of ranges) yield* members.held(range);
}
