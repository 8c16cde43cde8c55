import { type Random, randomEdit } from "@palimpsest/testkit";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import { readSyncMessage, writeSyncStep1, writeUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import { type Client, Hand, pasteInto, pickOld } from "./client.ts";
import type { End, Link, Network } from "./network.ts";
import type { Tab } from "./provider-client.ts";

/** A tab that knows nothing of us: y-protocols as other Yjs programs speak it. */
export class PlainClient implements Client, End {
  readonly person: string;
  readonly mayEdit = true;
  readonly doc = new Y.Doc();
  readonly saysSaved = null;
  readonly clock = null;
  readonly trouble = null;
  readonly violation = null;
  readonly #awareness: Awareness;
  readonly #hand: Hand;
  readonly #network: Network;
  readonly #sent: Uint8Array[] = [];
  #link: Link | null = null;
  #isOpen = false;
  #synced = false;

  constructor(tab: Tab, network: Network) {
    this.person = tab.person;
    this.#network = network;
    this.doc.clientID = tab.clientId;
    if (tab.copy !== null) Y.applyUpdate(this.doc, tab.copy.update);
    this.#hand = new Hand(this.doc, tab.copy?.unstored ?? []);
    this.#awareness = new Awareness(this.doc);
    clearInterval(this.#awareness._checkInterval); // real time has no place here: see heartbeat
    this.moveCaret(0);
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#send(0, (out) => writeUpdate(out, update), true);
    });
    this.#awareness.on("update", (_change: unknown, origin: unknown) => {
      if (origin !== this) this.#sendPresence();
    });
  }

  get unstored() {
    return this.#hand.unstored;
  }

  get isOnline() {
    return this.#link !== null;
  }

  get isSettled() {
    return this.#synced;
  }

  get presence() {
    return { clientId: this.#awareness.clientID, state: this.#awareness.getLocalState() };
  }

  get others() {
    return new Map([...this.#awareness.getStates()].filter(([id]) => id !== this.#awareness.clientID));
  }

  connect(): void {
    if (this.#link !== null) return;
    this.#link = this.#network.connect({ person: this.person, role: "edit", negotiated: false, end: this });
  }

  disconnect(): void {
    if (this.#link === null) return;
    this.#network.hangUp(this.#link);
    this.drop();
  }

  close(): void {
    this.disconnect();
    this.#awareness.destroy();
  }

  edit(random: Random): void {
    this.#hand.write(() => randomEdit(this.doc, random));
  }

  paste(random: Random): void {
    this.#hand.write(() => pasteInto(this.doc, random));
  }

  undo(): void {}

  moveCaret(position: number): void {
    this.#awareness.setLocalState({ caret: position });
  }

  heartbeat(): void {
    this.#awareness.setLocalState(this.#awareness.getLocalState());
  }

  oldMessage(random: Random): Uint8Array | null {
    return pickOld(this.#sent, random);
  }

  accept(): void {
    this.#isOpen = true;
    this.#send(0, (out) => writeSyncStep1(out, this.doc));
    this.#sendPresence();
  }

  receive(data: Uint8Array | string): void {
    if (typeof data === "string") return;
    const input = decoding.createDecoder(data);
    switch (decoding.readVarUint(input)) {
      case 0:
        this.#send(0, (out) => {
          if (readSyncMessage(input, out, this.doc, this, (error) => this.#rethrow(error)) === 1)
            this.#synced = true;
        });
        return;
      case 1:
        applyAwarenessUpdate(this.#awareness, decoding.readVarUint8Array(input), this);
        return;
      case 3:
        this.#sendPresence();
        return;
      default:
        throw new Error("a plain client was sent something that is not y-protocols");
    }
  }

  drop(): void {
    this.#link = null;
    this.#isOpen = false;
    this.#synced = false;
    const others = [...this.#awareness.getStates().keys()].filter((id) => id !== this.#awareness.clientID);
    removeAwarenessStates(this.#awareness, others, this);
  }

  #rethrow(error: Error): never {
    throw new Error("a plain client could not take what the server sent", { cause: error });
  }

  #sendPresence(): void {
    const { clientID } = this.#awareness;
    this.#send(1, (out) =>
      encoding.writeVarUint8Array(out, encodeAwarenessUpdate(this.#awareness, [clientID])),
    );
  }

  #send(kind: number, write: (out: encoding.Encoder) => void, remember = false): void {
    const out = encoding.createEncoder();
    encoding.writeVarUint(out, kind);
    write(out);
    if (!this.#isOpen || this.#link === null || encoding.length(out) <= 1) return;
    const bytes = encoding.toUint8Array(out);
    if (remember) this.#sent.push(bytes);
    this.#network.send(this.#link, bytes);
  }
}
