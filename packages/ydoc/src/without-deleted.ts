import { ByteWriter } from "./byte-writer.ts";
import type { DeleteSet } from "./delete-set.ts";
import type { IdRange } from "./ids.ts";
import { TEXT_REF } from "./read-content.ts";
import { deleteSetOf } from "./stored-update.ts";
import { GARBAGE_REF, NOBODY, SKIPPED_REF, UpdateCursor } from "./update-cursor.ts";

/** Yjs's number of content that was deleted: only its length is left. */
const DELETED_REF = 1;
const REF_BITS = 0b1_1111;
const KEYED_BIT = 0b0010_0000;
const RIGHT_ORIGIN_BIT = 0b0100_0000;
const ORIGIN_BIT = 0b1000_0000;

/**
 * A whole state without the content of what it deletes, for documents that are too large to be built: for handing them
 * to somebody who is to see only what is there now. Loaded it is the same document.
 *
 * What is deleted only because it lies in something deleted stays in the bytes, where nobody deleted it by itself: text
 * that was written into a paragraph while another person took that away. So does a part of a list of values.
 *
 * @param state one update that builds on nothing
 */
export function withoutDeleted(state: Uint8Array): Uint8Array {
  const deleted = deleteSetOf(state);
  const out = new ByteWriter(state.length + 64);
  const cursor = new UpdateCursor(state, null);
  out.writeVarUint(cursor.sectionsLeft);
  while (cursor.nextSection()) {
    const { client, clock } = cursor;
    const at = out.length;
    let count = 0;
    while (cursor.nextStruct()) count += writeStruct(cursor, state, deleted, out);
    const head = new ByteWriter();
    for (const number of [count, client, clock]) head.writeVarUint(number);
    out.insert(at, head.view());
  }
  out.writeRange(state, cursor.position, state.length);
  return out.finish();
}

/** @returns how many structs became of it */
function writeStruct(cursor: UpdateCursor, state: Uint8Array, deleted: DeleteSet, out: ByteWriter): number {
  const { client, clock, length, contentRef, from, to } = cursor;
  const isContent = contentRef !== GARBAGE_REF && contentRef !== SKIPPED_REF && contentRef !== DELETED_REF;
  const held = isContent ? deleted.held({ client, clock, length }) : [];
  const [first] = held;
  const isWhole = first?.length === length;
  if (first === undefined || (!isWhole && contentRef !== TEXT_REF)) {
    out.writeRange(state, from, to);
    return 1;
  }
  if (isWhole) {
    writeHead(cursor, state, 0, DELETED_REF, out);
    out.writeVarUint(length);
    return 1;
  }
  return writePieces(cursor, state, held, out);
}

/** Cuts a text where Yjs would have to when it loads the deletions. */
function writePieces(
  cursor: UpdateCursor,
  state: Uint8Array,
  held: readonly IdRange[],
  out: ByteWriter,
): number {
  const text = textOf(cursor, state);
  let count = 0;
  let at = 0;
  const writeText = (end: number) => {
    if (end === at) return;
    writeHead(cursor, state, at, TEXT_REF, out);
    // half of a pair becomes a replacement character, as long as Yjs makes it
    const bytes = new TextEncoder().encode(text.slice(at, end));
    out.writeVarUint(bytes.length);
    out.writeRange(bytes, 0, bytes.length);
    count++;
    at = end;
  };
  for (const { clock, length } of held) {
    writeText(clock - cursor.clock);
    writeHead(cursor, state, at, DELETED_REF, out);
    out.writeVarUint(length);
    count++;
    at += length;
  }
  writeText(text.length);
  return count;
}

/** What stands before the content. Behind the first piece of a struct each one's left neighbour is the one before. */
function writeHead(
  cursor: UpdateCursor,
  state: Uint8Array,
  offset: number,
  ref: number,
  out: ByteWriter,
): void {
  const info = state[cursor.from] as number;
  if (offset === 0) {
    out.writeByte((info & ~REF_BITS) | ref);
    out.writeRange(state, cursor.from + 1, cursor.contentFrom);
    return;
  }
  out.writeByte((info & (KEYED_BIT | RIGHT_ORIGIN_BIT)) | ORIGIN_BIT | ref);
  out.writeVarUint(cursor.client);
  out.writeVarUint(cursor.clock + offset - 1);
  if (cursor.rightOriginClient === NOBODY) return;
  out.writeVarUint(cursor.rightOriginClient);
  out.writeVarUint(cursor.rightOriginClock);
}

function textOf({ contentFrom, to }: UpdateCursor, state: Uint8Array): string {
  let from = contentFrom;
  while ((state[from] as number) >= 0b1000_0000) from++; // the length before the text
  return new TextDecoder().decode(state.subarray(from + 1, to));
}
