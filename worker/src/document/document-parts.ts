import type { RoomHost } from "@palimpsest/room";
import type { DocumentStore } from "@palimpsest/store";

/** What the requests to a document object work with: what is stored, and the room through which edits go. */
export interface DocumentParts {
  readonly store: DocumentStore;
  readonly host: RoomHost;
}
