import { once } from "node:events";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";

/** Speaks y-protocols without building a document: of what arrives it keeps the bytes. */
export class RawClient {
  readonly #socket: WebSocket;
  /** What sync step 2 brought; null until then. */
  whole: Uint8Array | null = null;
  readonly updates: Uint8Array[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data: Buffer) => this.#receive(data));
  }

  /** Resolves when the whole document has arrived. */
  static async open(url: string, id: string, ticket: string): Promise<RawClient> {
    const address = `${url.replace("http", "ws")}/sync/${id}?token=${encodeURIComponent(ticket)}`;
    const client = new RawClient(new WebSocket(address, { maxPayload: 1 << 30 }));
    await once(client.#socket, "open");
    client.#send(0, new Uint8Array([0]));
    while (client.whole === null) await once(client.#socket, "message");
    return client;
  }

  push(update: Uint8Array): void {
    this.#send(2, update);
  }

  /** Resolves with the next change that somebody else makes. */
  async update(): Promise<Uint8Array> {
    for (;;) {
      const update = this.updates.shift();
      if (update !== undefined) return update;
      await once(this.#socket, "message");
    }
  }

  async close(): Promise<void> {
    this.#socket.close();
    await once(this.#socket, "close");
  }

  #send(step: number, bytes: Uint8Array): void {
    const out = encoding.createEncoder();
    encoding.writeVarUint(out, 0);
    encoding.writeVarUint(out, step);
    encoding.writeVarUint8Array(out, bytes);
    this.#socket.send(encoding.toUint8Array(out));
  }

  #receive(data: Buffer): void {
    const input = decoding.createDecoder(data);
    const kind = decoding.readVarUint(input);
    // whoever does not answer who is there counts as one who has not read yet, and is sent no more: nobody is
    if (kind === 3) this.#socket.send(new Uint8Array([1, 1, 0]));
    if (kind !== 0) return;
    const step = decoding.readVarUint(input);
    if (step === 0) this.#send(1, new Uint8Array([0, 0]));
    if (step === 1) this.whole = decoding.readVarUint8Array(input);
    if (step === 2) this.updates.push(decoding.readVarUint8Array(input).slice());
  }
}
