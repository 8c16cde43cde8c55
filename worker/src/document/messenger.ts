import type { DocumentStore } from "@palimpsest/store";
import { tell } from "../directory/telling.ts";
import { tellingOf } from "./telling-of.ts";
import type { Trash } from "./trash.ts";

const NOTE = "told";
/** After the first failure; each further one doubles it. */
const RETRY_MS = 30_000;
const MAX_RETRY_MS = 30 * 60_000;

/** What the directory has been told. It outlives the object's memory, in a row a word. */
interface Told {
  readonly seq: number;
  readonly trash: number;
  /** How often it could not be reached since. */
  readonly failures: number;
}

export interface MessengerParts {
  readonly store: DocumentStore;
  readonly trash: Trash;
  readonly directory: D1Database;
}

/** Sees to it that the directory hears what the document has to say, however long it cannot be reached. */
export class Messenger {
  readonly #parts: MessengerParts;
  /** Null until it is needed. */
  #told: Told | null = null;

  constructor(parts: MessengerParts) {
    this.#parts = parts;
  }

  /** Whether the directory lacks something, the document being at `head`. */
  hasNews(head: number): boolean {
    const { seq, trash } = this.#known();
    return head > seq || this.#parts.trash.move.revision > trash;
  }

  /**
   * Tells the directory. A failure is no reason to throw: whoever writes has nothing to do with it.
   *
   * @param isQuiet nobody types
   * @returns when to tell what is left; null when nothing is
   */
  async deliver(now: number, isQuiet: boolean, laterMs: number): Promise<number | null> {
    const { store, trash, directory } = this.#parts;
    const head = store.load()?.head ?? 0;
    const telling = tellingOf(store, trash.move, isQuiet);
    if (telling === null) return null;
    try {
      await tell(directory, telling);
    } catch (error) {
      const { failures, ...told } = this.#known();
      console.error(JSON.stringify({ event: "telling-failed", failures, reason: String(error) }));
      this.#note({ ...told, failures: failures + 1 });
      return now + Math.min(RETRY_MS * 2 ** failures, MAX_RETRY_MS);
    }
    const isWhole = telling.content?.text !== null;
    const known = this.#known();
    // another delivery may have been under way, with later news
    const seq = isWhole ? Math.max(known.seq, head) : known.seq;
    this.#note({ seq, trash: Math.max(known.trash, telling.trash.revision), failures: 0 });
    store.countRows(1);
    return isWhole ? null : now + laterMs;
  }

  #known(): Told {
    if (this.#told === null) {
      const note = this.#parts.store.readNote(NOTE);
      this.#told = note === null ? { seq: 0, trash: 0, failures: 0 } : (JSON.parse(note) as Told);
    }
    return this.#told;
  }

  #note(told: Told): void {
    this.#told = told;
    this.#parts.store.writeNote(NOTE, JSON.stringify(told));
  }
}
