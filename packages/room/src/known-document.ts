import type {
  AppendBatch,
  Author,
  AuthorNo,
  Frame,
  NewFrame,
  Seq,
  StoredDocument,
} from "@palimpsest/history";
import type { ClientId, Identity } from "@palimpsest/protocol";
import {
  type Admitted,
  type DeleteSet,
  decodeStateVector,
  encodeStateVector,
  type KnownState,
  stateVectorOf,
} from "@palimpsest/ydoc";

/** What a room knows of its document: everything but the text. It changes only by `admitted`, never half. */
export class KnownDocument implements KnownState {
  readonly documentId: string;
  readonly logId: string;
  readonly stateVector: Map<ClientId, number>;
  readonly #loadDeleteSet: () => DeleteSet;
  #deleteSet: DeleteSet | null = null;
  readonly #authors = new Map<string, Author>();
  readonly #owners: Map<number, AuthorNo>;
  #head: Seq;
  #lastFrameAt: number;

  /**
   * @param tail the frames after `stored.base`, ascending
   * @param loadDeleteSet reads the delete set of everything stored; called at most once
   */
  constructor(stored: StoredDocument, tail: Iterable<Frame>, loadDeleteSet: () => DeleteSet) {
    this.documentId = stored.documentId;
    this.logId = stored.logId;
    const base = decodeStateVector(stored.base.stateVector);
    if (base === null) throw new Error("the stored state vector cannot be read");
    this.stateVector = base;
    for (const { update } of tail) {
      for (const [client, clock] of stateVectorOf(update)) raise(base, client, clock);
    }
    this.#loadDeleteSet = loadDeleteSet;
    for (const author of stored.authors) this.#authors.set(author.userId, author);
    this.#owners = new Map(stored.owners);
    this.#head = stored.head;
    this.#lastFrameAt = stored.lastFrameAt;
  }

  get head(): Seq {
    return this.#head;
  }

  deleteSet(): DeleteSet {
    this.#deleteSet ??= this.#loadDeleteSet();
    return this.#deleteSet;
  }

  /** Whether `user` may author as this Yjs client: it is theirs, or nobody's yet. */
  mayAuthorAs(user: Identity, client: ClientId): boolean {
    const owner = this.#owners.get(client);
    return owner === undefined || owner === this.#authors.get(user.id)?.no;
  }

  /** The document's author for a person; `isNew` when it is to be stored: never seen, or called differently now. */
  authorOf(user: Identity): { readonly author: Author; readonly isNew: boolean } {
    const before = this.#authors.get(user.id);
    if (before !== undefined && before.name === user.name && before.color === user.color) {
      return { author: before, isNew: false };
    }
    const no = before?.no ?? ((this.#authors.size + 1) as AuthorNo);
    const author: Author = { no, userId: user.id, name: user.name, color: user.color };
    this.#authors.set(user.id, author);
    return { author, isNew: true };
  }

  /** Takes an admitted update in and tells what to store for it. */
  admitted(
    admission: Admitted,
    user: Identity,
    now: number,
    frame: (base: { time: number; author: AuthorNo; update: Uint8Array }) => NewFrame,
  ): AppendBatch {
    const { author, isNew } = this.authorOf(user);
    const owners = new Map<number, AuthorNo>();
    for (const [client, clock] of admission.advanced) {
      this.stateVector.set(client, clock);
      if (this.#owners.has(client)) continue;
      this.#owners.set(client, author.no);
      owners.set(client, author.no);
    }
    // while it is not loaded it will be read from storage, where this update is by then
    this.#deleteSet?.addAll(admission.deleted);
    this.#head = (this.#head + 1) as Seq;
    this.#lastFrameAt = Math.max(now, this.#lastFrameAt);
    return {
      frames: [frame({ time: this.#lastFrameAt, author: author.no, update: admission.update })],
      authors: isNew ? [author] : [],
      owners,
      stateVector: () => encodeStateVector(this.stateVector),
    };
  }
}

function raise(vector: Map<ClientId, number>, client: ClientId, clock: number): void {
  if (clock > (vector.get(client) ?? 0)) vector.set(client, clock);
}
