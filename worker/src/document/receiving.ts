import { type Author, type AuthorNo, BEFORE_ALL, type NewFrame, type Seq } from "@palimpsest/history";
import { META_NAME, yDocTitle } from "@palimpsest/schema";
import type { DocumentStore, RestoreFacts, Version } from "@palimpsest/store";
import {
  type Admission,
  admit,
  type ClientId,
  type DeleteSet,
  decodeMoves,
  deleteSetOf,
  EMPTY_UPDATE,
  encodeStateVector,
  materialize,
  projectRoot,
  stateVectorOf,
} from "@palimpsest/ydoc";
import { randomId } from "../identity/random-id.ts";
import { updatesAt } from "./moment.ts";

/** What a new document is to be that has its history from a file. */
export interface HistoryStart {
  readonly documentId: string;
  readonly createdAt: number;
  readonly floor: number;
}

/** Something of the file, with the line that says it. */
interface Said {
  readonly line: number;
}

export interface ReceivedFrame extends Said {
  readonly time: number;
  readonly author: number;
  readonly kind: NewFrame["kind"];
  readonly target: number | null;
  readonly update: Uint8Array;
}

export interface ReceivedSnapshot extends Said {
  readonly seq: number;
  readonly createdAt: number;
  readonly collected: boolean;
  readonly owners: readonly (readonly [client: number, author: number])[];
  /** When and by whom its last change was made; null where nobody knows any more. */
  readonly frame: { readonly t: number; readonly a: number } | null;
  readonly update: Uint8Array;
}

export interface ReceivedRestore extends Said, Omit<RestoreFacts, "seq" | "of" | "from" | "through"> {
  readonly seq: number;
  readonly of: number | null;
  readonly from: number | null;
  readonly through: number | null;
  readonly moves: Uint8Array;
  readonly deletes: Uint8Array;
}

export interface ReceivedVersion extends Omit<Version, "seq" | "author"> {
  readonly seq: number;
  readonly author: number;
}

/** A part of a file, in the order of its lines. What each is has been checked but for what the text's bytes say. */
export interface Received {
  readonly authors: readonly (Omit<Author, "no"> & { readonly no: number })[];
  readonly versions: readonly ReceivedVersion[];
  readonly restores: readonly ReceivedRestore[];
  readonly snapshots: readonly ReceivedSnapshot[];
  readonly frames: readonly ReceivedFrame[];
}

/** Why a line cannot be taken. */
export interface BadLine {
  readonly ok: false;
  readonly line: number;
  readonly sentence: string;
}

/** A note of this name says that the document is not whole yet, and where its history begins. */
const NOTE = "importing";
const DONE = "done";

/** Frames that are put in place of dropped ones are written this many at a time. */
const STAND_INS = 20_000;

/**
 * Takes a document with its history in, part by part. Whoever sends the parts can be cut off, and the object can be put
 * to sleep between two of them: what was taken is in the store, and from there it goes on. Each update is judged as
 * if a stranger had sent it, because one did.
 */
export class Receiving {
  readonly #store: DocumentStore;
  /** What the text's bytes are judged by; null until it is needed. */
  #known: Known | null = null;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  /** The document is not whole: nobody may be let in, and if nothing more comes it is to be removed. */
  get isPending(): boolean {
    return this.#store.exists && this.#floor !== null;
  }

  /** Where the history begins that is being taken in; null when none is. */
  get #floor(): number | null {
    const note = this.#store.readNote(NOTE);
    return note === null || note === DONE ? null : Number(note);
  }

  begin({ documentId, createdAt, floor }: HistoryStart): void {
    this.#store.transaction(() => {
      this.#store.create({ documentId, logId: randomId(), createdAt });
      this.#store.writeNote(NOTE, String(floor));
    });
  }

  take({ authors, versions, restores, snapshots, frames }: Received): { readonly ok: true } | BadLine {
    if (!this.isPending) throw new Error("this document is not being imported");
    const store = this.#store;
    if (authors.length > 0)
      store.append({ frames: [], authors: authors as readonly Author[], owners: new Map(), stateVector });
    for (const version of versions) store.addVersion(version as Version);
    for (const restore of restores) {
      if (!isDeleteSet(restore.deletes)) return bad(restore, "what it says to have deleted cannot be read");
      if (decodeMoves(restore.moves) === null)
        return bad(restore, "what it says to have put back cannot be read");
      const { line, ...kept } = restore;
      store.addRestore(kept as Parameters<DocumentStore["addRestore"]>[0]);
    }
    for (const snapshot of snapshots) {
      const refused = this.#takeSnapshot(snapshot);
      if (refused !== null) return refused;
    }
    return this.#takeFrames(frames) ?? { ok: true };
  }

  /** Everything was sent: from now on it is a document like any other. @returns its title */
  finish(): { readonly title: string } {
    if (!this.isPending) throw new Error("this document is not being imported");
    this.#known = null;
    const floor = this.#floor ?? 0;
    if (floor > 0) {
      this.#standAtFloor(this.#store.load()?.createdAt ?? 0);
      this.#store.thin(floor as Seq, []);
    }
    this.#store.writeNote(NOTE, DONE);
    const doc = materialize([projectRoot(updatesAt(this.#store.stats().head, this.#store), META_NAME)]);
    try {
      return { title: yDocTitle(doc) };
    } finally {
      doc.destroy();
    }
  }

  #takeSnapshot(snapshot: ReceivedSnapshot): BadLine | null {
    const { seq, createdAt, collected, update, frame } = snapshot;
    const store = this.#store;
    const floor = this.#floor ?? 0;
    const admission = admit(update, nothing());
    if (admission.kind !== "new") return bad(snapshot, sentenceFor(admission));
    const owners = new Map(snapshot.owners.map(([client, author]) => [client, author as AuthorNo]));
    for (const client of admission.advanced.keys())
      if (!owners.has(client)) return bad(snapshot, `it does not say whose ${client} is`);
    const fresh = new Map<number, AuthorNo>();
    for (const [client, author] of owners) {
      const before = store.ownerOf(client);
      if (before !== null && before !== author) return bad(snapshot, `${client} was somebody else's before`);
      if (before === null) fresh.set(client, author);
    }
    if (store.stats().head === 0) this.#standIn(floor - 1);
    const stateVector = encodeStateVector(admission.advanced);
    store.append({ frames: [], authors: [], owners: fresh, stateVector: () => stateVector });
    const deleteSet = deleteSetOf(admission.update).encode();
    const written = {
      seq: seq as Seq,
      createdAt,
      collected,
      update: admission.update,
      stateVector,
      deleteSet,
    };
    store.writeSnapshot(written);
    if (seq === floor && frame !== null) this.#standAtFloor(frame.t, frame.a);
    return null;
  }

  /**
   * The log counts from 1: frames that say nothing, in place of those that were dropped, until they are dropped again.
   * They are earlier than every other, so that no time that was meant leads to one of them.
   */
  #standIn(through: number): void {
    const frame: NewFrame = { kind: "import", time: 0, author: 1 as AuthorNo, update: EMPTY_UPDATE };
    for (let head = 0; head < through; head += STAND_INS) {
      const frames = new Array<NewFrame>(Math.min(STAND_INS, through - head)).fill(frame);
      this.#store.append({ frames, authors: [], owners: new Map(), stateVector: () => new Uint8Array([0]) });
    }
  }

  /** The frame of the state at which the history begins: the whole of it, so that what follows builds on it. */
  #standAtFloor(time: number, author = 1): void {
    const floor = (this.#floor ?? 0) as Seq;
    if (this.#store.stats().head !== floor - 1) return;
    const update = this.#store.readSnapshot(floor, "update");
    const stateVector = this.#store.readSnapshot(floor, "state-vector");
    const frame: NewFrame = { kind: "import", time, author: author as AuthorNo, update };
    this.#store.append({ frames: [frame], authors: [], owners: new Map(), stateVector: () => stateVector });
  }

  #takeFrames(frames: readonly ReceivedFrame[]): BadLine | null {
    const [first] = frames;
    if (first === undefined) return null;
    this.#standAtFloor(first.time);
    this.#known ??= knownIn(this.#store, (this.#floor ?? 0) > 0);
    const known = this.#known;
    const taken: NewFrame[] = [];
    const owners = new Map<number, AuthorNo>();
    for (const frame of frames) {
      const author = frame.author as AuthorNo;
      const admission = admit(frame.update, known);
      const isRepeat = admission.kind === "known" && known.startsCollected;
      if (admission.kind !== "new" && !isRepeat) return bad(frame, sentenceFor(admission));
      const update = admission.kind === "new" ? admission.update : EMPTY_UPDATE;
      if (admission.kind === "new") {
        for (const [client, clock] of admission.advanced) {
          const owner = owners.get(client) ?? this.#store.ownerOf(client);
          if (owner !== null && owner !== author)
            return bad(frame, `it was written as ${client}, who is somebody else`);
          if (owner === null) owners.set(client, author);
          known.stateVector.set(client, clock);
        }
        known.deletes.addAll(admission.deleted);
      }
      taken.push(toFrame(frame, author, update));
    }
    const stateVectorNow = () => encodeStateVector(known.stateVector);
    this.#store.append({ frames: taken, authors: [], owners, stateVector: stateVectorNow });
    return null;
  }
}

interface Known {
  readonly stateVector: Map<ClientId, number>;
  readonly deletes: DeleteSet;
  deleteSet(): DeleteSet;
  /**
   * The history begins with a state, which knows of more deletions than those who wrote the frames behind it: what lies
   * in something deleted. So a frame that only deletes may bring nothing.
   */
  readonly startsCollected: boolean;
}

/** For a batch without frames: no row asks for it. */
function stateVector(): Uint8Array {
  throw new Error("a batch without frames has no state vector");
}

function nothing(): { readonly stateVector: Map<ClientId, number>; deleteSet(): DeleteSet } {
  return { stateVector: new Map(), deleteSet: () => deleteSetOf(EMPTY_UPDATE) };
}

/** What is stored so far. */
function knownIn(store: DocumentStore, startsCollected: boolean): Known {
  const vector = new Map<ClientId, number>();
  const deletes = deleteSetOf(EMPTY_UPDATE);
  for (const { update } of store.frames(BEFORE_ALL, store.stats().head)) {
    for (const [client, clock] of stateVectorOf(update))
      if (clock > (vector.get(client) ?? 0)) vector.set(client, clock);
    deletes.addAll(deleteSetOf(update));
  }
  return { stateVector: vector, deletes, deleteSet: () => deletes, startsCollected };
}

function toFrame(frame: ReceivedFrame, author: AuthorNo, update: Uint8Array): NewFrame {
  const { time, kind, target } = frame;
  return kind === "restore"
    ? { time, author, update, kind, target: (target ?? 0) as Seq }
    : { time, author, update, kind };
}

function isDeleteSet(bytes: Uint8Array): boolean {
  // an update without structs is a zero before the delete set
  const update = new Uint8Array(bytes.length + 1);
  update.set(bytes, 1);
  // the ranges are of what is not known here: a gap, unless it cannot be read
  return admit(update, nothing()).kind !== "refused";
}

function bad({ line }: Said, sentence: string): BadLine {
  return { ok: false, line, sentence };
}

function sentenceFor(admission: Exclude<Admission, { readonly kind: "new" }>): string {
  switch (admission.kind) {
    case "refused":
      return `its update is not one that a document takes (${admission.reason})`;
    case "gap":
      return "its update builds on changes that are not there";
    case "known":
      return "its update brings nothing that was not there before";
  }
}
