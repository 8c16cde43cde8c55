import type { AppendBatch, Author, AuthorNo, Seq, StoredDocument } from "@palimpsest/history";
import type { CloseCode, ConnectionId, Identity } from "@palimpsest/protocol";
import type { Attachment } from "./attachment.ts";
import type { Difference } from "./audit.ts";
import { catchUp, goOn, type LogReader } from "./catch-up.ts";
import { flowLimits } from "./flow.ts";
import type { Effect, Input } from "./io.ts";
import { KnownDocument } from "./known-document.ts";
import { Room, type RoomOptions } from "./room.ts";
import { storedDeleteSet } from "./stored-delete-set.ts";

const NOTHING: readonly Effect[] = [];

/** The durable side, as far as a live room needs it. */
export interface RoomStore extends LogReader {
  load(): StoredDocument | null;
  ownerOf(client: number): AuthorNo | null;
  authors(): readonly Author[];
  /** Does what `act` does, without those snapshots that it cannot read. */
  readAround<T>(act: () => T): T;
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
  /** A room was thrown away with presences that it had not told. */
  #owesPresence = false;
  /** Where this object left the log, whatever became of the room; null before it has read it. */
  #head: Seq | null = null;

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
      this.#performAll(room.handle(input), room);
      return room.head;
    });
  }

  /** The document's own number for a person, who may never have written here: they name versions too. */
  authorOf(user: Identity): AuthorNo {
    return this.#turn((room) => {
      const { author, effects } = room.enroll(user);
      this.#performAll(effects, room);
      return author;
    });
  }

  /** Something waits in memory that is neither written nor promised to anybody. */
  get isWaiting(): boolean {
    return this.#room?.isWaiting ?? false;
  }

  /** Writes what waits. Before storage is read by anybody else, and before memory is given up. */
  flush(now: number): void {
    if (this.isWaiting) this.dispatch({ kind: "flush", now, isLast: false });
  }

  /** Writes and tells what waits, then forgets everything in memory, as hibernation does. */
  forget(now: number): void {
    if (this.isWaiting) this.dispatch({ kind: "flush", now, isLast: true });
    this.#room = null;
  }

  #turn<T>(act: (room: Room) => T): T {
    const waiting = this.#room?.waiting ?? null;
    const count = waiting?.changes.length ?? 0;
    try {
      this.#room ??= this.#build();
      if (this.#owesPresence) this.#performAll(this.#room.retellPresence(), this.#room);
      this.#owesPresence = false;
      return act(this.#room);
    } catch (error) {
      this.#owesPresence ||= this.#room?.hasPresenceNews === true;
      this.#room = null;
      // those that waited before this input; its own sender is the caller's to send away
      for (const connection of waiting?.senders(count) ?? []) this.#sendAway(connection);
      this.#lookAgain();
      throw error;
    }
  }

  /** If another object was faster, that has to be noticed before this one falls asleep and forgets where it was. */
  #lookAgain(): void {
    try {
      this.#room ??= this.#build();
    } catch {
      this.#room = null; // storage cannot even be read: the next input tries again
    }
  }

  /** Ends a connection whose changes were forgotten: it would wait for their acknowledgement for ever. */
  #sendAway(connection: ConnectionId): void {
    try {
      this.dispatch({ kind: "close", connection });
    } catch {
      // storage cannot even be read: nobody can be told who has gone, so nobody stays
      this.#sendEverybodyAway();
    } finally {
      this.#ports.sockets.close(connection, 4300);
    }
  }

  /** What follows from an effect comes after those that were decided before it was known. */
  #performAll(effects: readonly Effect[], room: Room): void {
    const queue = [...effects];
    for (const effect of queue) queue.push(...this.#perform(effect, room));
  }

  /** @returns what follows from it */
  #perform(effect: Effect, room: Room): readonly Effect[] {
    const { store, sockets } = this.#ports;
    switch (effect.kind) {
      case "append": {
        const after = (effect.head - effect.batch.frames.length) as Seq;
        const seq = store.append({ ...effect.batch, after });
        if (seq !== effect.head) throw new Error(`the log is at ${seq}, the room thought ${effect.head}`);
        this.#head = seq;
        return NOTHING;
      }
      case "send":
        for (const connection of effect.to) sockets.send(connection, effect.bytes);
        return NOTHING;
      case "catch-up": {
        let bytes = 0;
        // whatever it reads of a snapshot it reads before the first message
        const { messages, first } = store.readAround(() => {
          const messages = catchUp(effect.from, room.head, store);
          return { messages, first: messages.next() };
        });
        for (let next = first; next.done !== true; next = messages.next()) {
          bytes += next.value.length;
          sockets.send(effect.to, next.value);
        }
        return room.sent(effect.to, bytes);
      }
      case "go-on": {
        const { to, after, negotiated } = effect;
        const { stepBytes } = this.#options.flow ?? flowLimits;
        const { messages, through } = goOn(after, room.head, negotiated, stepBytes, store);
        const bytes = messages.reduce((sum, message) => sum + message.length, 0);
        for (const message of messages) sockets.send(to, message);
        return room.wentOn(to, through, bytes);
      }
      case "attach":
        sockets.attach(effect.connection, effect.attachment);
        return NOTHING;
      case "close":
        sockets.close(effect.connection, effect.code);
        return NOTHING;
      case "flush-at":
        this.#ports.flushAt(effect.at);
        return NOTHING;
      case "differed":
        this.#ports.differed(effect.difference);
        return NOTHING;
      case "dirty":
        this.#ports.dirty(effect.now);
        return NOTHING;
    }
  }

  /** Nobody is left who would have to hear who has gone. */
  #sendEverybodyAway(): void {
    const { sockets } = this.#ports;
    for (const [connection] of [...sockets.open()]) sockets.close(connection, 4300);
  }

  #build(): Room {
    const { store, sockets } = this.#ports;
    const stored = store.load();
    if (stored === null) throw new Error("the document does not exist");
    // another object of this document wrote: nobody here was sent that, and whoever is shown the next frame would take
    // themselves for up to date, with a hole behind them
    if (this.#head !== null && stored.head !== this.#head) this.#sendEverybodyAway();
    this.#head = stored.head;
    const tail = store.frames(stored.base.seq, stored.head);
    const document = new KnownDocument(stored, tail, {
      ownerOf: (client) => store.ownerOf(client),
      authors: () => store.authors(),
      head: () => store.load()?.head ?? stored.head,
      deleteSet: () => store.readAround(() => storedDeleteSet(document.head, store)),
    });
    return new Room(document, sockets.open(), this.#options);
  }
}
