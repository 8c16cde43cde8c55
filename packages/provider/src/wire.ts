import {
  type ClientMessage,
  decodeServerMessage,
  encodeMessage,
  type ServerMessage,
  SUBPROTOCOL,
} from "@palimpsest/protocol";
import type { Socket, SocketConstructor } from "./options.ts";

export interface WireListener {
  open(): void;
  /** Anything at all arrived: a sign of life. */
  heard(): void;
  message(message: ServerMessage): void;
  /** Bytes arrived that are no message; nothing after them can be trusted. */
  unreadable(reason: string): void;
  closed(code: number): void;
}

const OPEN = 1;

/** One socket, until either side ends it. */
export class Wire {
  readonly #socket: Socket;
  #listener: WireListener | null;

  /** @throws whatever the socket's constructor does: a page's security policy may refuse the address */
  constructor(Constructor: SocketConstructor, address: string, listener: WireListener) {
    const socket = new Constructor(address, SUBPROTOCOL);
    this.#socket = socket;
    this.#listener = listener;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => this.#listener?.open());
    socket.addEventListener("message", ({ data }) => this.#receive(data));
    // "error" tells nothing and is always followed by "close"
    socket.addEventListener("close", ({ code }) => this.#listener?.closed(code));
  }

  /** Bytes that wait to leave this machine. */
  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  send(message: ClientMessage): void {
    this.#sendRaw(encodeMessage(message));
  }

  /** The text frame that the server's runtime answers by itself, without waking the document's object. */
  ping(): void {
    this.#sendRaw("ping");
  }

  /** Ends it. On a dead network the close may take minutes to come back: from here on nothing is heard any more. */
  drop(code: number): void {
    this.#listener = null;
    if (this.#socket.readyState <= OPEN) this.#socket.close(code);
  }

  #receive(data: unknown): void {
    this.#listener?.heard();
    if (typeof data === "string") return; // "pong"
    const decoded = decodeServerMessage(new Uint8Array(data as ArrayBuffer));
    if (decoded.ok) this.#listener?.message(decoded.message);
    else this.#listener?.unreadable(decoded.reason);
  }

  #sendRaw(data: string | Uint8Array<ArrayBuffer>): void {
    // between the line's death and the close event there is nobody to send to; the outbox keeps what matters
    if (this.#socket.readyState === OPEN) this.#socket.send(data);
  }
}
