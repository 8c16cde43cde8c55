import {
  type ClientMessage,
  type ConnectionId,
  decodeClientMessage,
  encodeMessage,
  type Identity,
  type Role,
  type Seq,
  type ServerMessage,
  type UserId,
} from "@palimpsest/protocol";
import { FakeClock, settle } from "@palimpsest/testkit/clock";
import { type FakeSocket, FakeSockets } from "@palimpsest/testkit/socket";
import * as Y from "yjs";
import { Provider, type ProviderOptions } from "../../src/index.ts";

export const ada: Identity = { id: "u-ada" as UserId, name: "Ada", color: "#112233" };

export const seq = (value: number): Seq => value as Seq;

type Kind = ClientMessage["kind"];
type Sent<K extends Kind> = Extract<ClientMessage, { kind: K }>;

/** What the code under test has sent over a socket, decoded; text frames left out. */
export function messagesOf(socket: FakeSocket): ClientMessage[] {
  return socket.sent.flatMap((data) => {
    if (typeof data === "string") return [];
    const decoded = decodeClientMessage(data);
    if (!decoded.ok) throw new Error(`the provider sent nonsense: ${decoded.reason}`);
    return [decoded.message];
  });
}

export function sentOf<K extends Kind>(socket: FakeSocket, kind: K): Sent<K>[] {
  return messagesOf(socket).filter((message): message is Sent<K> => message.kind === kind);
}

interface Welcome {
  readonly logId?: string;
  readonly head?: number;
  readonly role?: Role;
  readonly coalesceMs?: number;
  /** Default: none for a hello that had none, else that of an empty document. */
  readonly stateVector?: Uint8Array | null;
}

/** One provider with a clock that stands still, and the other end of its sockets in the test's hand. */
export class Harness {
  readonly clock = new FakeClock();
  readonly sockets = new FakeSockets(this.clock.now);
  readonly doc: Y.Doc;
  readonly provider: Provider;
  tickets = 0;
  /** What the ticket function does; the number is that of the ticket. */
  ticket: (attempt: number) => Promise<string> = async (attempt) => `ticket-${attempt}`;
  random = 0.5;

  constructor(options: Partial<ProviderOptions> = {}) {
    this.doc = options.doc ?? new Y.Doc();
    this.provider = new Provider({
      url: "wss://example.test/sync",
      documentId: "doc-1",
      schemaVersion: 7,
      ticket: () => this.ticket(++this.tickets),
      timers: this.clock,
      random: () => this.random,
      WebSocket: this.sockets.WebSocket,
      ...options,
      doc: this.doc,
    });
  }

  get socket(): FakeSocket {
    return this.sockets.last;
  }

  get state() {
    return this.provider.state;
  }

  get text(): Y.Text {
    return this.doc.getText("t");
  }

  type(text: string): void {
    this.text.insert(this.text.length, text);
  }

  receive(message: ServerMessage): void {
    this.socket.receive(encodeMessage(message));
  }

  pushes(): Sent<"push">[] {
    return sentOf(this.socket, "push");
  }

  /** Everything pushed over the newest socket, as a document. */
  pushed(): Y.Doc {
    const doc = new Y.Doc();
    for (const { update } of this.pushes()) Y.applyUpdate(doc, update);
    return doc;
  }

  /** Connects as far as the open socket. */
  async open(): Promise<void> {
    this.provider.connect();
    await this.accept();
  }

  /** The ticket arrives and the newest socket opens. */
  async accept(): Promise<void> {
    await settle();
    this.socket.accept();
  }

  welcome({ logId = "log-1", head = 0, role = "edit", coalesceMs = 100, stateVector }: Welcome = {}): void {
    const hello = sentOf(this.socket, "hello").at(-1);
    const usual = hello?.stateVector === null ? null : emptyVector();
    const connectionId = "c-1" as ConnectionId;
    this.receive({
      kind: "welcome",
      connectionId,
      logId,
      head: seq(head),
      role,
      user: ada,
      coalesceMs,
      stateVector: stateVector === undefined ? usual : stateVector,
    });
  }

  synced(at = 0): void {
    this.receive({ kind: "synced", seq: seq(at) });
  }

  /** Connects through to a complete first sync with a server that has nothing. */
  async live(welcome: Welcome = {}): Promise<void> {
    await this.open();
    this.welcome(welcome);
    this.synced(welcome.head ?? 0);
  }

  ack(pushId: number, at: number): void {
    this.receive({ kind: "ack", pushId, seq: seq(at) });
  }

  ackAll(at: number): void {
    for (const { pushId } of this.pushes()) this.ack(pushId, at);
  }

  frames(at: number, update: Uint8Array): void {
    this.receive({ kind: "frames", seq: seq(at), update });
  }
}

export function emptyVector(): Uint8Array {
  return Y.encodeStateVector(new Y.Doc());
}

/** A document of somebody else, and the updates by which it came about. */
export function authored(...texts: string[]): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update) => updates.push(update));
  for (const text of texts) doc.getText("t").insert(doc.getText("t").length, text);
  return { doc, updates };
}
