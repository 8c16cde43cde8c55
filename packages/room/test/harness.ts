import type { Seq } from "@palimpsest/history";
import {
  type ClientId,
  type ClientMessage,
  type CloseCode,
  type ConnectionId,
  decodeServerMessage,
  encodeMessage,
  type Identity,
  PROTOCOL_VERSION,
  type Role,
  type ServerMessage,
  type UserId,
} from "@palimpsest/protocol";
import { SqliteStore } from "@palimpsest/store";
import { NodeSqlite } from "@palimpsest/testkit/node-sqlite";
import { encodeStateVector } from "@palimpsest/ydoc";
import { expect, it } from "vitest";
import { type Attachment, type EditKind, type Input, RoomHost, type RoomOptions } from "../src/index.ts";

export const SCHEMA = 7;

export function person(name: string): Identity {
  return { id: `user-${name}` as UserId, name, color: "#336699" };
}

/**
 * A room over a real store, driven by one line per event. Everything that it does is written down in `journal`, in
 * order; `said` is what one connection was told since it was last asked.
 */
export class TestRoom {
  readonly driver = new NodeSqlite();
  readonly store = new SqliteStore(this.driver);
  readonly host: RoomHost;
  readonly journal: string[] = [];
  /** Everything ever done, to compare whole runs. */
  readonly transcript: string[] = [];
  readonly attachments = new Map<ConnectionId, Attachment | null>();
  readonly #inbox = new Map<ConnectionId, (ServerMessage | { kind: "closed"; code: CloseCode })[]>();
  readonly #forgetful: boolean;
  now = 1_000;

  constructor(forgetful = false, crowdMs = 0, presenceMs = 0, options: Partial<RoomOptions> = {}) {
    this.#forgetful = forgetful;
    this.store.create({ documentId: "d1", logId: "log-1", createdAt: 0 });
    const { store } = this;
    this.host = new RoomHost(
      {
        store: {
          load: () => store.load(),
          ownerOf: (client) => store.ownerOf(client),
          authors: () => store.authors(),
          bases: (limit) => store.bases(limit),
          readAround: (act) => store.readAround(act),
          frames: (after, through) => store.frames(after, through),
          snapshots: () => store.snapshots(),
          readSnapshot: (seq, section) => store.readSnapshot(seq, section),
          append: (batch) => {
            const seq = store.append(batch);
            for (const { kind, author } of batch.frames) this.#note(`append ${kind} by ${author} → ${seq}`);
            return seq;
          },
        },
        sockets: {
          open: () => this.#open(),
          send: (connection, bytes) => this.#receive(connection, bytes),
          attach: (connection, attachment) => {
            // what hibernation keeps is a copy
            if (this.attachments.get(connection) !== null) {
              this.attachments.set(connection, structuredClone(attachment));
            }
          },
          close: (connection, code) => {
            this.attachments.set(connection, null);
            this.#inbox.get(connection)?.push({ kind: "closed", code });
            this.#note(`${connection} closed ${code}`);
          },
        },
        differed: ({ content, deletions }) => this.#note(`differed ${content} ${deletions}`),
        dirty: () => this.#note("dirty"),
        flushAt: (at) => this.#note(`flush at ${at}`),
      },
      { schemaVersion: SCHEMA, crowdMs, presenceMs, ...options },
    );
  }

  dispatch(input: Input): Seq {
    if (this.#forgetful) this.host.forget(this.now);
    return this.host.dispatch(input);
  }

  /** Opens a socket. Its person is its name without the digits: "ada2" is Ada's second tab. */
  open(name: string, { negotiated = true, role = "edit" as Role } = {}): TestConnection {
    const connection = name as ConnectionId;
    this.attachments.delete(connection);
    this.#inbox.set(connection, []);
    const user = person(name.replace(/\d+$/, ""));
    this.dispatch({ kind: "open", connection, user, role, negotiated });
    return new TestConnection(this, connection);
  }

  edit(update: Uint8Array, name = "server", kind: EditKind = { as: "edit" }): Seq {
    return this.dispatch({ kind: "edit", user: person(name), update, now: this.now, ...kind });
  }

  frames() {
    return [...this.store.frames(0 as Seq, Number.MAX_SAFE_INTEGER as Seq)];
  }

  takeInbox(connection: ConnectionId) {
    return this.#inbox.get(connection)?.splice(0) ?? [];
  }

  takeJournal(): string[] {
    return this.journal.splice(0);
  }

  *#open(): Generator<readonly [ConnectionId, Attachment]> {
    for (const [connection, attachment] of this.attachments) {
      if (attachment !== null) yield [connection, structuredClone(attachment)];
    }
  }

  #receive(connection: ConnectionId, bytes: Uint8Array): void {
    const decoded = decodeServerMessage(bytes);
    if (!decoded.ok) throw new Error(`the room sent something unreadable: ${decoded.reason}`);
    if (this.attachments.get(connection) === null)
      throw new Error(`the room sent to ${connection} after closing`);
    this.#inbox.get(connection)?.push(decoded.message);
    this.#note(`${connection} ← ${shown(decoded.message)}`);
  }

  #note(line: string): void {
    this.journal.push(line);
    this.transcript.push(line);
  }
}

/** One socket, from the client's side. */
export class TestConnection {
  readonly #room: TestRoom;
  readonly id: ConnectionId;

  constructor(room: TestRoom, id: ConnectionId) {
    this.#room = room;
    this.id = id;
  }

  raw(data: Uint8Array | string): this {
    this.#room.dispatch({ kind: "message", connection: this.id, data, now: this.#room.now });
    return this;
  }

  send(message: ClientMessage): this {
    return this.raw(encodeMessage(message));
  }

  hello(rest: Partial<ClientMessage & { kind: "hello" }> = {}): this {
    const stateVector = encodeStateVector(new Map());
    const base = { protocolVersion: PROTOCOL_VERSION, schemaVersion: SCHEMA, stateVector, resume: null };
    return this.send({ kind: "hello", ...base, ...rest });
  }

  push(pushId: number, update: Uint8Array): this {
    return this.send({ kind: "push", pushId, update });
  }

  /** Says who is there: `state` null means leaving. */
  present(clientId: number, clock: number, state: object | string | null = {}): this {
    const text = typeof state === "string" ? state : JSON.stringify(state);
    return this.send({ kind: "awareness", states: [{ clientId: clientId as ClientId, clock, state: text }] });
  }

  /** The socket ends. */
  close(): void {
    const { attachments } = this.#room;
    const attachment = attachments.get(this.id) ?? null;
    attachments.delete(this.id);
    this.#room.dispatch({ kind: "close", connection: this.id, attachment });
  }

  /** What arrived since the last call, one line each. */
  get said(): string[] {
    return this.messages.map((message) =>
      message.kind === "closed" ? `closed ${message.code}` : shown(message),
    );
  }

  get messages() {
    return this.#room.takeInbox(this.id);
  }
}

/** One line for a message; document bytes are left out. */
export function shown(message: ServerMessage): string {
  switch (message.kind) {
    case "welcome":
      return `welcome ${message.role} @${message.head}`;
    case "part":
      return `part ${message.index + 1}/${message.count} @${message.seq}`;
    case "frames":
    case "synced":
      return `${message.kind} @${message.seq}`;
    case "ack":
      return `ack ${message.pushId} @${message.seq}`;
    case "resync":
      return `resync ${message.pushId}`;
    case "notice":
      return `notice ${message.notice.kind}`;
    case "awareness":
      return `awareness ${message.states.map(({ clientId, clock, state }) => `${clientId}:${clock} ${state === "null" ? "left" : "here"}`).join(", ")}`;
    case "audited":
      return `audited @${message.seq}, ${message.difference === null ? "the same" : "different"}`;
    default:
      return message.kind;
  }
}

/**
 * A scenario, played twice: once in one life of the room, and once with everything in memory forgotten between any
 * two inputs ([I14]). Both must do the same things in the same order.
 */
export function scenario(name: string, play: (room: TestRoom) => void): void {
  it(name, () => {
    const awake = new TestRoom();
    play(awake);
    const forgetful = new TestRoom(true);
    play(forgetful);
    expect(forgetful.transcript, "[I14] with hibernation between any two inputs").toEqual(awake.transcript);
    awake.driver.close();
    forgetful.driver.close();
  });
}
