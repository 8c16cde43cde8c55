import type { AuthorNo, Seq } from "@palimpsest/history";
import {
  type ClientMessage,
  COALESCE_MS,
  type ConnectionId,
  decodeClientMessage,
  encodeMessage,
  type Identity,
  limits,
} from "@palimpsest/protocol";
import { type Admission, admit, decodeStateVector, joinUpdates } from "@palimpsest/ydoc";
import type { Attachment } from "./attachment.ts";
import { Audits } from "./audit.ts";
import { Batch, toAppend, type WaitingChange } from "./batch.ts";
import { FAR_FRAMES } from "./catch-up.ts";
import { type FlowLimits, flowLimits } from "./flow.ts";
import { Gathering, sendTo } from "./gathering.ts";
import type { CatchUp, Effect, Input } from "./io.ts";
import type { KnownDocument } from "./known-document.ts";
import { Pace, type PaceLimits, paceLimits } from "./pace.ts";

export interface RoomOptions {
  /** A client whose editor knows an older schema would delete what it does not know: it is told to reload. */
  readonly schemaVersion: number;
  /**
   * Messages that follow the last write within so many ms wait for each other and are written together; 0 for never.
   * A message that arrives in quiet never waits.
   */
  readonly crowdMs: number;
  /** For how many ms clients gather keystrokes into one message, 0 to 10,000. Default: the protocol's. */
  readonly coalesceMs?: number;
  /** Presences that change within so many ms of the last word on them are told together; 0, the default, for never. */
  readonly presenceMs?: number;
  /** How much may be on its way to one reader. */
  readonly flow?: FlowLimits;
  /** How much one person may send. */
  readonly pace?: PaceLimits;
}

const EDIT = { as: "edit" } as const;

/**
 * The live document: decides what every input means. It keeps no promise by itself: whoever calls `handle` carries
 * the effects out in order and, when one of them fails, throws the room away and builds it again from storage.
 *
 * 1. Nothing is acknowledged or broadcast before the append that holds it in the same list of effects.
 * 2. A message that is refused changes nothing here and yields no append and no broadcast.
 * 3. Presence belongs to sockets: who is not in the gathering is not present.
 * 4. Everything here can be rebuilt from the store and the attachments at any moment between two inputs.
 */
export class Room {
  readonly #document: KnownDocument;
  readonly #options: RoomOptions;
  readonly #gathering: Gathering;
  readonly #audits: Audits;
  readonly #pace: Pace;
  /** Admitted, but neither appended nor shown; null when nothing waits. */
  #waiting: Batch | null = null;
  #lastWriteAt = Number.NEGATIVE_INFINITY;
  readonly #stateVector = () => this.#document.encodeStateVector();

  constructor(
    document: KnownDocument,
    connections: Iterable<readonly [ConnectionId, Attachment]>,
    options: RoomOptions,
  ) {
    this.#document = document;
    this.#gathering = new Gathering(connections, options.presenceMs ?? 0, options.flow ?? flowLimits);
    this.#audits = new Audits(document);
    this.#pace = new Pace(options.pace ?? paceLimits);
    this.#options = options;
  }

  get head() {
    return this.#document.head;
  }

  /** What would be forgotten with this room. */
  get waiting(): Batch | null {
    return this.#waiting;
  }

  get isWaiting(): boolean {
    return this.#waiting !== null || this.#gathering.hasPresenceNews;
  }

  /** Something is still to be told of presences, and would be forgotten with this room. */
  get hasPresenceNews(): boolean {
    return this.#gathering.hasPresenceNews;
  }

  /** For when an earlier room was forgotten with what it had to tell. */
  retellPresence(): Effect[] {
    return this.#gathering.retell();
  }

  /** So much was sent to a connection to bring it up to date. */
  sent(to: ConnectionId, bytes: number): Effect[] {
    return this.#gathering.sent(to, bytes);
  }

  /** So much was sent to a reader that was behind; it is at `through` by now. */
  wentOn(to: ConnectionId, through: Seq, bytes: number): Effect[] {
    return this.#gathering.wentOn(to, through, through >= this.head, bytes);
  }

  /** The document's own number for a person, and what to store when they were unknown until now. */
  enroll(user: Identity): { readonly author: AuthorNo; readonly effects: Effect[] } {
    const { author, isNew } = this.#document.authorOf(user);
    const batch = { frames: [], authors: [author], owners: new Map(), stateVector: this.#stateVector };
    const append: Effect[] = isNew ? [{ kind: "append", batch, head: this.head }] : [];
    return { author: author.no, effects: [...this.#flush(), ...append] };
  }

  handle(input: Input): Effect[] {
    switch (input.kind) {
      case "open":
        return [...this.#flush(), ...this.#open(input)];
      case "message":
        return this.#message(input.connection, input.data, input.now);
      case "close":
        return this.#gathering.leave(input.connection, input.attachment ?? null);
      case "edit":
        return this.#serverEdit(input);
      case "flush":
        if (this.#waiting !== null) this.#lastWriteAt = input.now;
        return [...this.#flush(), ...this.#gathering.flushPresence(input.now, input.isLast)];
      case "sweep":
        return input.silent.flatMap((connection) => this.#gathering.sweep(connection));
      case "notify": {
        const bytes = encodeMessage({ kind: "notice", notice: input.notice });
        return this.#gathering.announce(bytes);
      }
    }
  }

  #open({ connection, user, role, negotiated }: Input & { kind: "open" }): Effect[] {
    const attachment: Attachment = {
      user,
      role,
      negotiated,
      ready: false,
      behind: null,
      asked: false,
      answers: negotiated,
      presence: null,
    };
    if (this.#gathering.size >= limits.maxConnections) return [{ kind: "close", connection, code: 4329 }];
    const effects = this.#gathering.attach(connection, attachment);
    // a negotiated client speaks first; a plain one expects to be asked what the server lacks
    if (!negotiated) {
      if (role === "edit") effects.push(...sendTo([connection], encodeMessage(this.#step1())));
      effects.push(...this.#gathering.introduce(connection));
    }
    return effects;
  }

  #message(connection: ConnectionId, data: Uint8Array | string, now: number): Effect[] {
    const from = this.#gathering.get(connection);
    if (from === undefined) return []; // closed a moment ago: its last messages still arrive
    if (!this.#pace.take(from.user.id, data.length, now)) return this.#gathering.refuse(connection, 4330);
    if (typeof data === "string") return this.#gathering.refuse(connection, 4400);
    if (data.length > limits.maxMessageBytes) return this.#gathering.refuse(connection, 4413);
    const decoded = decodeClientMessage(data);
    if (!decoded.ok) return this.#gathering.refuse(connection, 4400);
    const { message } = decoded;
    if (!isPlain(message) && !from.negotiated) return this.#gathering.refuse(connection, 4400);
    const greets = message.kind === "hello" || message.kind === "other-version";
    if (from.negotiated && from.ready === greets) return this.#gathering.refuse(connection, 4400);
    return this.#accept(connection, from, message, now);
  }

  #accept(connection: ConnectionId, from: Attachment, message: ClientMessage, now: number): Effect[] {
    switch (message.kind) {
      // what a reader is told of the state must be stored by then
      case "hello":
        return [...this.#flush(), ...this.#hello(connection, from, message)];
      case "sync-step-1": {
        const stateVector = decodeStateVector(message.stateVector);
        if (stateVector === null) return this.#gathering.refuse(connection, 4400);
        return [
          ...this.#flush(),
          { kind: "catch-up", to: connection, from: { kind: "plain", stateVector } },
          ...this.#gathering.attach(connection, { ...from, ready: true }),
        ];
      }
      case "other-version":
        return this.#gathering.refuse(connection, 4426);
      case "push":
      case "update":
      case "sync-step-2":
        return this.#change(connection, from, message, now);
      case "awareness":
        return [
          // a plain client says this, too, when it is asked how far it is
          ...(from.negotiated ? [] : this.#confirmed(connection, from)),
          ...this.#gathering.hear(connection, message.states, now, (user, client) =>
            this.#document.mayAuthorAs(user, client),
          ),
        ];
      case "query-awareness":
        return this.#gathering.introduce(connection);
      case "confirmed":
        return this.#confirmed(connection, from);
      case "audit":
        return this.#audit(connection, message);
    }
  }

  #hello(connection: ConnectionId, from: Attachment, message: ClientMessage & { kind: "hello" }): Effect[] {
    if (message.schemaVersion < this.#options.schemaVersion) return this.#gathering.refuse(connection, 4426);
    const catchUp = this.#wayFrom(message);
    if (catchUp === "unreadable") return this.#gathering.refuse(connection, 4400);
    if (catchUp === "unknown") return sendTo([connection], encodeMessage({ kind: "hello-again" }));
    const { head, logId } = this.#document;
    const welcome = encodeMessage({
      kind: "welcome",
      connectionId: connection,
      logId,
      head,
      role: from.role,
      user: from.user,
      coalesceMs: this.#options.coalesceMs ?? COALESCE_MS,
      stateVector: catchUp.stateVector === null ? null : this.#stateVector(),
    });
    return [
      ...sendTo([connection], welcome),
      { kind: "catch-up", to: connection, from: catchUp },
      // not before: a connection whose catch-up failed would be sent changes on top of a hole
      ...this.#gathering.attach(connection, { ...from, ready: true }),
      ...this.#gathering.introduce(connection),
    ];
  }

  /** How a newcomer is brought up to date. "unknown": not without its state vector, or only by a long way. */
  #wayFrom({ resume, stateVector }: ClientMessage & { kind: "hello" }): CatchUp | "unreadable" | "unknown" {
    const { head, floor, logId } = this.#document;
    const decoded = stateVector === null ? null : decodeStateVector(stateVector);
    if (stateVector !== null && decoded === null) return "unreadable";
    const knowsLog = resume !== null && resume.logId === logId;
    // its position is of another object of this document: answered from here it would push what others wrote there
    if (knowsLog && resume.seq > head) this.#checkNotOvertaken();
    // what followed a position before the floor is not there any more
    const resumes = knowsLog && resume.seq <= head && resume.seq >= floor;
    if (resumes && (decoded !== null || head - resume.seq <= FAR_FRAMES))
      return { kind: "resume", after: resume.seq, stateVector: decoded };
    return decoded === null ? "unknown" : { kind: "whole", stateVector: decoded };
  }

  /** @throws Error when the stored log has more than is known here: nothing that depends on it may be said */
  #checkNotOvertaken(): void {
    const written = (this.head - (this.#waiting?.changes.length ?? 0)) as Seq;
    if (this.#document.isOvertaken(written)) throw new Error("another object of this document has written");
  }

  #confirmed(connection: ConnectionId, { negotiated, asked, behind }: Attachment): Effect[] {
    if (!asked) return [];
    const confirmed = this.#gathering.confirm(connection);
    if (behind === null) return [...confirmed, ...this.#gathering.makeUp(connection)];
    // it is brought on from what is stored
    return [...confirmed, ...this.#flush(), { kind: "go-on", to: connection, after: behind, negotiated }];
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
    if (from.role !== "edit") return this.#gathering.refuse(connection, 4403);
    for (const client of admission.advanced.keys()) {
      if (this.#document.mayAuthorAs(from.user, client)) continue;
      // a client that was connected to another object of this document repeats what somebody else wrote there
      this.#checkNotOvertaken();
      return this.#gathering.refuse(connection, 4409);
    }
    const addition = this.#document.admitted(admission, from.user, now, EDIT);
    const pushId = message.kind === "push" ? message.pushId : null;
    const { outline } = admission;
    return this.#take({ from: connection, pushId, seq: this.head, addition, outline }, now);
  }

  #answer(
    connection: ConnectionId,
    message: ClientMessage & { kind: "push" | "update" | "sync-step-2" },
    admission: Exclude<Admission, { kind: "new" }>,
  ): Effect[] {
    switch (admission.kind) {
      case "refused":
        return this.#gathering.refuse(connection, 4422);
      case "gap":
        // an answer to our own step 1 holds everything there is: asking again would never end
        if (message.kind === "sync-step-2") return this.#gathering.refuse(connection, 4422);
        return sendTo([connection], encodeMessage(this.#askAgain(message)));
      case "known":
        return message.kind === "push"
          ? sendTo([connection], this.#ack(message.pushId, this.#sentTo(connection)))
          : [];
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
    const { changes, last } = batch;
    // one sender is not sent its own words back; several get them with the others', which Yjs takes as known
    const except = batch.hasOneSender ? last.from : null;
    const update = joinUpdates(
      changes.map(({ addition }) => addition.frame.update),
      changes.map(({ outline }) => outline),
    );
    const acks = changes.flatMap(({ from, pushId, seq }) =>
      from === null || pushId === null ? [] : sendTo([from], this.#ack(pushId, seq)),
    );
    return [
      { kind: "append", batch: batch.toAppend(this.#stateVector), head: last.seq },
      // what others wrote is sent before the acknowledgement of anything after it
      ...this.#gathering.broadcast(except, update, (last.seq - changes.length) as Seq, last.seq),
      ...acks,
      { kind: "dirty", now: last.addition.frame.time },
    ];
  }

  /** Nothing waits by now. @throws Error when the server's own edit is not admissible: a program error, nothing was changed */
  #serverEdit(input: Input & { kind: "edit" }): Effect[] {
    const admission = admit(input.update, this.#document);
    if (admission.kind === "known") return [];
    if (admission.kind !== "new")
      throw new Error(`an edit made on the server was not admitted: ${admission.kind}`);
    const addition = this.#document.admitted(admission, input.user, input.now, input);
    return [
      { kind: "append", batch: toAppend([addition], this.#stateVector), head: this.head },
      ...this.#gathering.broadcast(null, admission.update, (this.head - 1) as Seq, this.head),
      { kind: "dirty", now: input.now },
    ];
  }

  #audit(connection: ConnectionId, message: ClientMessage & { kind: "audit" }): Effect[] {
    const shown = this.#flush();
    // to a reader that is held back the answer would say that what is held back was lost
    if (this.#gathering.get(connection)?.behind !== null) return shown;
    const finding = this.#audits.compare(message);
    const { copy, difference } = finding.kind === "different" ? finding : { copy: null, difference: null };
    const answer = encodeMessage({ kind: "audited", seq: this.head, difference: copy });
    return [
      // what the answer says is that everything up to the head was sent before it
      ...shown,
      ...sendTo([connection], answer),
      ...(difference === null ? [] : [{ kind: "differed", difference } as const]),
    ];
  }

  /**
   * Up to where a connection was sent everything. An acknowledgement of what is known must not name more: a reader
   * takes the very next frame for its own, and would never ask for the one that is held back.
   */
  #sentTo(connection: ConnectionId): Seq {
    return this.#gathering.get(connection)?.behind ?? this.head;
  }

  #ack(pushId: number, seq: Seq): Uint8Array {
    return encodeMessage({ kind: "ack", pushId, seq });
  }

  #askAgain(message: ClientMessage & { kind: "push" | "update" }) {
    if (message.kind === "update") return this.#step1();
    const stateVector = this.#stateVector();
    return { kind: "resync", pushId: message.pushId, stateVector } as const;
  }

  #step1() {
    return { kind: "sync-step-1", stateVector: this.#stateVector() } as const;
  }
}

/** Whether a client of y-protocols may say it. */
function isPlain({ kind }: ClientMessage): boolean {
  return !["hello", "other-version", "push", "confirmed", "audit"].includes(kind);
}
