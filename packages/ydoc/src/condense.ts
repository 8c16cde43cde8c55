import { ByteWriter } from "./byte-writer.ts";
import { DeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { mergeUpdates } from "./merge.ts";
import { TEXT_REF } from "./read-content.ts";
import { rangeAt } from "./read-update.ts";
import { NOBODY, SKIPPED_REF, UpdateCursor } from "./update-cursor.ts";

/**
 * One update that says what these say, as `joinUpdates` does, with text that was typed on joined into one struct: a
 * log has a struct for each keystroke. What was deleted keeps its content: only a document knows that no one needs it.
 *
 * It undoes what Yjs does when it cuts an item in two (`splitItem`): the second one's origin is the last clock of the
 * first, its right origin the same. So where it stands among other people's items does not change, wherever it is
 * loaded. Takes the memory of its result besides that of its input.
 */
export function condense(updates: readonly Uint8Array[]): Uint8Array {
  const condensed = condenseRuns(updates);
  if (condensed !== null) return condensed;
  const merged = mergeUpdates(updates);
  // with holes in it this is as good as it gets
  return condenseRuns([merged]) ?? merged;
}

/** In one walk over each update; null when they do not continue each other. */
function condenseRuns(updates: readonly Uint8Array[]): Uint8Array | null {
  const runs = new Map<ClientId, CondensedRun>();
  const deletes: IdRange[] = [];
  for (const update of updates) {
    const cursor = new UpdateCursor(update, null);
    while (cursor.nextSection()) {
      let run = runs.get(cursor.client);
      while (cursor.nextStruct()) {
        if (cursor.contentRef === SKIPPED_REF || (run !== undefined && run.end !== cursor.clock)) return null;
        if (run === undefined) {
          run = new CondensedRun(cursor.clock, updates.length === 1 ? update.length : undefined);
          runs.set(cursor.client, run);
        }
        run.append(cursor, update);
      }
    }
    while (cursor.nextDelete()) deletes.push(rangeAt(cursor));
  }
  return assemble(runs, deletes);
}

function assemble(runs: ReadonlyMap<ClientId, CondensedRun>, deletes: readonly IdRange[]): Uint8Array {
  const deleted = new DeleteSet();
  deleted.addAll(deletes);
  const set = deleted.encode();
  // higher client ids first, as Yjs writes them
  const byClient = [...runs].sort(([a], [b]) => b - a);
  const size = byClient.reduce((sum, [, { length }]) => sum + length + 24, set.length + 8);
  const out = new ByteWriter(size);
  out.writeVarUint(byClient.length);
  for (const [client, run] of byClient) {
    const structs = run.finish();
    for (const number of [run.count, client, run.clock]) out.writeVarUint(number);
    out.writeRange(structs, 0, structs.length);
  }
  out.writeRange(set, 0, set.length);
  return out.finish();
}

/** One client's structs, in as few as can be. */
class CondensedRun {
  readonly #out: ByteWriter;
  readonly #open: OpenText;
  /** Of the first struct, and behind the last. */
  readonly clock: number;
  end: number;
  count = 0;

  constructor(clock: number, capacity?: number) {
    this.#out = new ByteWriter(capacity);
    this.#open = new OpenText(this.#out);
    this.clock = clock;
    this.end = clock;
  }

  /** Bytes so far, about. */
  get length(): number {
    return this.#out.length + this.#open.length;
  }

  append(cursor: UpdateCursor, update: Uint8Array): void {
    this.end = cursor.clock + cursor.length;
    if (this.#open.continues(cursor)) {
      this.#open.append(cursor, update);
      return;
    }
    this.#open.close();
    this.count++;
    if (cursor.contentRef === TEXT_REF) this.#open.begin(cursor, update);
    else this.#out.writeRange(update, cursor.from, cursor.to);
  }

  finish(): Uint8Array {
    this.#open.close();
    return this.#out.view();
  }
}

/** The text at the end of what was written, as long as more of it may follow. */
class OpenText {
  readonly #out: ByteWriter;
  readonly #text = new ByteWriter();
  #isOpen = false;
  #isKeyed = false;
  #rightOriginClient = NOBODY;
  #rightOriginClock = 0;

  constructor(out: ByteWriter) {
    this.#out = out;
  }

  get length(): number {
    return this.#text.length + 8;
  }

  begin(cursor: UpdateCursor, update: Uint8Array): void {
    this.#isOpen = true;
    this.#isKeyed = cursor.isKeyed;
    this.#rightOriginClient = cursor.rightOriginClient;
    this.#rightOriginClock = cursor.rightOriginClock;
    this.#out.writeRange(update, cursor.from, cursor.contentFrom);
    this.append(cursor, update);
  }

  /** Whether the struct is text that was inserted behind this one, as if they had been inserted together. */
  continues(cursor: UpdateCursor): boolean {
    return (
      this.#isOpen &&
      cursor.contentRef === TEXT_REF &&
      // the values of a key replace each other: they are no sequence
      !this.#isKeyed &&
      !cursor.isKeyed &&
      cursor.originClient === cursor.client &&
      cursor.originClock === cursor.clock - 1 &&
      cursor.rightOriginClient === this.#rightOriginClient &&
      (cursor.rightOriginClient === NOBODY || cursor.rightOriginClock === this.#rightOriginClock)
    );
  }

  append(cursor: UpdateCursor, update: Uint8Array): void {
    let from = cursor.contentFrom;
    while ((update[from] as number) >= 0b1000_0000) from++; // the length before the text
    this.#text.writeRange(update, from + 1, cursor.to);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#out.writeVarUint(this.#text.length);
    this.#out.writeRange(this.#text.view(), 0, this.#text.length);
    this.#text.clear();
  }
}
