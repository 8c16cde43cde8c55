import { PROTOCOL_VERSION, type ServerMessage } from "@palimpsest/protocol";
import { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { Audit } from "./audit.ts";
import { type Action, type ConnectionEvent, disconnected, step } from "./connection.ts";
import { Conversation } from "./conversation.ts";
import { type CopyOptions, OfflineCopy } from "./copy/offline-copy.ts";
import { Emitter } from "./emitter.ts";
import type { ProviderEvents } from "./events.ts";
import { Liveness } from "./liveness.ts";
import { LocalChanges } from "./local-changes.ts";
import { type ProviderOptions, TicketRefused } from "./options.ts";
import { isHidden, watchPage } from "./page.ts";
import { Presence } from "./presence.ts";
import { PublishedState } from "./published-state.ts";
import { BrokenSync, Replica } from "./replica.ts";
import { connectionState, type ProviderState } from "./state.ts";
import { Alarm, platformTimers, type Timers } from "./timers.ts";
import { Wire } from "./wire.ts";

/** Connections in a row that end with something unreadable: the server is another version of itself, not a bad line. */
const MAX_MISUNDERSTOOD = 3;

/**
 * Keeps a `Y.Doc` and an `Awareness` together with a document on a Palimpsest server. Nothing local is ever lost
 * by a lost connection or a refusal: it stays in the document and is pushed when there is a server again.
 */
export class Provider extends Emitter<ProviderEvents> {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly #options: ProviderOptions;
  readonly #timers: Timers;
  readonly #random: () => number;
  readonly #changes: LocalChanges;
  readonly #replica: Replica;
  readonly #presence: Presence;
  readonly #liveness: Liveness;
  readonly #audit: Audit;
  readonly #conversation: Conversation;
  readonly #copy: OfflineCopy | null;
  readonly #timer: Alarm;
  readonly #stopWatching: () => void;
  #connection = disconnected;
  readonly #events: ConnectionEvent[] = [];
  #isStepping = false;
  #attempt = 0;
  #wire: Wire | null = null;
  /** Connections that ended with something unreadable since one was last stable. */
  #misunderstood = 0;
  readonly #state: PublishedState;

  /**
   * Does not connect yet.
   * @throws TypeError when `url` is no URL
   */
  constructor(options: ProviderOptions) {
    super();
    // the socket's constructor would throw it again and again, at every attempt
    new URL(options.url);
    const timers = options.timers ?? platformTimers;
    this.#options = options;
    this.#timers = timers;
    this.#random = options.random ?? Math.random;
    this.#timer = new Alarm(timers);
    this.doc = options.doc;
    this.awareness = options.awareness ?? new Awareness(options.doc);
    this.#copy = options.copy === undefined ? null : this.#openCopy(options.copy);
    this.#changes = new LocalChanges({
      timers,
      coalesceMs: () => options.coalesceMs ?? this.#conversation.coalesceMs,
      send: (push) => this.#wire?.send({ kind: "push", ...push }),
      kept: this.#copy ?? undefined,
    });
    this.#replica = new Replica(options.doc, this.#changes, this, this.#copy);
    this.#presence = new Presence({
      awareness: this.awareness,
      doc: options.doc,
      timers,
      origin: this,
      send: (states) => this.#wire?.send({ kind: "awareness", states }),
    });
    this.#liveness = new Liveness(timers, {
      ping: () => this.#wire?.ping(),
      buffered: () => this.#wire?.buffered ?? 0,
      dead: () => this.#fault(new Error("the connection does not answer")),
    });
    this.#audit = new Audit({
      timers,
      random: this.#random,
      every: options.auditEvery ?? 500,
      doc: options.doc,
      position: () => (this.#copy?.siblingsAreSaved === false ? null : this.#replica.restsAt),
      send: (audit) => this.#wire?.send(audit),
    });
    this.#conversation = new Conversation({
      replica: this.#replica,
      changes: this.#changes,
      presence: this.#presence,
      audit: this.#audit,
      phase: () => this.#connection.phase,
      confirm: (token) => this.#wire?.send({ kind: "confirmed", token }),
      repeatHello: () => this.#sayHello(true),
      welcomed: (role) => {
        this.#copy?.welcomed(role);
        this.#dispatch({ type: "welcome" });
      },
      synced: () => this.#dispatch({ type: "synced" }),
      notice: (notice) => this.emit("notice", notice),
      differs: (difference) => this.emit("difference", difference),
      missed: (error) => this.#fault(error),
    });
    this.#stopWatching = watchPage({
      wake: () => this.#dispatch({ type: "wake" }),
      doubt: () => this.#wire !== null && this.#liveness.probe(),
      hidden: () => this.#changes.flush(),
      suspend: () => this.#dispatch({ type: "suspend" }),
    });
    this.doc.on("update", this.#onUpdate);
    this.doc.on("destroy", this.#onDocDestroyed);
    this.#state = new PublishedState(
      () => this.#snapshot(),
      (state, before) => this.#tell(state, before),
    );
  }

  get state(): ProviderState {
    return this.#state.now;
  }

  /** Every local change is acknowledged, or would be back if the page ended now. Not in the state: it changes with every key. */
  get isKept(): boolean {
    return this.#state.now.saved || this.#copy?.isKept === true;
  }

  /** Connects and stays connected; while waiting for the next attempt, attempts now. */
  connect(): void {
    this.#dispatch({ type: "connect" });
  }

  /** Sends what waits, says goodbye and stays away until `connect`. */
  disconnect(): void {
    this.#dispatch({ type: "disconnect" });
  }

  /** Reconnects at once with a fresh ticket: after signing in, say. Without effect before `connect`. */
  reauthenticate(): void {
    this.#dispatch({ type: "reauthenticate" });
  }

  /** Disconnects for good and lets go of the document, which stays usable. */
  destroy(): void {
    if (this.#connection.phase === "destroyed") return;
    this.#dispatch({ type: "destroy" });
    this.#stopWatching();
    this.#presence.destroy();
    this.#replica.destroy();
    this.#copy?.end();
    this.doc.off("update", this.#onUpdate);
    this.doc.off("destroy", this.#onDocDestroyed);
    if (this.#options.awareness === undefined) this.awareness.destroy();
    this.removeListeners();
  }

  /** One event after the other: an action may cause the next event before the last one is through. */
  #dispatch(event: ConnectionEvent): void {
    this.#events.push(event);
    if (this.#isStepping) return;
    this.#isStepping = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
        const surroundings = { now: this.#timers.now(), random: this.#random(), hidden: isHidden() };
        const { connection, actions } = step(this.#connection, next, surroundings);
        this.#connection = connection;
        for (const action of actions) this.#perform(action);
        if (connection.refusal !== null) this.#copy?.refused(connection.refusal.code);
      }
    } finally {
      this.#isStepping = false;
    }
    this.#publish();
  }

  #perform(action: Action): void {
    switch (action.do) {
      case "fetch-ticket":
        void this.#fetchTicket();
        break;
      case "open-socket":
        this.#openWire(action.token);
        break;
      case "say-hello":
        this.#liveness.start();
        this.#sayHello(false);
        break;
      case "say-goodbye":
        this.#changes.flush();
        this.#presence.goodbye();
        break;
      case "drop-socket":
        this.#dropWire(action.code);
        break;
      case "probe":
        this.#liveness.probe();
        break;
      case "set-timer":
        this.#timer.set(action.ms, () => this.#dispatch({ type: "timer" }));
        break;
      case "clear-timer":
        this.#timer.clear();
        break;
    }
  }

  #sayHello(isAgain: boolean): void {
    const { schemaVersion } = this.#options;
    const copy = this.#replica.hello(isAgain);
    this.#wire?.send({ kind: "hello", protocolVersion: PROTOCOL_VERSION, schemaVersion, ...copy });
  }

  async #fetchTicket(): Promise<void> {
    const attempt = ++this.#attempt;
    let event: ConnectionEvent;
    try {
      // the hello says what the copy holds
      const [token] = await Promise.all([this.#options.ticket(), this.#copy?.opened]);
      event = { type: "ticket", token };
    } catch (error) {
      event =
        error instanceof TicketRefused
          ? { type: "ticket-refused", code: error.code, message: error.message }
          : { type: "ticket-failed" };
    }
    if (attempt === this.#attempt) this.#dispatch(event);
  }

  #openWire(token: string): void {
    const { url, documentId, WebSocket: Constructor = globalThis.WebSocket } = this.#options;
    const address = `${url}/${encodeURIComponent(documentId)}?token=${encodeURIComponent(token)}`;
    try {
      this.#wire = new Wire(Constructor, address, {
        open: () => this.#dispatch({ type: "open" }),
        heard: () => this.#liveness.heard(),
        message: (message) => this.#receive(message),
        unreadable: (reason) => this.#misunderstand(reason),
        closed: (code) => this.#dispatch({ type: "closed", code }),
      });
    } catch (error) {
      this.#fault(error);
    }
  }

  #dropWire(code: number): void {
    this.#attempt++;
    this.#liveness.stop();
    this.#audit.stop();
    this.#changes.close();
    this.#replica.disconnect();
    this.#presence.close();
    this.#wire?.drop(code);
    this.#wire = null;
  }

  #receive(message: ServerMessage): void {
    try {
      this.#conversation.receive(message);
    } catch (error) {
      this.#distrust(error);
      return;
    }
    this.#dispatch({ type: "progress" });
  }

  /** Bytes may break on the way. But a server that says what this program does not know will say it again. */
  #misunderstand(reason: string): void {
    const error = new BrokenSync(`an unreadable message: ${reason}`);
    this.#misunderstood = this.#connection.failures === 0 ? 1 : this.#misunderstood + 1;
    if (this.#misunderstood < MAX_MISUNDERSTOOD) {
      this.#distrust(error);
      return;
    }
    this.#replica.distrust();
    this.emit("fault", error);
    this.#dispatch({ type: "closed", code: 4426 });
  }

  #distrust(error: unknown): void {
    this.#replica.distrust();
    this.#fault(error);
  }

  #fault(cause: unknown): void {
    this.emit("fault", cause instanceof Error ? cause : new Error(String(cause)));
    this.#dispatch({ type: "fault" });
  }

  /** After the replica's own listener, so that the snapshot already counts this update. */
  readonly #onUpdate = (): void => {
    this.#audit.activity();
    this.#publish();
  };

  readonly #onDocDestroyed = (): void => this.destroy();

  #snapshot(): ProviderState {
    return {
      ...connectionState(this.#connection),
      everSynced: this.#replica.everSynced,
      saved: this.#replica.isSaved && this.#copy?.siblingsAreSaved !== false,
      pending: this.#changes.pending,
      seq: this.#replica.seq,
      copy: this.#copy?.status ?? "none",
      role: this.#conversation.role,
      user: this.#conversation.user,
      progress: this.#replica.progress,
    };
  }

  #tell(state: ProviderState, before: ProviderState): void {
    this.emit("state", state);
    if (state.status !== before.status) this.emit("status", state.status);
    if (state.synced !== before.synced) this.emit("synced", state.synced);
    if (state.saved !== before.saved) this.emit("saved", state.saved);
  }

  #publish(): void {
    if (this.#isStepping) return;
    this.#copy?.tell();
    this.#state.publish();
  }

  #openCopy(options: CopyOptions): OfflineCopy {
    const { doc, documentId, schemaVersion } = this.#options;
    return new OfflineCopy({
      ...options,
      doc,
      documentId,
      schemaVersion,
      timers: this.#timers,
      changes: () => this.#changes,
      replica: () => this.#replica,
      conversation: () => this.#conversation,
      putAside: (aside) => this.emit("aside", aside),
      fault: (error) => this.emit("fault", error),
      told: () => this.#publish(),
    });
  }
}
