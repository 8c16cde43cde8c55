import { readUpdate } from "./read-update.ts";

export interface UpdateSize {
  /** UTF-16 units of text that the update brings. */
  readonly inserted: number;
  /** Clocks (units of text, elements, marks) that it deletes. */
  readonly deleted: number;
}

/** How much a stored update changed, for the history list. Bytes that cannot be read measure as nothing. */
export function measure(update: Uint8Array): UpdateSize {
  const read = readUpdate(update);
  if (!read.ok) return { inserted: 0, deleted: 0 };
  let inserted = 0;
  for (const { structs } of read.shape.sections) for (const { text } of structs) inserted += text;
  let deleted = 0;
  for (const { length } of read.shape.deletes) deleted += length;
  return { inserted, deleted };
}
