import type { SqliteStore } from "@palimpsest/store";
import { Messenger } from "../../src/document/messenger.ts";
import { Trash } from "../../src/document/trash.ts";

/** What an `Upkeep` works with besides the log, for a document in use. */
export function beside(store: SqliteStore, directory: D1Database) {
  const trash = new Trash(store);
  return {
    trash,
    messenger: new Messenger({ store, trash, directory }),
    purge: () => Promise.reject(new Error("a document in use was to be purged")),
  };
}
