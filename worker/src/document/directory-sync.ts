import { META_NAME, yDocTitle } from "@palimpsest/schema";
import type { DocumentStore } from "@palimpsest/store";
import { materialize, projectRoot } from "@palimpsest/ydoc";
import { Directory } from "../directory/directory.ts";
import { updatesAt } from "./moment.ts";

/** Tells the directory the title and the time of the last change. */
export async function tellDirectory(store: DocumentStore, db: D1Database): Promise<void> {
  const stored = store.load();
  if (stored === null) return;
  const doc = materialize([projectRoot(updatesAt(stored.head, store), META_NAME)]);
  const title = yDocTitle(doc);
  doc.destroy();
  await new Directory(db).update(stored.documentId, title, stored.lastFrameAt || stored.createdAt);
  store.countRows(1);
}
