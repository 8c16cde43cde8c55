import type { Seq } from "@palimpsest/history";
import { jsonToText, META_NAME, yDocTitle, yDocToJSON } from "@palimpsest/schema";
import { Damage, type DocumentStore } from "@palimpsest/store";
import { gleanText, materialize, projectRoot, withinBudget } from "@palimpsest/ydoc";
import { MAX_SEARCHED_TEXT } from "../directory/search-text.ts";
import type { Telling, TrashMove } from "../directory/telling.ts";
import { peopleOf } from "./history-page.ts";
import { updatesAt } from "./moment.ts";

/** Larger documents are read for their text only when nobody types: it would keep them waiting. */
const SMALL_BYTES = 512 * 1024;

/**
 * What the document has to say to the directory now; null where there is none.
 *
 * @param isQuiet nobody types
 */
export function tellingOf(store: DocumentStore, trash: TrashMove, isQuiet: boolean): Telling | null {
  const stored = store.load();
  if (stored === null) return null;
  const { documentId: id, head } = stored;
  try {
    const updates = store.readAround(() => updatesAt(head, store));
    const bytes = updates.reduce((sum, update) => sum + update.length, 0);
    const content = bytes <= SMALL_BYTES || isQuiet ? read(updates) : { title: titleIn(updates), text: null };
    const { lastFrameAt, createdAt } = stored;
    const about = { seq: head, updatedAt: lastFrameAt || createdAt, changedBy: lastAuthor(head, store) };
    return { id, trash, content: { ...about, ...content } };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    console.error(JSON.stringify({ event: "damaged", reason: String(error) }));
    return { id, trash, content: null };
  }
}

/** What is too large to be built has its words all the same, in another order. */
function read(updates: readonly Uint8Array[]): { readonly title: string; readonly text: string } {
  const fitting = withinBudget(updates);
  if (fitting === null) return { title: titleIn(updates), text: gleanText(updates, MAX_SEARCHED_TEXT) };
  const doc = materialize(fitting);
  try {
    return { title: yDocTitle(doc), text: jsonToText(yDocToJSON(doc)).slice(0, MAX_SEARCHED_TEXT) };
  } finally {
    doc.destroy();
  }
}

function titleIn(updates: readonly Uint8Array[]): string {
  const doc = materialize([projectRoot(updates, META_NAME)]);
  try {
    return yDocTitle(doc);
  } finally {
    doc.destroy();
  }
}

function lastAuthor(head: Seq, store: DocumentStore): { readonly id: string; readonly name: string } | null {
  const frame = store.frameHeadAt(head);
  if (frame === null) return null;
  const { id, name } = peopleOf(store.authors())(frame.author);
  return { id, name };
}
