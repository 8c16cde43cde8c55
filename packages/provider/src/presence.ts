import type { AwarenessEntry, ClientId } from "@palimpsest/protocol";
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import type * as Y from "yjs";
import { Alarm, type Timers } from "./timers.ts";

/** Milliseconds between two messages about the own cursor. */
const THROTTLE_MS = 50;

/**
 * The highest clock under which a document's Yjs client was present. A new `Awareness` starts at 0, and others
 * ignore a client whose clock went back: under React's StrictMode everybody would be invisible.
 */
const lastClocks = new WeakMap<Y.Doc, { clientId: number; clock: number }>();

export interface PresenceOptions {
  readonly awareness: Awareness;
  readonly doc: Y.Doc;
  readonly timers: Timers;
  /** The origin under which others' states appear in the awareness. */
  readonly origin: unknown;
  readonly send: (states: readonly AwarenessEntry[]) => void;
}

/**
 * Carries an `Awareness` over a connection. The server knows who is there by their sockets, so nothing is ever
 * repeated to stay visible and nobody is dropped for being quiet.
 */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #throttle: Alarm;
  #isOpen = false;
  #sentAt = Number.NEGATIVE_INFINITY;
  #sentState: string | null = null;

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#throttle = new Alarm(options.timers);
    const { awareness, doc } = options;
    // its interval announces an unchanged state every 15 s and forgets whoever was quiet for 30 s
    clearInterval(awareness._checkInterval);
    const last = lastClocks.get(doc);
    if (last?.clientId === awareness.clientID) this.#raiseClock(last.clock);
    awareness.on("update", this.#onUpdate);
    doc.on("afterTransactionCleanup", this.#onTransaction);
  }

  /** The server listens: says who is here, under a clock that beats every earlier word about this client. */
  open(): void {
    this.#isOpen = true;
    this.#sentState = null;
    const { awareness } = this.#options;
    if (awareness.getLocalState() === null) return;
    // one more than the departure that the server may have announced for the lost connection
    this.#raiseClock(this.#clock() + 2);
    this.#send();
  }

  /** Says that this client leaves, without touching its local state: it may come back. */
  goodbye(): void {
    const { awareness, send } = this.#options;
    if (!this.#isOpen || this.#sentState === null) return;
    this.#raiseClock(this.#clock() + 1);
    this.#sentState = null;
    send([{ clientId: awareness.clientID as ClientId, clock: this.#clock(), state: "null" }]);
  }

  /** The connection is gone: nobody can say who of the others is still there. */
  close(): void {
    const { awareness, origin } = this.#options;
    this.#isOpen = false;
    this.#throttle.clear();
    const others = [...awareness.meta.keys()].filter((id) => id !== awareness.clientID);
    removeAwarenessStates(awareness, others, origin);
    // with their clocks kept, the unchanged states that the next welcome brings would count as old news
    for (const id of others) awareness.meta.delete(id);
  }

  /** Ends all listening. */
  destroy(): void {
    const { awareness, doc } = this.#options;
    this.close();
    awareness.off("update", this.#onUpdate);
    doc.off("afterTransactionCleanup", this.#onTransaction);
    lastClocks.set(doc, { clientId: awareness.clientID, clock: this.#clock() + 2 });
  }

  /** Sends the own state again, changed or not. */
  announce(): void {
    this.#sentState = null;
    if (this.#options.awareness.getLocalState() !== null) this.#send();
  }

  /** Presence of others, from the server. */
  receive(entries: readonly AwarenessEntry[]): void {
    const { awareness, origin } = this.#options;
    const meta = new Map<number, { clock: number }>();
    const states = new Map<number, unknown>();
    for (const { clientId, clock, state } of entries) {
      if (clientId === awareness.clientID) {
        this.#hearAboutSelf(clock, state);
        continue;
      }
      const parsed = parseState(state);
      if (parsed === undefined) continue;
      meta.set(clientId, { clock });
      states.set(clientId, parsed);
    }
    if (meta.size === 0) return;
    // the encoder reads nothing but clocks and states: the entries need not be in an Awareness to be encoded
    const heard = { meta, states } as unknown as Awareness;
    applyAwarenessUpdate(awareness, encodeAwarenessUpdate(heard, [...meta.keys()]), origin);
  }

  /** Somebody else's word about this client: an old connection of it ended, perhaps only now. */
  #hearAboutSelf(clock: number, state: string): void {
    const { awareness } = this.#options;
    const hasLeft = state === "null";
    if (hasLeft ? clock < this.#clock() : clock <= this.#clock()) return;
    this.#raiseClock(clock + 1);
    if (hasLeft && awareness.getLocalState() !== null) this.announce();
  }

  readonly #onUpdate = (
    { added, updated, removed }: Record<"added" | "updated" | "removed", number[]>,
    origin: unknown,
  ): void => {
    const { awareness, timers } = this.#options;
    if (origin === this.#options.origin || !this.#isOpen) return;
    if (![...added, ...updated, ...removed].includes(awareness.clientID)) return;
    if (this.#throttle.isSet) return;
    const sinceMs = timers.now() - this.#sentAt;
    if (sinceMs >= THROTTLE_MS || sinceMs < 0) this.#send();
    else this.#throttle.set(THROTTLE_MS - sinceMs, () => this.#send());
  };

  /** Yjs takes a new client id when it sees that somebody else writes under the old one. */
  readonly #onTransaction = (): void => {
    const { awareness, doc, origin } = this.#options;
    if (doc.clientID === awareness.clientID) return;
    const state = awareness.getLocalState();
    // the departure first: a socket is present under one id at a time
    this.goodbye();
    removeAwarenessStates(awareness, [awareness.clientID], origin);
    awareness.meta.delete(awareness.clientID);
    awareness.clientID = doc.clientID;
    // others ignore a client that they first hear of at clock 0
    this.#raiseClock(1);
    this.#sentAt = Number.NEGATIVE_INFINITY;
    this.#throttle.clear();
    awareness.setLocalState(state);
  };

  #send(): void {
    const { awareness, timers, send } = this.#options;
    this.#throttle.clear();
    const state = JSON.stringify(awareness.getLocalState());
    if (state === this.#sentState || (state === "null" && this.#sentState === null)) return;
    this.#sentState = state === "null" ? null : state;
    this.#sentAt = timers.now();
    send([{ clientId: awareness.clientID as ClientId, clock: this.#clock(), state }]);
  }

  #clock(): number {
    const { awareness } = this.#options;
    return awareness.meta.get(awareness.clientID)?.clock ?? 0;
  }

  #raiseClock(clock: number): void {
    const { awareness } = this.#options;
    if (clock <= this.#clock()) return;
    awareness.meta.set(awareness.clientID, { clock, lastUpdated: this.#options.timers.now() });
  }
}

/** Undefined for what is no presence: one person's broken state must not cost anybody else the connection. */
function parseState(text: string): object | null | undefined {
  try {
    const state: unknown = JSON.parse(text);
    return typeof state === "object" ? state : undefined;
  } catch {
    return undefined;
  }
}
