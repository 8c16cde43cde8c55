import { decodeClientMessage } from "@palimpsest/protocol";
import { type Difference, Provider } from "@palimpsest/provider";
import { type Random, randomEdit } from "@palimpsest/testkit";
import { type FakeSocket, FakeSockets } from "@palimpsest/testkit/socket";
import { stateVectorOf } from "@palimpsest/ydoc";
import * as Y from "yjs";
import { SCHEMA } from "../harness.ts";
import { type Client, Hand, pasteInto, pickOld } from "./client.ts";
import type { Link, Network } from "./network.ts";
import { Violation } from "./truth.ts";
import type { WallClock } from "./wall-clock.ts";

export interface Tab {
  readonly person: string;
  readonly mayEdit: boolean;
  readonly clientId: number;
  /** An offline copy to begin with, and the changes in it that may not be stored. */
  readonly copy: { readonly update: Uint8Array; readonly unstored: readonly Uint8Array[] } | null;
}

/** A tab that runs the real provider, on fake sockets and a fake clock. */
export class ProviderClient implements Client {
  readonly person: string;
  readonly mayEdit: boolean;
  readonly doc = new Y.Doc();
  readonly clock: WallClock;
  readonly #provider: Provider;
  readonly #hand: Hand;
  readonly #undo: Y.UndoManager;
  readonly #sent: Uint8Array[] = [];
  readonly #hasCopy: boolean;
  trouble: string | null = null;
  /** What audits found. */
  readonly differences: Difference[] = [];
  violation: Violation | null = null;

  constructor(
    tab: Tab,
    network: Network,
    clock: WallClock,
    random: Random,
    auditEvery: number,
    expectsAll: boolean,
  ) {
    this.person = tab.person;
    this.clock = clock;
    this.mayEdit = tab.mayEdit;
    this.#hasCopy = tab.copy !== null;
    this.doc.clientID = tab.clientId;
    if (tab.copy !== null) Y.applyUpdate(this.doc, tab.copy.update);
    this.#hand = new Hand(this.doc, tab.copy?.unstored ?? []);
    const sockets = new FakeSockets(clock.now);
    sockets.onopen = (socket) => this.#plug(socket, network);
    this.#provider = new Provider({
      url: "ws://simulated/sync",
      documentId: "d1",
      doc: this.doc,
      schemaVersion: SCHEMA,
      ticket: () => Promise.resolve("ticket"),
      WebSocket: sockets.WebSocket,
      timers: clock,
      // several pushes on their way at once are where order matters
      coalesceMs: random.pick([0, 10, 100]),
      random: () => random.int(1000) / 1000,
      auditEvery,
    });
    this.#provider.on("fault", (error) => {
      this.trouble = error.message;
      // the line keeps its order: whatever does not fit was sent so
      if (error.name === "BrokenSync" && expectsAll)
        this.#violate("I4", `what ${tab.person} was sent does not fit: ${error.message}`);
    });
    this.#provider.on("difference", (difference) => {
      this.differences.push(difference);
      if (difference.isBehind && expectsAll)
        this.#violate("RO62", `${tab.person} lacks what was stored before the audit`);
    });
    this.#undo = new Y.UndoManager([this.doc.getXmlFragment("default"), this.doc.getMap("meta")], {
      // it goes by the machine's own clock: with 0 a step back of that would join two changes, and the seed would differ
      captureTimeout: Number.NEGATIVE_INFINITY,
    });
    this.moveCaret(0);
  }

  get unstored() {
    return this.#hand.unstored;
  }

  get saysSaved() {
    return this.#provider.state.saved;
  }

  get isOnline() {
    return this.#provider.state.status !== "idle" && this.#provider.state.status !== "refused";
  }

  get isSettled() {
    const { synced, saved, pending } = this.#provider.state;
    return synced && (!this.mayEdit || (saved && pending === 0));
  }

  get presence() {
    const { awareness } = this.#provider;
    return { clientId: awareness.clientID, state: awareness.getLocalState() };
  }

  get others() {
    const { awareness } = this.#provider;
    return new Map([...awareness.getStates()].filter(([id]) => id !== awareness.clientID));
  }

  connect(): void {
    this.#provider.connect();
  }

  disconnect(): void {
    this.#provider.disconnect();
  }

  close(): void {
    this.#undo.destroy();
    this.#provider.destroy();
  }

  edit(random: Random): void {
    this.#hand.write(() => randomEdit(this.doc, random));
  }

  paste(random: Random): void {
    this.#hand.write(() => pasteInto(this.doc, random));
  }

  undo(): void {
    if (this.#undo.canUndo()) this.#hand.write(() => this.#undo.undo());
  }

  moveCaret(position: number): void {
    this.#provider.awareness.setLocalState({ caret: position });
  }

  heartbeat(): void {}

  oldMessage(random: Random): Uint8Array | null {
    return pickOld(this.#sent, random);
  }

  #plug(socket: FakeSocket, network: Network): void {
    const role = this.mayEdit ? "edit" : "view";
    const link: Link = network.connect({ person: this.person, role, negotiated: true, end: socket });
    socket.onsend = (data) => {
      this.#inspect(data);
      network.send(link, data);
    };
    socket.onclosed = () => network.hangUp(link);
  }

  #inspect(data: Uint8Array | string): void {
    if (typeof data === "string") return;
    const decoded = decodeClientMessage(data);
    if (!decoded.ok) throw new Error(`the provider sent something unreadable: ${decoded.reason}`);
    if (decoded.message.kind !== "push") return;
    if (!this.mayEdit) this.#violate("I10", "a reader's provider pushed");
    // deleting marks that a remote change made idle is Yjs's own doing, and nobody's text
    const untouched = this.#hand.edits === 0 && !this.#hasCopy;
    if (untouched && stateVectorOf(decoded.message.update).size > 0) {
      this.#violate("I17", "a tab in which nobody typed pushed content");
    }
    this.#sent.push(data);
  }

  /** Thrown later: here the provider would take it for a broken connection. */
  #violate(rule: string, what: string): void {
    this.violation ??= new Violation(`[${rule}] ${what}`);
  }
}
