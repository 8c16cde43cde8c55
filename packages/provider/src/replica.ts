import type { ClientMessage, Seq, ServerCopy, ServerMessage } from "@palimpsest/protocol";
import * as Y from "yjs";
import type { Difference } from "./audit.ts";
import type { Position } from "./copy/store.ts";
import { type Delivery, Intake, type Progress } from "./intake.ts";
import type { LocalChanges } from "./local-changes.ts";
import { encodeSince, isBehind, serverLacks } from "./server-lacks.ts";

type Message<K extends ServerMessage["kind"]> = Extract<ServerMessage, { kind: K }>;
type Resume = Extract<ClientMessage, { kind: "hello" }>["resume"];

/** The sync at the start of a connection, between welcome and synced. */
interface Sync {
  readonly logId: string;
  /** The server's, at its welcome; null when the hello had none. */
  readonly stateVector: Uint8Array | null;
  /** The position in the hello; null when there was none, or the server has another log. */
  readonly resumedAt: number | null;
  /** Newest position that arrived so far. */
  seq: number;
  readonly received: Uint8Array[];
}

/** Keeps what a replica takes in. */
export interface ReplicaKeeper {
  /** `at` is the place in the log; null for a change without one. */
  delivered(at: Position | null, update: Uint8Array): void;
  /** Everything of a log up to there is in the document; null: nobody knows any more up to where. */
  moved(position: Position | null): void;
}

/** What a stored copy brings back. */
export interface Restored {
  readonly updates: readonly Uint8Array[];
  readonly position: Position | null;
  /** It is the whole document as it was. */
  readonly isWhole: boolean;
  /** Some of it is this tab's to send. */
  readonly hasUnsent: boolean;
}

/** The server contradicted itself, or what it sent left a hole in the document. */
export class BrokenSync extends Error {
  override readonly name = "BrokenSync";
}

/**
 * The document as a copy of the server's log: what of the log is in it, and what of it the log may lack. Every
 * method that takes a message throws when the message does not fit what came before, or Yjs cannot apply it; the
 * caller then drops the connection and calls `distrust`.
 */
export class Replica {
  readonly #doc: Y.Doc;
  readonly #changes: LocalChanges;
  readonly #origin: unknown;
  /** Up to where everything of a log is in the document. */
  #position: Position | null = null;
  /** The log of which every local change is either acknowledged or in the outbox. */
  #accountedFor: string | null = null;
  #everSynced = false;
  #seq: number | null = null;
  #sync: Sync | null = null;
  #mayPush = false;
  #intake = new Intake();
  #hadHoles = false;
  #hadContent = false;
  /** Something in the document did not come from a server. */
  #hasWritten: boolean;
  /** The last hello had no state vector. */
  #leftOut = false;

  readonly #kept: ReplicaKeeper | null;

  /** `origin` is the transaction origin of everything that comes from the server or a stored copy. */
  constructor(doc: Y.Doc, changes: LocalChanges, origin: unknown, kept: ReplicaKeeper | null = null) {
    this.#doc = doc;
    this.#changes = changes;
    this.#origin = origin;
    this.#kept = kept;
    this.#hasWritten = doc.store.clients.size > 0;
    doc.on("afterTransaction", this.#onTransaction);
    doc.on("update", this.#onUpdate);
  }

  get everSynced(): boolean {
    return this.#everSynced;
  }

  /** Up to where everything of a log is here; null when that is not known. */
  get position(): Position | null {
    return this.#position;
  }

  /** The document is here as it was stored, up to a position from which the next sync goes on. */
  restore({ updates, position, isWhole, hasUnsent }: Restored): void {
    const isNew = !this.#hasWritten;
    const before = this.#changes.pending;
    this.takeIn(updates);
    this.#position = position;
    this.#seq = position?.seq ?? null;
    // what was in the document before, and not as a change, may be in no log and in no outbox
    if (isNew || before > 0) this.#accountedFor = position?.logId ?? null;
    this.#everSynced = isWhole;
    this.#hasWritten ||= hasUnsent;
  }

  /** Takes in what is here already, in another tab or a store. */
  takeIn(updates: readonly Uint8Array[]): void {
    if (updates.length === 0) return;
    const apply = () => {
      for (const update of updates) Y.applyUpdate(this.#doc, update, this.#origin);
    };
    Y.transact(this.#doc, apply, this.#origin, false);
  }

  /** Newest log position that this client has; null before the first sync. */
  get seq(): number | null {
    return this.#seq;
  }

  get progress(): Progress | null {
    return this.#intake.progress;
  }

  /** Whether everything in the document is known to be in the log. */
  get isSaved(): boolean {
    if (this.#changes.pending > 0) return false;
    return this.#accountedFor !== null || this.#doc.store.clients.size === 0;
  }

  /**
   * What a hello says about this copy. Of a thousand clients' clocks the state vector would be the larger part of what
   * a returning tab sends: it is left out where nothing depends on it.
   *
   * @param isAgain the server could not do without
   */
  hello(isAgain: boolean): { readonly stateVector: Uint8Array | null; readonly resume: Resume } {
    this.#hadHoles = hasHoles(this.#doc);
    this.#hadContent = this.#doc.store.clients.size > 0;
    const isKnown = this.#position !== null && this.#position.logId === this.#accountedFor;
    this.#leftOut = isKnown && !isAgain;
    return { stateVector: this.#leftOut ? null : Y.encodeStateVector(this.#doc), resume: this.#position };
  }

  welcome({ logId, head, stateVector, role }: Message<"welcome">): void {
    this.#mayPush = role === "edit";
    if (stateVector === null && !this.#leftOut) throw new BrokenSync("a welcome without a state vector");
    const lostItsEnd = this.#position !== null && this.#position.logId === logId && head < this.#position.seq;
    if (this.#accountedFor === logId && !lostItsEnd) {
      if (this.#mayPush) this.#changes.open();
    } else {
      // another log may lack what this one acknowledged: nothing counts as saved until the two were compared
      if (stateVector === null) throw new BrokenSync("a welcome back to another log");
      this.#accountedFor = null;
      this.#position = null;
      // another object's log may be as long again: what follows the stored position would not be what came before
      if (lostItsEnd) this.#kept?.moved(null);
    }
    this.#sync = { logId, stateVector, resumedAt: this.#position?.seq ?? null, seq: 0, received: [] };
  }

  part(message: Message<"part">): void {
    if (this.#sync === null) throw new BrokenSync("a part outside the first sync");
    const taken = this.#intake.part(message);
    if (taken.kind === "broken") throw new BrokenSync("the parts do not fit together");
    for (const delivery of taken.deliveries) this.#deliver(delivery);
  }

  frames({ seq, update }: Message<"frames">): void {
    const taken = this.#intake.frames({ seq, update });
    if (taken.kind === "broken") throw new BrokenSync("the frames do not fit together");
    for (const delivery of taken.deliveries) this.#deliver(delivery);
  }

  /** @returns the position that it resumed at; null for a sync of the whole */
  synced({ seq }: Message<"synced">): number | null {
    const sync = this.#sync;
    if (sync === null || !this.#intake.isWhole) throw new BrokenSync("synced without a sync");
    this.#checkHoles();
    if (sync.stateVector !== null && isBehind(this.#doc, sync.stateVector))
      throw new BrokenSync("the sync left something out");
    this.#sync = null;
    this.#everSynced = true;
    this.#advance(sync.logId, Math.max(seq, sync.seq) as Seq);
    if (sync.stateVector !== null && this.#accountedFor === null) this.#account(sync, sync.stateVector);
    return sync.resumedAt;
  }

  /**
   * Where this copy has everything of the server's if nothing went wrong; null while something is on its way. What a
   * reader wrote goes nowhere.
   */
  get restsAt(): Seq | null {
    const isUnderWay = this.#sync !== null || (this.#mayPush && this.#changes.pending > 0);
    return isUnderWay ? null : (this.#position?.seq ?? null);
  }

  /** An audit found a difference: pushes what the server lacks, or throws when this copy cannot be relied on. */
  mend({ isBehind, serverLacks }: Difference, { stateVector }: ServerCopy): void {
    // the next sync then finds out what either side lacks
    if (isBehind && serverLacks === "content") this.#accountedFor = null;
    if (isBehind) throw new BrokenSync("this copy lacks something of what the server has");
    // what follows from others' deletions is for somebody who wrote to tell: reading makes nobody an author
    if (serverLacks === "content" || this.#hasWritten) this.answer(stateVector);
  }

  /** A change without a position: plain y-protocols. */
  apply(update: Uint8Array): void {
    this.#receive(null, update);
  }

  acknowledge({ pushId, seq }: Message<"ack">): void {
    this.#changes.acknowledge(pushId);
    const position = this.#position;
    // the frame after our position is our own, be the push replaced since. A later one tells nothing about those between
    if (this.#sync === null && position?.seq === seq - 1) this.#advance(position.logId, seq);
  }

  /** Everything that the owner of `stateVector` lacks. */
  encodeSince(stateVector: Uint8Array): Uint8Array {
    return encodeSince(this.#doc, stateVector);
  }

  /** The server asks for what it lacks. */
  answer(stateVector: Uint8Array): void {
    if (this.#mayPush && this.#doc.store.clients.size > 0) {
      this.#changes.replaceAll(this.encodeSince(stateVector));
    }
  }

  /** The server wants to hear the state vector. */
  get mayRepeatHello(): boolean {
    return this.#leftOut;
  }

  /** The connection is gone. */
  disconnect(): void {
    this.#sync = null;
    this.#mayPush = false;
    this.#intake = new Intake();
  }

  /** What came over this connection cannot be relied on: the next sync starts from nothing. */
  distrust(): void {
    this.#position = null;
    this.#kept?.moved(null);
  }

  /** Ends all listening. */
  destroy(): void {
    this.#doc.off("afterTransaction", this.#onTransaction);
    this.#doc.off("update", this.#onUpdate);
  }

  #receive(at: Position | null, update: Uint8Array): void {
    this.#sync?.received.push(update);
    Y.applyUpdate(this.#doc, update, this.#origin);
    this.#kept?.delivered(at, update);
  }

  #deliver({ seq, update }: Delivery): void {
    const { logId } = this.#sync ?? this.#position ?? { logId: null };
    this.#receive(logId === null ? null : { logId, seq }, update);
    if (this.#sync !== null) this.#sync.seq = Math.max(this.#sync.seq, seq);
    else if (logId !== null) {
      this.#checkHoles();
      this.#advance(logId, seq);
    }
  }

  #advance(logId: string, seq: Seq): void {
    if (this.#position !== null && this.#position.seq >= seq) return;
    this.#position = { logId, seq };
    this.#seq = seq;
    this.#kept?.moved(this.#position);
  }

  /** First sync with this log: finds out what of the document the server does not have. */
  #account({ logId, received }: Sync, stateVector: Uint8Array): void {
    // comparing reads everything that was received once more: not for a reader who just opens a document
    if (this.#hadContent || this.#changes.pending > 0) {
      this.#changes.replaceAll(serverLacks(this.#doc, stateVector, received, this.#hasWritten));
    }
    this.#accountedFor = logId;
    if (this.#mayPush) this.#changes.open();
  }

  #checkHoles(): void {
    if (!this.#hadHoles && hasHoles(this.#doc))
      throw new BrokenSync("something is missing before this frame");
  }

  /**
   * After every remote change Yjs deletes formatting marks without effect, as a local change: opening a document
   * would write to it, every open tab would push the same deletions, and a reader could never count as saved.
   */
  readonly #onTransaction = (transaction: Y.Transaction): void => {
    if (!transaction.local) transaction._needFormattingCleanup = false;
  };

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.#origin) return;
    this.#hasWritten = true;
    this.#changes.add(update);
  };
}

/** Updates that wait for what they build on. */
function hasHoles({ store }: Y.Doc): boolean {
  return store.pendingStructs !== null || store.pendingDs !== null;
}
