import { setTimeout as sleep } from "node:timers/promises";
import { MessageType, SyncType } from "@palimpsest/protocol";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import * as Y from "yjs";
import { scanClocks } from "./clocks.ts";
import { type Framing, framed } from "./framing.ts";

/** Hocuspocus answers a client's question under a number of its own. */
const SYNC_REPLY = 4;
const CONNECT_WITHIN_MS = 60_000;

/** The origin of local changes that `PlainClient` does not send. */
export const UNSENT = Symbol("unsent");

export interface PlainClientOptions {
  readonly url: string;
  readonly framing: Framing;
  /** Default: a new one. */
  readonly doc?: Y.Doc;
  /**
   * `apply` (default): into the document as it comes. `queue`: only looked at, applied by `flush`, so that many
   * clients in one process measure the server and not as many copies of Yjs.
   */
  readonly reading?: "apply" | "queue";
}

/** What one direction of a socket carried, without the WebSocket's own headers. */
export interface Traffic {
  messages: number;
  bytes: number;
}

/** A client of plain y-protocols. Times are `performance.now()`; what is received is timed before it is read. */
export class PlainClient {
  readonly doc: Y.Doc;
  readonly sent: Traffic = { messages: 0, bytes: 0 };
  readonly received: Traffic = { messages: 0, bytes: 0 };
  /** Hears how far a received update brings each of its clients, and when it came. */
  onClock: ((clientId: number, end: number, at: number) => void) | null = null;
  /** Hears of every received update, after it was applied or queued. */
  onUpdate: ((at: number) => void) | null = null;
  connectedAt = Number.NaN;
  /** When the server had let the socket in. */
  openedAt = Number.NaN;
  /** How long it took to tell the server what it lacks: until then nothing else is read. */
  answeringMs = 0;
  /** When the first answer to the client's question came. */
  syncedAt = Number.NaN;
  /** Why the socket ended, if it has. */
  closed: string | null = null;
  readonly #options: PlainClientOptions;
  readonly #queue: Uint8Array[] = [];
  readonly #synced = Promise.withResolvers<void>();
  #socket: WebSocket | null = null;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: PlainClientOptions) {
    this.#options = options;
    this.doc = options.doc ?? new Y.Doc();
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this && origin !== UNSENT) this.sendUpdate(update);
    });
    // a socket that ends early rejects whether or not somebody waits
    this.#synced.promise.catch(() => undefined);
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Bytes that wait to leave this process. */
  get buffered(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** Connects and waits for the answer to "what do I lack?". */
  async connect(): Promise<void> {
    const { url, framing } = this.#options;
    this.connectedAt = performance.now();
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 2 ** 30 });
    this.#socket = socket;
    socket.on("open", () => {
      this.openedAt = performance.now();
      for (const frame of framing.greeting) this.send(frame);
      this.send(this.#syncFrame(SyncType.step1, Y.encodeStateVector(this.doc)));
      this.#keepAlive(framing.heartbeatMs);
    });
    socket.on("message", (data: Buffer) => this.#receive(data, performance.now()));
    socket.on("error", (error) => this.#end(error.message));
    socket.on("close", (code) => this.#end(`closed with ${code}`));
    const timeout = setTimeout(() => {
      this.#end(`no answer within ${CONNECT_WITHIN_MS} ms`);
      socket.terminate();
    }, CONNECT_WITHIN_MS);
    await this.#synced.promise.finally(() => clearTimeout(timeout));
  }

  /** The complete message that carries `update`, for sending it later. */
  updateFrame(update: Uint8Array): Uint8Array {
    return this.#syncFrame(SyncType.update, update);
  }

  sendUpdate(update: Uint8Array): void {
    this.send(this.updateFrame(update));
  }

  sendAwareness(payload: Uint8Array): void {
    this.send(
      framed(this.#options.framing, (out) => {
        encoding.writeVarUint(out, MessageType.awareness);
        encoding.writeVarUint8Array(out, payload);
      }),
    );
  }

  send(frame: Uint8Array): void {
    // between the end of a socket and the end of a measure there is nobody to send to
    if (!this.isOpen) return;
    this.sent.messages++;
    this.sent.bytes += frame.length;
    this.#socket?.send(frame);
  }

  /** Applies what was queued. */
  flush(): void {
    const updates = this.#queue.splice(0);
    if (updates.length === 0) return;
    this.doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.doc, update, this);
    }, this);
  }

  /** Says goodbye, and waits for the answer at most a third of a second. */
  async close(): Promise<void> {
    const socket = this.#socket;
    if (socket === null || socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.close();
    await Promise.race([closed, sleep(300)]);
    this.terminate();
  }

  /** Drops the connection without a word. */
  terminate(): void {
    clearInterval(this.#heartbeat);
    this.#socket?.terminate();
  }

  #syncFrame(type: number, body: Uint8Array): Uint8Array {
    return framed(this.#options.framing, (out) => {
      encoding.writeVarUint(out, MessageType.sync);
      encoding.writeVarUint(out, type);
      encoding.writeVarUint8Array(out, body);
    });
  }

  #end(reason: string): void {
    clearInterval(this.#heartbeat);
    this.closed ??= reason;
    this.#synced.reject(new Error(`${this.#options.url}: ${reason}`));
  }

  #receive(data: Buffer, at: number): void {
    this.received.messages++;
    this.received.bytes += data.length;
    const input = decoding.createDecoder(data);
    if (this.#options.framing.prefix.length > 0) decoding.readVarUint8Array(input);
    const type = decoding.readVarUint(input);
    if (type !== MessageType.sync && type !== SYNC_REPLY) return;
    const subtype = decoding.readVarUint(input);
    const body = decoding.readVarUint8Array(input);
    if (subtype === SyncType.step1) {
      this.flush();
      this.send(this.#syncFrame(SyncType.step2, Y.encodeStateAsUpdate(this.doc, body)));
      this.answeringMs += performance.now() - at;
      return;
    }
    this.#take(body, at);
    if (subtype === SyncType.step2 && Number.isNaN(this.syncedAt)) {
      this.syncedAt = at;
      this.#synced.resolve();
    }
  }

  #take(update: Uint8Array, at: number): void {
    // the socket uses its buffer again, so what is kept is copied
    if (this.#options.reading === "queue") this.#queue.push(update.slice());
    else Y.applyUpdate(this.doc, update, this);
    const { onClock } = this;
    if (onClock !== null) scanClocks(update, (clientId, end) => onClock(clientId, end, at));
    this.onUpdate?.(at);
  }

  #keepAlive(everyMs: number | null): void {
    if (everyMs === null) return;
    let clock = 0;
    this.#heartbeat = setInterval(() => {
      const payload = encoding.createEncoder();
      encoding.writeVarUint(payload, 1);
      encoding.writeVarUint(payload, this.doc.clientID);
      encoding.writeVarUint(payload, ++clock);
      encoding.writeVarString(payload, "{}");
      this.sendAwareness(encoding.toUint8Array(payload));
    }, everyMs);
  }
}
