import { META_NAME, yDocTitle } from "@palimpsest/schema";
import type { DocumentStore } from "@palimpsest/store";
import { materialize, projectRoot } from "@palimpsest/ydoc";
import { Directory } from "../directory/directory.ts";
import { updatesAt } from "./moment.ts";

/** The position up to which the directory knows this document. */
const TOLD = "directory-head";

/** Tells the directory the title and the time of the last change, when there was one since it was last told. */
export async function syncDirectory(store: DocumentStore, db: D1Database): Promise<void> {
  const stored = store.load();
  if (stored === null || store.readNote(TOLD) === String(stored.head)) return;
  const doc = materialize([projectRoot(updatesAt(stored.head, store), META_NAME)]);
  const title = yDocTitle(doc);
  doc.destroy();
  await new Directory(db).update(stored.documentId, title, stored.lastFrameAt || stored.createdAt);
  // only now: when the directory could not be reached the alarm fails, and the runtime fires it again
  store.writeNote(TOLD, String(stored.head));
}
