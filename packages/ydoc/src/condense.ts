import { ByteWriter } from "./byte-writer.ts";
import { DeleteSet } from "./delete-set.ts";
import { mergeUpdates } from "./merge.ts";
import { TEXT_REF } from "./read-content.ts";
import { type Piece, runsOf } from "./runs.ts";
import { NOBODY, UpdateCursor } from "./update-cursor.ts";

/**
 * One update that says what these say, as `joinUpdates` does, with text that was typed on joined into one struct: a
 * log has a struct for each keystroke. What was deleted keeps its content: only a document knows that no one needs it.
 *
 * It undoes what Yjs does when it cuts an item in two (`splitItem`): the second one's origin is the last clock of the
 * first, its right origin the same. So where it stands among other people's items does not change, wherever it is
 * loaded. Takes the memory of its result besides that of its input.
 */
export function condense(updates: readonly Uint8Array[]): Uint8Array {
  const runs = runsOf(updates);
  if (runs === null) {
    const merged = mergeUpdates(updates);
    // with holes in it this is as good as it gets
    return runsOf([merged]) === null ? merged : condense([merged]);
  }
  const out = new ByteWriter(updates.reduce((sum, update) => sum + update.length + 16, 16));
  out.writeVarUint(runs.byClient.size);
  for (const [client, { clock, pieces }] of runs.byClient) {
    const at = out.length;
    const count = writePieces(pieces, out);
    const head = new ByteWriter();
    for (const number of [count, client, clock]) head.writeVarUint(number);
    out.insert(at, head.view());
  }
  const deleted = new DeleteSet();
  deleted.addAll(runs.deletes);
  const set = deleted.encode();
  out.writeRange(set, 0, set.length);
  return out.finish();
}

/** @returns how many structs were written */
function writePieces(pieces: readonly Piece[], out: ByteWriter): number {
  const open = new OpenText(out);
  let count = 0;
  for (const { update, ...place } of pieces) {
    const cursor = new UpdateCursor(update, null);
    cursor.enter(place);
    while (cursor.nextStruct()) {
      if (open.continues(cursor)) {
        open.append(cursor, update);
        continue;
      }
      open.close();
      count++;
      if (cursor.contentRef === TEXT_REF) open.begin(cursor, update);
      else out.writeRange(update, cursor.from, cursor.to);
    }
  }
  open.close();
  return count;
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
