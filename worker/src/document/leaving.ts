import type { RoomHost } from "@palimpsest/room";
import type { DocumentStore } from "@palimpsest/store";
import type { DocumentAssets } from "../assets/document-assets.ts";
import { Directory } from "../directory/directory.ts";
import type { Trash } from "./trash.ts";

/** What could not be removed for good is tried again after so long. */
const RETRY_MS = 5 * 60_000;

export interface LeavingParts {
  readonly storage: DurableObjectStorage;
  readonly store: DocumentStore;
  readonly host: RoomHost;
  readonly trash: Trash;
  readonly files: DocumentAssets;
  readonly directory: D1Database;
  readonly tell: () => Promise<void>;
  /** Ends every connection for good. */
  readonly closeAll: (code: 4404 | 4410) => void;
}

/** How a document goes: to the trash, back from there, or for ever. */
export class Leaving {
  readonly #parts: LeavingParts;
  /** Nothing is here any more, though this memory remembers. */
  isOver = false;

  constructor(parts: LeavingParts) {
    this.#parts = parts;
  }

  /** Whoever is here is told and sent away, after what they sent is stored. */
  async moveToTrash(at: number): Promise<void> {
    const { host, trash, closeAll, tell } = this.#parts;
    host.flush(Date.now());
    trash.put(at);
    closeAll(4410);
    await tell();
  }

  /** @returns false when there is no way back */
  async takeFromTrash(): Promise<boolean> {
    const { store, trash, tell } = this.#parts;
    if (!store.exists || this.isOver || !trash.takeBack()) return false;
    await tell();
    return true;
  }

  /** Nothing is to stay of it, here or elsewhere. What fails is done by an alarm. */
  async deleteForever(): Promise<void> {
    const { store, trash } = this.#parts;
    if (!store.exists || this.isOver) return;
    trash.condemn(Date.now());
    await this.purgeForGood();
  }

  async purgeForGood(): Promise<void> {
    const { storage, store, directory } = this.#parts;
    const documentId = store.load()?.documentId;
    await storage.setAlarm(Date.now() + RETRY_MS);
    // first what leads here: whoever is cut off in between leaves nothing that can be opened
    if (documentId !== undefined) {
      await new Directory(directory).remove(documentId);
      await this.purge(documentId);
    } else await storage.deleteAll();
  }

  /** Nothing stays of the document, its files included. */
  async purge(documentId: string): Promise<void> {
    const { storage, files, closeAll } = this.#parts;
    closeAll(4404);
    await files.removeAll(documentId);
    // the alarm goes with the rest: until then it is what comes back to this if it is cut off
    await storage.deleteAll();
    this.isOver = true;
  }
}
