import type { AuthorNo, NewFrame, Seq } from "@palimpsest/history";
import {
  type AwarenessEntry,
  type ClientMessage,
  type CloseCode,
  type ConnectionId,
  decodeClientMessage,
  encodeMessage,
  type Identity,
  limits,
  PROTOCOL_VERSION,
} from "@palimpsest/protocol";
import { type Admission, admit, decodeStateVector, encodeStateVector, mergeUpdates } from "@palimpsest/ydoc";
import type { Attachment, Presence } from "./attachment.ts";
import { Batch, type WaitingChange } from "./batch.ts";
import type { EditKind, Effect, Input } from "./io.ts";
import type { KnownDocument } from "./known-document.ts";
import { judgePresence, toDeparture, toEntry } from "./presence.ts";

export interface RoomOptions {
  /** A client whose editor knows an older schema would delete what it does not know: it is told to reload. */
  readonly schemaVersion: number;
  /**
   * Messages that follow the last write within so many ms wait for each other and are written together; 0 for never.
   * A message that arrives in quiet never waits.
   */
  readonly crowdMs: number;
}

/**
 * The live document: decides what every input means. It keeps no promise by itself: whoever calls `handle` carries
 * the effects out in order and, when one of them fails, throws the room away and builds it again from storage.
 *
 * 1. Nothing is acknowledged or broadcast before the append that holds it in the same list of effects.
 * 2. A message that is refused changes nothing here and yields no append and no broadcast.
 * 3. Presence belongs to sockets: who is not in `#connections` is not present.
 * 4. Everything here can be rebuilt from the store and the attachments at any moment between two inputs.
 */
export class Room {
  readonly #document: KnownDocument;
  readonly #options: RoomOptions;
  readonly #connections: Map<ConnectionId, Attachment>;
  /** Admitted, but neither appended nor shown; null when nothing waits. */
  #waiting: Batch | null = null;
  #lastWriteAt = Number.NEGATIVE_INFINITY;

  constructor(
    document: KnownDocument,
    connections: Iterable<readonly [ConnectionId, Attachment]>,
    options: RoomOptions,
  ) {
    this.#document = document;
    this.#connections = new Map(connections);
    this.#options = options;
  }

  get head() {
    return this.#document.head;
  }

  /** Whose changes would be forgotten with this room. */
  get waitingSenders(): ReadonlySet<ConnectionId> {
    return this.#waiting?.senders ?? new Set();
  }

  get isWaiting(): boolean {
    return this.#waiting !== null;
  }

  /** The document's own number for a person, and what to store when they were unknown until now. */
  enroll(user: Identity): { readonly author: AuthorNo; readonly effects: Effect[] } {
    const { author, isNew } = this.#document.authorOf(user);
    const batch = { frames: [], authors: [author], owners: new Map(), stateVector: () => new Uint8Array() };
    const append: Effect[] = isNew ? [{ kind: "append", batch, head: this.head }] : [];
    return { author: author.no, effects: [...this.#flush(), ...append] };
  }

  handle(input: Input): Effect[] {
    switch (input.kind) {
      case "open":
        return this.#open(input);
      case "message":
        return this.#message(input.connection, input.data, input.now);
      case "close":
        return this.#leave(input.connection, input.attachment ?? null);
      case "edit":
        return [...this.#flush(), ...this.#serverEdit(input)];
      case "flush":
        if (this.#waiting !== null) this.#lastWriteAt = input.now;
        return this.#flush();
      case "notify": {
        const bytes = encodeMessage({ kind: "notice", notice: input.notice });
        return sendTo(this.#listeners(null, true), bytes);
      }
    }
  }

  #open({ connection, user, role, negotiated }: Input & { kind: "open" }): Effect[] {
    const attachment: Attachment = { user, role, negotiated, ready: false, presence: null };
    if (this.#connections.size >= limits.maxConnections) return [{ kind: "close", connection, code: 4329 }];
    this.#connections.set(connection, attachment);
    const effects: Effect[] = [{ kind: "attach", connection, attachment }];
    // a negotiated client speaks first; a plain one expects to be asked what the server lacks
    if (!negotiated) {
      if (role === "edit") effects.push(...sendTo([connection], encodeMessage(this.#step1())));
      effects.push(...this.#sendPresences(connection));
    }
    return effects;
  }

  #message(connection: ConnectionId, data: Uint8Array | string, now: number): Effect[] {
    const from = this.#connections.get(connection);
    if (from === undefined) return []; // closed a moment ago: its last messages still arrive
    if (typeof data === "string") return this.#refuse(connection, 4400);
    if (data.length > limits.maxMessageBytes) return this.#refuse(connection, 4413);
    const decoded = decodeClientMessage(data);
    if (!decoded.ok) return this.#refuse(connection, 4400);
    const { message } = decoded;
    const ours = message.kind === "hello" || message.kind === "push";
    if (ours && !from.negotiated) return this.#refuse(connection, 4400);
    if (from.negotiated && from.ready === (message.kind === "hello")) return this.#refuse(connection, 4400);
    return this.#accept(connection, from, message, now);
  }

  #accept(connection: ConnectionId, from: Attachment, message: ClientMessage, now: number): Effect[] {
    switch (message.kind) {
      // what a reader is told of the state must be stored by then
      case "hello":
        return [...this.#flush(), ...this.#hello(connection, from, message)];
      case "sync-step-1": {
        const stateVector = decodeStateVector(message.stateVector);
        if (stateVector === null) return this.#refuse(connection, 4400);
        return [
          ...this.#flush(),
          { kind: "catch-up", to: connection, from: { kind: "plain", stateVector } },
          ...this.#attach(connection, { ...from, ready: true }),
        ];
      }
      case "push":
      case "update":
      case "sync-step-2":
        return this.#change(connection, from, message, now);
      case "awareness":
        return this.#awareness(connection, message.states);
      case "query-awareness":
        return this.#sendPresences(connection);
    }
  }

  #hello(connection: ConnectionId, from: Attachment, message: ClientMessage & { kind: "hello" }): Effect[] {
    const { protocolVersion, schemaVersion, resume } = message;
    const outdated = protocolVersion !== PROTOCOL_VERSION || schemaVersion < this.#options.schemaVersion;
    if (outdated) return this.#refuse(connection, 4426);
    const stateVector = decodeStateVector(message.stateVector);
    if (stateVector === null) return this.#refuse(connection, 4400);
    const { head, logId } = this.#document;
    const resumes = resume !== null && resume.logId === logId && resume.seq <= head;
    const welcome = encodeMessage({
      kind: "welcome",
      connectionId: connection,
      logId,
      head,
      role: from.role,
      user: from.user,
      stateVector: encodeStateVector(this.#document.stateVector),
    });
    return [
      ...sendTo([connection], welcome),
      {
        kind: "catch-up",
        to: connection,
        from: resumes ? { kind: "resume", after: resume.seq } : { kind: "whole", stateVector },
      },
      // not before: a connection whose catch-up failed would be sent changes on top of a hole
      ...this.#attach(connection, { ...from, ready: true }),
      ...this.#sendPresences(connection),
    ];
  }

  #change(
    connection: ConnectionId,
    from: Attachment,
    message: ClientMessage & { kind: "push" | "update" | "sync-step-2" },
    now: number,
  ): Effect[] {
    const admission = admit(message.update, this.#document);
    // every answer but "accepted" speaks of what is known, and that may still be waiting
    if (admission.kind !== "new") return [...this.#flush(), ...this.#answer(connection, message, admission)];
    if (from.role !== "edit") return this.#refuse(connection, 4403);
    for (const client of admission.advanced.keys()) {
      if (!this.#document.mayAuthorAs(from.user, client)) return this.#refuse(connection, 4409);
    }
    const append = this.#document.admitted(admission, from.user, now, (base) => ({ ...base, kind: "edit" }));
    const pushId = message.kind === "push" ? message.pushId : null;
    return this.#take(
      { from: connection, pushId, seq: this.head, time: now, update: admission.update, append },
      now,
    );
  }

  #answer(
    connection: ConnectionId,
    message: ClientMessage & { kind: "push" | "update" | "sync-step-2" },
    admission: Exclude<Admission, { kind: "new" }>,
  ): Effect[] {
    switch (admission.kind) {
      case "refused":
        return this.#refuse(connection, 4422);
      case "gap":
        // an answer to our own step 1 holds everything there is: asking again would never end
        if (message.kind === "sync-step-2") return this.#refuse(connection, 4422);
        return sendTo([connection], encodeMessage(this.#askAgain(message)));
      case "known":
        return message.kind === "push" ? sendTo([connection], this.#ack(message.pushId, this.head)) : [];
    }
  }

  /** Writes and shows a change at once when it is quiet; else it waits for the others of the moment. */
  #take(change: WaitingChange, now: number): Effect[] {
    const { crowdMs } = this.#options;
    const isFirst = this.#waiting === null;
    this.#waiting ??= new Batch();
    this.#waiting.add(change);
    // a clock that was set back must not keep anybody waiting
    const sinceWrite = now - this.#lastWriteAt;
    if (this.#waiting.isFull || sinceWrite >= crowdMs || sinceWrite < 0) {
      this.#lastWriteAt = now;
      return this.#flush();
    }
    return isFirst ? [{ kind: "flush-at", at: this.#lastWriteAt + crowdMs }] : [];
  }

  /** Append, then show, then acknowledge everything that waits. */
  #flush(): Effect[] {
    const batch = this.#waiting;
    if (batch === null) return [];
    this.#waiting = null;
    const { changes, senders, last } = batch;
    // one sender is not sent its own words back; several get them with the others', which Yjs takes as known
    const except = senders.size === 1 ? last.from : null;
    const update = mergeUpdates(changes.map((change) => change.update));
    const acks = changes.flatMap(({ from, pushId, seq }) =>
      from === null || pushId === null ? [] : sendTo([from], this.#ack(pushId, seq)),
    );
    return [
      { kind: "append", batch: batch.toAppend(), head: last.seq },
      // what others wrote is sent before the acknowledgement of anything after it
      ...this.#broadcast(except, update, last.seq),
      ...acks,
      { kind: "dirty", now: last.time },
    ];
  }

  /** @throws Error when the server's own edit is not admissible: a program error, nothing was changed */
  #serverEdit(input: Input & { kind: "edit" }): Effect[] {
    const admission = admit(input.update, this.#document);
    if (admission.kind === "known") return [];
    if (admission.kind !== "new")
      throw new Error(`an edit made on the server was not admitted: ${admission.kind}`);
    const batch = this.#document.admitted(admission, input.user, input.now, (base) => toFrame(base, input));
    return [
      { kind: "append", batch, head: this.head },
      ...this.#broadcast(null, admission.update),
      { kind: "dirty", now: input.now },
    ];
  }

  #awareness(connection: ConnectionId, entries: readonly AwarenessEntry[]): Effect[] {
    const effects: Effect[] = [];
    const news: AwarenessEntry[] = [];
    for (const entry of entries) {
      const from = this.#connections.get(connection);
      if (from === undefined) break;
      const holder = this.#presentAs(entry.clientId);
      // the same person's older socket may be dead without anybody knowing: the newer one takes the presence over
      const free = holder === null || holder === connection || this.#isSamePerson(holder, from);
      const mayBind = free && this.#document.mayAuthorAs(from.user, entry.clientId);
      const change = judgePresence(from.presence, entry, from.user, mayBind);
      if (change.kind === "ignore") continue;
      if (holder !== null && holder !== connection) effects.push(...this.#supersede(holder, entry.clock));
      effects.push(...this.#attach(connection, { ...from, presence: change.presence }));
      news.push(toEntry(change.presence));
    }
    if (news.length === 0) return effects;
    const bytes = encodeMessage({ kind: "awareness", states: news });
    return [...effects, ...sendTo(this.#presenceListeners(connection), bytes)];
  }

  #leave(connection: ConnectionId, attachment: Attachment | null = null): Effect[] {
    const presence = (this.#connections.get(connection) ?? attachment)?.presence ?? null;
    this.#connections.delete(connection);
    if (presence === null || presence.state === null) return [];
    const bytes = encodeMessage({ kind: "awareness", states: [toDeparture(presence)] });
    return sendTo(this.#presenceListeners(connection), bytes);
  }

  /** Closes a socket; its presence ends for the others at once, not when the close has come back. */
  #refuse(connection: ConnectionId, code: CloseCode): Effect[] {
    return [...this.#leave(connection), { kind: "close", connection, code }];
  }

  #broadcast(except: ConnectionId | null, update: Uint8Array, seq = this.head): Effect[] {
    const plain = this.#listeners(except, false);
    const negotiated = this.#listeners(except, true);
    return [
      ...(negotiated.length > 0 ? sendTo(negotiated, encodeMessage({ kind: "frames", seq, update })) : []),
      ...(plain.length > 0 ? sendTo(plain, encodeMessage({ kind: "update", update })) : []),
    ];
  }

  #listeners(except: ConnectionId | null, negotiated: boolean): ConnectionId[] {
    const ids: ConnectionId[] = [];
    for (const [id, attachment] of this.#connections) {
      if (id !== except && attachment.ready && attachment.negotiated === negotiated) ids.push(id);
    }
    return ids;
  }

  /** A plain connection was told at its opening who is there, so from then on it has to hear who comes and goes. */
  #presenceListeners(except: ConnectionId): ConnectionId[] {
    const ids: ConnectionId[] = [];
    for (const [id, { ready, negotiated }] of this.#connections) {
      if (id !== except && (ready || !negotiated)) ids.push(id);
    }
    return ids;
  }

  #sendPresences(to: ConnectionId): Effect[] {
    const states: AwarenessEntry[] = [];
    for (const [id, { presence }] of this.#connections) {
      if (id !== to && presence !== null && presence.state !== null) states.push(toEntry(presence));
    }
    return states.length === 0 ? [] : sendTo([to], encodeMessage({ kind: "awareness", states }));
  }

  #presentAs(clientId: number): ConnectionId | null {
    for (const [id, { presence }] of this.#connections) {
      if (presence !== null && presence.state !== null && presence.clientId === clientId) return id;
    }
    return null;
  }

  #isSamePerson(connection: ConnectionId, other: Attachment): boolean {
    return this.#connections.get(connection)?.user.id === other.user.id;
  }

  /** The person is present through a newer socket: what this one still says up to `clock` is old. */
  #supersede(connection: ConnectionId, clock: number): Effect[] {
    const attachment = this.#connections.get(connection);
    if (attachment === undefined || attachment.presence === null) return [];
    const presence: Presence = { ...attachment.presence, clock, state: null };
    return this.#attach(connection, { ...attachment, presence });
  }

  #attach(connection: ConnectionId, attachment: Attachment): Effect[] {
    this.#connections.set(connection, attachment);
    return [{ kind: "attach", connection, attachment }];
  }

  #ack(pushId: number, seq: Seq): Uint8Array {
    return encodeMessage({ kind: "ack", pushId, seq });
  }

  #askAgain(message: ClientMessage & { kind: "push" | "update" }) {
    if (message.kind === "update") return this.#step1();
    const stateVector = encodeStateVector(this.#document.stateVector);
    return { kind: "resync", pushId: message.pushId, stateVector } as const;
  }

  #step1() {
    return { kind: "sync-step-1", stateVector: encodeStateVector(this.#document.stateVector) } as const;
  }
}

function sendTo(to: readonly ConnectionId[], bytes: Uint8Array): Effect[] {
  return to.length === 0 ? [] : [{ kind: "send", to, bytes }];
}

function toFrame(base: Pick<NewFrame, "time" | "author" | "update">, edit: EditKind): NewFrame {
  return edit.as === "restore"
    ? { ...base, kind: "restore", target: edit.target }
    : { ...base, kind: edit.as };
}
