import {
  type ClientMessage,
  decodeServerMessage,
  encodeMessage,
  PROTOCOL_VERSION,
  type ServerMessage,
  SUBPROTOCOL,
} from "@palimpsest/protocol";
import { SCHEMA_VERSION } from "@palimpsest/schema";
import * as Y from "yjs";
import { call, type Guest, json, ORIGIN, worker } from "./api.ts";

type Kind = ServerMessage["kind"];
type MessageOf<K extends Kind> = Extract<ServerMessage, { kind: K }>;

/** One socket to a document, seen from outside: everything that arrives, in order. */
export class Client {
  readonly doc = new Y.Doc();
  readonly received: ServerMessage[] = [];
  readonly #socket: WebSocket;
  #waiting: (() => void)[] = [];
  #closed: { code: number; reason: string } | null = null;
  #read = 0;
  #pushes = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") throw new Error(`the server sent text: ${data}`);
      const decoded = decodeServerMessage(new Uint8Array(data as ArrayBuffer));
      if (!decoded.ok) throw new Error(`the server sent something unreadable: ${decoded.reason}`);
      this.received.push(decoded.message);
      this.#integrate(decoded.message);
      this.#wake();
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.#closed = { code, reason };
      this.#wake();
    });
    socket.accept();
  }

  /** A negotiated connection of `who`, synced unless `hello` is false. */
  static async join(id: string, who: Guest, { hello = true } = {}): Promise<Client> {
    const client = new Client(await openSocket(id, await ticketFor(id, who), [SUBPROTOCOL]));
    if (!hello) return client;
    client.hello();
    await client.next("synced");
    return client;
  }

  /** A connection of an unmodified Yjs client that knows nothing but the address. */
  static async joinPlain(id: string, token?: string): Promise<Client> {
    const client = new Client(await openSocket(id, token));
    client.send({ kind: "sync-step-1", stateVector: Y.encodeStateVector(client.doc) });
    await client.next("sync-step-2");
    return client;
  }

  hello(schemaVersion = SCHEMA_VERSION): void {
    const stateVector = Y.encodeStateVector(this.doc);
    this.send({ kind: "hello", protocolVersion: PROTOCOL_VERSION, schemaVersion, stateVector, resume: null });
  }

  send(message: ClientMessage): void {
    this.#socket.send(encodeMessage(message));
  }

  sendRaw(data: Uint8Array | string): void {
    this.#socket.send(data);
  }

  /** Edits the own copy and pushes the change. @returns the pushId */
  edit(act: (doc: Y.Doc) => void): number {
    return this.push(updateOf(this.doc, act));
  }

  push(update: Uint8Array): number {
    this.#pushes += 1;
    this.send({ kind: "push", pushId: this.#pushes, update });
    return this.#pushes;
  }

  /** Edits and waits until it is durable. @returns its position */
  async write(act: (doc: Y.Doc) => void): Promise<number> {
    this.edit(act);
    return (await this.next("ack")).seq;
  }

  /** The next message of a kind that was not read yet; those before it are passed over. */
  async next<K extends Kind>(kind: K): Promise<MessageOf<K>> {
    for (;;) {
      while (this.#read < this.received.length) {
        const message = this.received[this.#read++] as ServerMessage;
        if (message.kind === kind) return message as MessageOf<K>;
      }
      if (this.#closed !== null)
        throw new Error(`closed with ${this.#closed.code} while waiting for ${kind}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async closed(): Promise<{ code: number; reason: string }> {
    while (this.#closed === null) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#closed;
  }

  get isClosed(): boolean {
    return this.#closed !== null;
  }

  close(): void {
    this.#socket.close(1000, "done");
  }

  text(): string {
    return this.doc.getXmlFragment("default").toString();
  }

  #integrate(message: ServerMessage): void {
    switch (message.kind) {
      case "part":
        this.#parts.push(message.bytes);
        if (message.index + 1 === message.count) Y.applyUpdate(this.doc, concat(this.#parts.splice(0)));
        break;
      case "frames":
      case "update":
      case "sync-step-2":
        Y.applyUpdate(this.doc, message.update);
        break;
    }
  }

  readonly #parts: Uint8Array[] = [];

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}

/** Appends a paragraph with this text. */
export function paragraph(text: string): (doc: Y.Doc) => void {
  return (doc) => {
    const element = new Y.XmlElement("paragraph");
    element.insert(0, [new Y.XmlText(text)]);
    doc.getXmlFragment("default").push([element]);
  };
}

export function updateOf(doc: Y.Doc, act: (doc: Y.Doc) => void): Uint8Array {
  let update: Uint8Array | null = null;
  const listen = (bytes: Uint8Array) => {
    update = bytes;
  };
  doc.on("update", listen);
  doc.transact(() => act(doc));
  doc.off("update", listen);
  if (update === null) throw new Error("the edit changed nothing");
  return update;
}

export async function ticketFor(id: string, who: Guest): Promise<string> {
  const { token } = await json<{ token: string }>(
    call("POST", `/api/documents/${id}/ticket`, { token: who.token }),
  );
  return token;
}

export async function openSocket(
  id: string,
  token?: string,
  protocols: readonly string[] = [],
): Promise<WebSocket> {
  const response = await upgrade(id, token, protocols);
  if (response.webSocket === null) throw new Error(`no socket, but status ${response.status}`);
  return response.webSocket;
}

export function upgrade(
  id: string,
  token?: string,
  protocols: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const headers = new Headers({ upgrade: "websocket", ...more });
  if (protocols.length > 0) headers.set("sec-websocket-protocol", protocols.join(", "));
  const query = token === undefined ? "" : `?token=${encodeURIComponent(token)}`;
  return worker().fetch(new Request(`${ORIGIN}/sync/${id}${query}`, { headers }));
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
