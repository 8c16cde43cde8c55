import * as decoding from "lib0/decoding";
import { DeleteSet } from "./delete-set.ts";
import type { ClientId } from "./ids.ts";
import { TEXT_REF } from "./read-content.ts";
import { rangeAt } from "./read-update.ts";
import { UpdateCursor } from "./update-cursor.ts";

/**
 * The words of a document without building it, for searching one that does not fit as a `Y.Doc`: what each client wrote
 * in the order in which it was written, without what was deleted. What was typed in one go stands together; the order
 * of such pieces is not that of the document.
 *
 * @param updates build a whole document, in order
 * @param most UTF-16 units; reading ends there
 */
export function gleanText(updates: readonly Uint8Array[], most: number): string {
  const deleted = deletedIn(updates);
  let text = "";
  /** What the last piece ended with: what follows upon it belongs to the same word. */
  let lastClient = -1;
  let lastClock = -1;
  for (const update of updates) {
    const input = decoding.createDecoder(update);
    const cursor = new UpdateCursor(update, null);
    while (cursor.nextSection()) {
      while (cursor.nextStruct()) {
        if (cursor.contentRef !== TEXT_REF) continue;
        const { client, clock, length } = cursor;
        const isNext =
          client === lastClient &&
          clock === lastClock + 1 &&
          cursor.originClient === client &&
          cursor.originClock === lastClock;
        [lastClient, lastClock] = [client, clock + length - 1];
        const living = deleted.missing({ client: client as ClientId, clock, length });
        if (living.length === 0) continue;
        input.pos = cursor.contentFrom;
        const whole = decoding.readVarString(input);
        const left = living.map((range) =>
          whole.slice(range.clock - clock, range.clock - clock + range.length),
        );
        text += isNext ? left.join("") : `${text === "" ? "" : "\n"}${left.join("")}`;
        if (text.length >= most) return text.slice(0, most).toWellFormed();
      }
    }
  }
  return text;
}

function deletedIn(updates: readonly Uint8Array[]): DeleteSet {
  const deleted = new DeleteSet();
  for (const update of updates) {
    const cursor = new UpdateCursor(update, null);
    while (cursor.nextSection()) while (cursor.nextStruct());
    const ranges = [];
    while (cursor.nextDelete()) ranges.push(rangeAt(cursor));
    deleted.addAll(ranges);
  }
  return deleted;
}
