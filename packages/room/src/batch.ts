import type { AppendBatch, Author, AuthorNo, NewFrame, Seq } from "@palimpsest/history";
import type { ClientId, ConnectionId } from "@palimpsest/protocol";
import type { Outline } from "@palimpsest/ydoc";

/** What an admitted change adds to the log. */
export interface Addition {
  readonly frame: NewFrame;
  readonly author: AuthorNo;
  /** When the author is new, or has a new name or colour. */
  readonly newAuthor: Author | null;
  /** Yjs client ids that are the author's from now on. */
  readonly newClients: readonly ClientId[];
}

/** An admitted change that is not appended yet. */
export interface WaitingChange {
  /** Who sent it; null for an edit of the server's own. */
  readonly from: ConnectionId | null;
  /** The number under which the sender wants it acknowledged; null when it does not. */
  readonly pushId: number | null;
  /** Its position once it is appended. */
  readonly seq: Seq;
  readonly addition: Addition;
  /** What its update holds, if that is known. */
  readonly outline: Outline | null;
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
    this.#bytes += change.addition.frame.update.length;
  }

  get isFull(): boolean {
    return this.#bytes >= MAX_BYTES || this.changes.length >= MAX_CHANGES;
  }

  get last(): WaitingChange {
    const last = this.changes.at(-1);
    if (last === undefined) throw new Error("a batch holds at least one change");
    return last;
  }

  get hasOneSender(): boolean {
    const { from } = this.last;
    return this.changes.every((change) => change.from === from);
  }

  /** Whose change is among the first `count`: they would wait for ever if this were forgotten. */
  senders(count: number): ReadonlySet<ConnectionId> {
    return new Set(this.changes.slice(0, count).flatMap(({ from }) => (from === null ? [] : [from])));
  }

  /** One write for all of them. */
  toAppend(stateVector: () => Uint8Array): AppendBatch {
    return toAppend(
      this.changes.map(({ addition }) => addition),
      stateVector,
    );
  }
}

/** @param stateVector the encoded one that the document has with all of them */
export function toAppend(additions: readonly Addition[], stateVector: () => Uint8Array): AppendBatch {
  const frames: NewFrame[] = [];
  const authors = new Map<AuthorNo, Author>();
  const owners = new Map<number, AuthorNo>();
  for (const { frame, author, newAuthor, newClients } of additions) {
    frames.push(frame);
    if (newAuthor !== null) authors.set(author, newAuthor);
    for (const client of newClients) owners.set(client, author);
  }
  return { frames, authors: [...authors.values()], owners, stateVector };
}
