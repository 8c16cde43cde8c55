/** What a socket under test sends or receives. */
export type SocketData = string | Uint8Array;

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/** A browser's WebSocket without a network: the test plays the other end with `accept`, `receive` and `drop`. */
export class FakeSocket extends EventTarget {
  readonly url: string;
  readonly protocols: string | readonly string[];
  readonly openedAt: number;
  binaryType = "blob";
  bufferedAmount = 0;
  readyState = CONNECTING;
  /** Everything the code under test sent, in order. */
  readonly sent: SocketData[] = [];
  /** The code with which the code under test closed it; null while it has not. */
  closedWith: number | null = null;
  /** Called at every `send`, after it was recorded. */
  onsend: ((data: SocketData) => void) | null = null;
  /** Called when the code under test closes. */
  onclosed: ((code: number) => void) | null = null;

  constructor(url: string, protocols: string | readonly string[] = [], openedAt = 0) {
    super();
    this.url = url;
    this.protocols = protocols;
    this.openedAt = openedAt;
  }

  send(data: SocketData): void {
    if (this.readyState === CONNECTING) throw new Error("InvalidStateError: still connecting");
    if (this.readyState !== OPEN) return; // a browser discards it without a word
    // the sender may reuse its buffer
    const copy = typeof data === "string" ? data : data.slice();
    this.sent.push(copy);
    this.onsend?.(copy);
  }

  close(code = 1005): void {
    if (code !== 1000 && code !== 1005 && (code < 3000 || code > 4999)) {
      throw new Error(`InvalidAccessError: ${code} is not a code that a page may close with`);
    }
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.closedWith = code;
    this.onclosed?.(code);
    this.#announceClose(code);
  }

  /** The other end accepts the connection. */
  accept(): void {
    if (this.readyState !== CONNECTING) return;
    this.readyState = OPEN;
    this.dispatchEvent(new Event("open"));
  }

  /** The other end's message arrives. */
  receive(data: SocketData): void {
    if (this.readyState !== OPEN) return;
    const payload = typeof data === "string" ? data : data.slice().buffer;
    this.dispatchEvent(Object.assign(new Event("message"), { data: payload }));
  }

  /** The connection ends from the other side, or by itself (1006). */
  drop(code = 1006): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    if (code === 1006) this.dispatchEvent(new Event("error"));
    this.#announceClose(code);
  }

  #announceClose(code: number): void {
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason: "", wasClean: code !== 1006 }));
  }
}

/** The sockets that one client opened. `WebSocket` is the constructor to give it. */
export class FakeSockets {
  readonly all: FakeSocket[] = [];
  readonly WebSocket: typeof globalThis.WebSocket;
  /** Called when one is opened, before its constructor returns. */
  onopen: ((socket: FakeSocket) => void) | null = null;

  /** `now` stamps the sockets with the time of their opening. */
  constructor(now: () => number = () => 0) {
    const sockets = this;
    class Constructor extends FakeSocket {
      constructor(url: string, protocols: string | readonly string[]) {
        super(url, protocols, now());
        sockets.all.push(this);
        sockets.onopen?.(this);
      }
    }
    this.WebSocket = Constructor as unknown as typeof globalThis.WebSocket;
  }

  /** The newest one. @throws Error when none was opened yet */
  get last(): FakeSocket {
    const socket = this.all.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  }
}
