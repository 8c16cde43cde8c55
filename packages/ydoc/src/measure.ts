import { TEXT_REF } from "./read-content.ts";
import { UpdateCursor } from "./update-cursor.ts";

export interface UpdateSize {
  /** UTF-16 units of text that the update brings. */
  readonly inserted: number;
  /** Clocks (units of text, elements, marks) that it deletes. */
  readonly deleted: number;
}

/** How much a stored update changed, for the history list. Bytes that cannot be read measure as nothing. */
export function measure(update: Uint8Array): UpdateSize {
  let inserted = 0;
  let deleted = 0;
  try {
    const cursor = new UpdateCursor(update, null);
    while (cursor.nextSection()) {
      while (cursor.nextStruct()) if (cursor.contentRef === TEXT_REF) inserted += cursor.length;
    }
    while (cursor.nextDelete()) deleted += cursor.length;
  } catch {
    return { inserted: 0, deleted: 0 }; // a line of the history with nothing in it beats a history that cannot be shown
  }
  return { inserted, deleted };
}
