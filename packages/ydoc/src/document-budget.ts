import { condense } from "./condense.ts";
import { UpdateCursor } from "./update-cursor.ts";

/** How much memory a `Y.Doc` may take. */
export interface DocumentBudget {
  readonly maxHeapBytes: number;
}

/**
 * An isolate has 128 MB, perhaps shared with other documents. Compacting needs two `Y.Doc`s, the second one to verify
 * the first; showing one needs its JSON besides. Room for about 75,000 structs, or 25,000 paragraphs.
 */
export const defaultDocumentBudget: DocumentBudget = { maxHeapBytes: 40 * 1024 * 1024 };

/** Measured: an item, its content, ids and links. */
const HEAP_PER_STRUCT = 520;
/** Text in memory takes up to two bytes for each on disk. */
const HEAP_PER_BYTE = 2;

/**
 * The updates, if what they build may be built as a `Y.Doc`, else null. Perhaps in fewer structs than they came in,
 * since that decides. Found out without building anything: O(bytes) time, and no memory to speak of unless it is close.
 *
 * @param updates our own, continuing each other
 */
export function withinBudget(
  updates: readonly Uint8Array[],
  { maxHeapBytes }: DocumentBudget = defaultDocumentBudget,
): readonly Uint8Array[] | null {
  const bytes = updates.reduce((sum, update) => sum + update.length, 0);
  if (bytes * HEAP_PER_BYTE > maxHeapBytes) return null;
  if (heapBytes(updates) <= maxHeapBytes) return updates;
  const condensed = [condense(updates)];
  return heapBytes(condensed) <= maxHeapBytes ? condensed : null;
}

/** About what these updates take as a `Y.Doc`. */
function heapBytes(updates: readonly Uint8Array[]): number {
  let heap = 0;
  for (const update of updates) {
    heap += structsOf(update) * HEAP_PER_STRUCT + update.length * HEAP_PER_BYTE;
  }
  return heap;
}

/** What stands before its structs says how many a client has: those of the last one need not be walked. */
function structsOf(update: Uint8Array): number {
  const cursor = new UpdateCursor(update, null);
  let structs = 0;
  while (cursor.nextSection()) {
    structs += cursor.structsLeft;
    if (cursor.sectionsLeft > 0) while (cursor.nextStruct());
  }
  return structs;
}
