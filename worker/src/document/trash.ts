import type { SqliteStore } from "@palimpsest/store";
import type { TrashMove } from "../directory/telling.ts";

/** For so long a document in the trash can be brought back. */
export const TRASH_MS = 30 * 24 * 60 * 60 * 1000;

const KEY = "trash";

interface Kept extends TrashMove {
  /** Nothing of it is to stay; there is no way back. */
  readonly isCondemned: boolean;
}

/** Whether a document is in the trash, which it knows itself: the directory may be late, and a ticket may be older. */
export class Trash {
  readonly #store: SqliteStore;
  #kept: Kept;

  constructor(store: SqliteStore) {
    this.#store = store;
    // read with what every wake reads, so that it costs nobody who connects a query
    const note = store.noteAtStart(KEY);
    this.#kept = note === null ? { revision: 0, at: null, isCondemned: false } : (JSON.parse(note) as Kept);
  }

  get move(): TrashMove {
    const { revision, at } = this.#kept;
    return { revision, at };
  }

  get holdsIt(): boolean {
    return this.#kept.at !== null;
  }

  /** When nothing of it is to stay, ms since the epoch; null while it is in use. */
  get purgeAt(): number | null {
    const { at, isCondemned } = this.#kept;
    if (at === null) return null;
    return isCondemned ? at : at + TRASH_MS;
  }

  put(now: number): void {
    if (this.#kept.at === null) this.#write({ at: now, isCondemned: false });
  }

  /** @returns false when there is no way back */
  takeBack(): boolean {
    if (this.#kept.isCondemned) return false;
    if (this.#kept.at !== null) this.#write({ at: null, isCondemned: false });
    return true;
  }

  condemn(now: number): void {
    if (!this.#kept.isCondemned) this.#write({ at: this.#kept.at ?? now, isCondemned: true });
  }

  #write(change: Omit<Kept, "revision">): void {
    const kept = { revision: this.#kept.revision + 1, ...change };
    this.#store.writeNote(KEY, JSON.stringify(kept));
    this.#kept = kept;
  }
}
