import type { AppendBatch, Author, AuthorNo, Seq, StoredDocument } from "@palimpsest/history";
import type { CloseCode, ConnectionId, Identity } from "@palimpsest/protocol";
import type { Attachment } from "./attachment.ts";
import type { Difference } from "./audit.ts";
import { catchUp, type LogReader } from "./catch-up.ts";
import type { Effect, Input } from "./io.ts";
import { KnownDocument } from "./known-document.ts";
import { Room, type RoomOptions } from "./room.ts";
import { storedDeleteSet } from "./stored-delete-set.ts";

/** The durable side, as far as a live room needs it. */
export interface RoomStore extends LogReader {
  load(): StoredDocument | null;
  ownerOf(client: number): AuthorNo | null;
  authors(): readonly Author[];
  append(batch: AppendBatch): Seq;
}

/** The sockets of one document. A connection that is gone is not an error: its close is on the way. */
export interface RoomSockets {
  /** Every open socket with the attachment it was last given. */
  open(): Iterable<readonly [ConnectionId, Attachment]>;
  send(connection: ConnectionId, bytes: Uint8Array): void;
  attach(connection: ConnectionId, attachment: Attachment): void;
  close(connection: ConnectionId, code: CloseCode): void;
}

export interface RoomPorts {
  readonly store: RoomStore;
  readonly sockets: RoomSockets;
  /** An audit found a difference, to be counted. */
  differed(difference: Difference): void;
  /** New frames wait for the alarm's work. */
  dirty(now: number): void;
  /** Changes wait: dispatch a `flush` at `at` (ms since the epoch). What is pending must keep the process awake. */
  flushAt(at: number): void;
}

/**
 * Carries a room's effects out, one synchronous turn per input. The room lives only as long as its effects succeed:
 * after a failed one it is built again from storage and attachments, so that memory never holds what storage does not.
 */
export class RoomHost {
  readonly #ports: RoomPorts;
  readonly #options: RoomOptions;
  #room: Room | null = null;

  constructor(ports: RoomPorts, options: RoomOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  /**
   * @returns the position of the newest frame afterwards
   * @throws whatever the storage threw; then nothing of the input stays
   */
  dispatch(input: Input): Seq {
    // a segment that the batch closes keeps the state vector: it must not know the edit yet, whose own write can fail
    if (input.kind === "edit") this.flush(input.now);
    return this.#turn((room) => {
      for (const effect of room.handle(input)) this.#perform(effect, room);
      return room.head;
    });
  }

  /** The document's own number for a person, who may never have written here: they name versions too. */
  authorOf(user: Identity): AuthorNo {
    return this.#turn((room) => {
      const { author, effects } = room.enroll(user);
      for (const effect of effects) this.#perform(effect, room);
      return author;
    });
  }

  /** Something waits in memory that is neither written nor promised to anybody. */
  get isWaiting(): boolean {
    return this.#room?.isWaiting ?? false;
  }

  /** Writes what waits. Before storage is read by anybody else, and before memory is given up. */
  flush(now: number): void {
    if (this.isWaiting) this.dispatch({ kind: "flush", now });
  }

  /** Forgets everything in memory, as hibernation does. Whoever calls it has flushed. */
  forget(): void {
    this.#room = null;
  }

  #turn<T>(act: (room: Room) => T): T {
    const waiting = this.#room?.waiting ?? null;
    const count = waiting?.changes.length ?? 0;
    try {
      this.#room ??= this.#build();
      return act(this.#room);
    } catch (error) {
      this.#room = null;
      // those that waited before this input; its own sender is the caller's to send away
      for (const connection of waiting?.senders(count) ?? []) this.#sendAway(connection);
      throw error;
    }
  }

  /** Ends a connection whose changes were forgotten: it would wait for their acknowledgement for ever. */
  #sendAway(connection: ConnectionId): void {
    try {
      this.dispatch({ kind: "close", connection });
    } finally {
      this.#ports.sockets.close(connection, 4300);
    }
  }

  #perform(effect: Effect, room: Room): void {
    const { store, sockets } = this.#ports;
    switch (effect.kind) {
      case "append": {
        const seq = store.append(effect.batch);
        if (seq !== effect.head) throw new Error(`the log is at ${seq}, the room thought ${effect.head}`);
        return;
      }
      case "send":
        for (const connection of effect.to) sockets.send(connection, effect.bytes);
        return;
      case "catch-up":
        for (const bytes of catchUp(effect.from, room.head, store)) sockets.send(effect.to, bytes);
        return;
      case "attach":
        sockets.attach(effect.connection, effect.attachment);
        return;
      case "close":
        sockets.close(effect.connection, effect.code);
        return;
      case "flush-at":
        this.#ports.flushAt(effect.at);
        return;
      case "dirty":
        this.#ports.dirty(effect.now);
        return;
    }
  }

  #build(): Room {
    const { store, sockets } = this.#ports;
    const stored = store.load();
    if (stored === null) throw new Error("the document does not exist");
    const tail = store.frames(stored.base.seq, stored.head);
    const document = new KnownDocument(stored, tail, {
      ownerOf: (client) => store.ownerOf(client),
      authors: () => store.authors(),
      deleteSet: () => storedDeleteSet(document.head, store),
    });
      case "differed":
        this.#ports.differed(effect.difference);
        return;
    return new Room(document, sockets.open(), this.#options);
  }
}
