import type { IdRange } from "./ids.ts";
import { rangeAt } from "./read-update.ts";
import { Refusal } from "./refusal.ts";
import { type Place, SKIPPED_REF, UpdateCursor } from "./update-cursor.ts";

/** From the first to the last struct of one client in one update. */
export interface Stretch extends Place {
  /** The clock after the last struct. */
  readonly end: number;
  /** Byte position after the last struct. */
  readonly to: number;
  /** Nothing between them is skipped. */
  readonly isWhole: boolean;
}

/** What one of our own stored updates holds, as far as it takes O(clients + delete ranges) of memory to say. */
export interface Outline {
  readonly stretches: readonly Stretch[];
  readonly deletes: readonly IdRange[];
  /** Where in the bytes the delete set begins. */
  readonly deletesAt: number;
  /** Structs, skipped stretches included: what an update costs as a `Y.Doc` goes with their number. */
  readonly structs: number;
}

/** @throws Error when the bytes are not a V1 update */
export function outlineOf(update: Uint8Array): Outline {
  try {
    const cursor = new UpdateCursor(update, null);
    const stretches: Stretch[] = [];
    let structs = 0;
    while (cursor.nextSection()) {
      structs += cursor.structsLeft;
      stretches.push(walkStretch(cursor));
    }
    const deletesAt = cursor.position;
    const deletes: IdRange[] = [];
    while (cursor.nextDelete()) deletes.push(rangeAt(cursor));
    if (!cursor.isAtEnd) throw new Refusal("malformed");
    return { stretches, deletes, deletesAt, structs };
  } catch (error) {
    throw new Error("a stored update cannot be read", { cause: error });
  }
}

/** Leading and trailing skips say nothing: they are left out, as if they had not been written. */
function walkStretch(cursor: UpdateCursor): Stretch {
  const { client } = cursor;
  let { clock, position: from, position: to } = cursor;
  let end = clock;
  let count = 0;
  let walked = 0;
  let isWhole = true;
  while (cursor.nextStruct()) {
    if (cursor.contentRef === SKIPPED_REF) {
      if (count > 0) walked++;
      continue;
    }
    if (count === 0) ({ clock, from } = cursor);
    walked++;
    if (walked > count + 1) isWhole = false;
    count = walked;
    end = cursor.clock + cursor.length;
    to = cursor.to;
  }
  return { client, clock, count, from, end, to, isWhole };
}
