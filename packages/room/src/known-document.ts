import type { Author, AuthorNo, Frame, NewFrame, Seq, StoredDocument } from "@palimpsest/history";
import type { ClientId, Identity } from "@palimpsest/protocol";
import {
  type Admitted,
  type DeleteSet,
  decodeStateVector,
  encodeStateVector,
  type KnownState,
  stateVectorOf,
} from "@palimpsest/ydoc";
import type { Addition } from "./batch.ts";
import type { EditKind } from "./io.ts";

/** What a room asks of storage when it needs to know, and not before: waking up must not cost what the document holds. */
export interface KnownSource {
  /** Whose a Yjs client id is in what is stored. */
  ownerOf(client: number): AuthorNo | null;
  authors(): readonly Author[];
  /** Where the stored log ends by now. */
  head(): Seq;
  /** The delete set of everything stored. */
  deleteSet(): DeleteSet;
}

/** What a room knows of its document: everything but the text. It changes only by `admitted`, never half. */
export class KnownDocument implements KnownState {
  readonly documentId: string;
  readonly logId: string;
  /** The frames after it are all stored. */
  readonly floor: Seq;
  readonly stateVector: Map<ClientId, number>;
  readonly #source: KnownSource;
  #deleteSet: DeleteSet | null = null;
  #authors: Map<string, Author> | null = null;
  /** Those that were asked for; null for one that nobody owns. */
  readonly #owners = new Map<number, AuthorNo | null>();
  #head: Seq;
  #lastFrameAt: number;

  /**
   * @param tail the frames after `stored.base`, ascending
   */
  constructor(stored: StoredDocument, tail: Iterable<Frame>, source: KnownSource) {
    this.documentId = stored.documentId;
    this.logId = stored.logId;
    this.floor = stored.floor;
    const base = decodeStateVector(stored.base.stateVector);
    if (base === null) throw new Error("the stored state vector cannot be read");
    this.stateVector = base;
    for (const { update } of tail) {
      for (const [client, clock] of stateVectorOf(update)) raise(base, client, clock);
    }
    this.#source = source;
    this.#head = stored.head;
    this.#lastFrameAt = stored.lastFrameAt;
  }

  get head(): Seq {
    return this.#head;
  }

  /** Another object of this document has written: what is known here is not what is stored. */
  isOvertaken(written: Seq): boolean {
    return this.#source.head() !== written;
  }

  deleteSet(): DeleteSet {
    this.#deleteSet ??= this.#source.deleteSet();
    return this.#deleteSet;
  }

  /** Whether `user` may author as this Yjs client: it is theirs, or nobody's yet. */
  mayAuthorAs(user: Identity, client: ClientId): boolean {
    const owner = this.#ownerOf(client);
    return owner === null || owner === this.#known().get(user.id)?.no;
  }

  /** The document's author for a person; `isNew` when it is to be stored: never seen, or called differently now. */
  authorOf(user: Identity): { readonly author: Author; readonly isNew: boolean } {
    const authors = this.#known();
    const before = authors.get(user.id);
    if (before !== undefined && before.name === user.name && before.color === user.color) {
      return { author: before, isNew: false };
    }
    const no = before?.no ?? ((authors.size + 1) as AuthorNo);
    const author: Author = { no, userId: user.id, name: user.name, color: user.color };
    authors.set(user.id, author);
    return { author, isNew: true };
  }

  /** Takes an admitted update in and tells what it adds to the log. */
  admitted(admission: Admitted, user: Identity, now: number, edit: EditKind): Addition {
    const { author, isNew } = this.authorOf(user);
    const newClients: ClientId[] = [];
    for (const [client, clock] of admission.advanced) {
      this.stateVector.set(client, clock);
      if (this.#ownerOf(client) !== null) continue;
      this.#owners.set(client, author.no);
      newClients.push(client);
    }
    // while it is not loaded it will be read from storage, where this update is by then
    if (admission.deleted.length > 0) this.#deleteSet?.addAll(admission.deleted);
    this.#head = (this.#head + 1) as Seq;
    this.#lastFrameAt = Math.max(now, this.#lastFrameAt);
    const base = { time: this.#lastFrameAt, author: author.no, update: admission.update };
    const frame: NewFrame =
      edit.as === "restore"
        ? { ...base, kind: "restore", target: edit.target }
        : { kind: edit.as, time: base.time, author: base.author, update: base.update };
    return { frame, author: author.no, newAuthor: isNew ? author : null, newClients };
  }

  /** As it has to be stored with the newest frame. */
  encodeStateVector(): Uint8Array {
    return encodeStateVector(this.stateVector);
  }

  #ownerOf(client: ClientId): AuthorNo | null {
    let owner = this.#owners.get(client);
    if (owner === undefined) {
      owner = this.#source.ownerOf(client);
      this.#owners.set(client, owner);
    }
    return owner;
  }

  #known(): Map<string, Author> {
    this.#authors ??= new Map(this.#source.authors().map((author) => [author.userId, author]));
    return this.#authors;
  }
}

function raise(vector: Map<ClientId, number>, client: ClientId, clock: number): void {
  if (clock > (vector.get(client) ?? 0)) vector.set(client, clock);
}
