import type { AppendBatch, Author, AuthorNo, NewFrame, Seq } from "@palimpsest/history";
import type { ConnectionId } from "@palimpsest/protocol";

/** An admitted change that is not appended yet. */
export interface WaitingChange {
  /** Who sent it; null for an edit of the server's own. */
  readonly from: ConnectionId | null;
  /** The number under which the sender wants it acknowledged; null when it does not. */
  readonly pushId: number | null;
  /** Its position once it is appended. */
  readonly seq: Seq;
  /** When it arrived, ms since the epoch. */
  readonly time: number;
  readonly update: Uint8Array;
  readonly append: AppendBatch;
}

/** Past these a batch is appended at once: one turn must not hold more than a turn's worth. */
const MAX_BYTES = 256 * 1024;
const MAX_CHANGES = 512;

/**
 * Changes that arrived together and are appended, shown and acknowledged together. None of them was acknowledged or
 * shown before: whoever throws a batch away loses nothing that anybody was promised, but has to tell the senders.
 */
export class Batch {
  readonly changes: WaitingChange[] = [];
  #bytes = 0;

  add(change: WaitingChange): void {
    this.changes.push(change);
    this.#bytes += change.update.length;
  }

  get isFull(): boolean {
    return this.#bytes >= MAX_BYTES || this.changes.length >= MAX_CHANGES;
  }

  get last(): WaitingChange {
    const last = this.changes.at(-1);
    if (last === undefined) throw new Error("a batch holds at least one change");
    return last;
  }

  /** Who would wait for ever if this were forgotten. */
  get senders(): ReadonlySet<ConnectionId> {
    return new Set(this.changes.flatMap(({ from }) => (from === null ? [] : [from])));
  }

  /** One write for all of them. */
  toAppend(): AppendBatch {
    const frames: NewFrame[] = [];
    const authors = new Map<AuthorNo, Author>();
    const owners = new Map<number, AuthorNo>();
    for (const { append } of this.changes) {
      frames.push(...append.frames);
      for (const author of append.authors) authors.set(author.no, author);
      for (const [client, author] of append.owners) owners.set(client, author);
    }
    return { frames, authors: [...authors.values()], owners, stateVector: this.last.append.stateVector };
  }
}
