import { type CloseCode, type ConnectionId, closeCodes } from "@palimpsest/protocol";
import type { Attachment, RoomSockets } from "@palimpsest/room";

interface Attached {
  readonly connection: ConnectionId;
  readonly attachment: Attachment | null;
}

/** A document's sockets. Their attachments are the only memory of them that outlives hibernation. */
export class HibernatingSockets implements RoomSockets {
  readonly #state: DurableObjectState;
  /** Filled from the runtime after each wake. */
  #byId: Map<ConnectionId, WebSocket> | null = null;
  /** Reading an attachment costs as much as the rest of a message's work. */
  readonly #ids = new WeakMap<WebSocket, ConnectionId>();

  constructor(state: DurableObjectState) {
    this.#state = state;
  }

  get count(): number {
    return this.#sockets().size;
  }

  /** Takes a socket in; the room's first `attach` follows in the same turn. */
  accept(socket: WebSocket, connection: ConnectionId): void {
    this.#state.acceptWebSocket(socket);
    socket.serializeAttachment({ connection, attachment: null } satisfies Attached);
    this.#ids.set(socket, connection);
    this.#sockets().set(connection, socket);
  }

  /** Which connection a socket is; null for one that was never taken in. */
  idOf(socket: WebSocket): ConnectionId | null {
    const known = this.#ids.get(socket);
    if (known !== undefined) return known;
    const connection = readAttached(socket)?.connection ?? null;
    if (connection !== null) this.#ids.set(socket, connection);
    return connection;
  }

  *open(): Generator<readonly [ConnectionId, Attachment]> {
    for (const [connection, socket] of this.#sockets()) {
      const attached = readAttached(socket);
      if (attached?.attachment != null) yield [connection, attached.attachment];
    }
  }

  send(connection: ConnectionId, bytes: Uint8Array): void {
    const socket = this.#sockets().get(connection);
    if (socket === undefined) return;
    try {
      socket.send(bytes);
    } catch (error) {
      // between a socket's end and its close event sending throws; the others must still be served
      if (socket.readyState === WebSocket.READY_STATE_OPEN) throw error;
    }
  }

  attach(connection: ConnectionId, attachment: Attachment): void {
    this.#sockets()
      .get(connection)
      ?.serializeAttachment({ connection, attachment } satisfies Attached);
  }

  close(connection: ConnectionId, code: CloseCode): void {
    const socket = this.#sockets().get(connection);
    if (socket === undefined) return;
    this.#forget(connection, socket);
    closeQuietly(socket, code, closeReason(code));
  }

  /** The socket is gone: who it was, and what it was last given. Null when that was dealt with before. */
  leave(socket: WebSocket): { readonly connection: ConnectionId; readonly attachment: Attachment } | null {
    const attached = readAttached(socket);
    if (attached === null || attached.attachment === null) return null;
    this.#forget(attached.connection, socket);
    return { connection: attached.connection, attachment: attached.attachment };
  }

  #forget(connection: ConnectionId, socket: WebSocket): void {
    this.#sockets().delete(connection);
    // a socket that waits for the other side's close must not be taken for an open one after a wake
    socket.serializeAttachment({ connection, attachment: null } satisfies Attached);
  }

  #sockets(): Map<ConnectionId, WebSocket> {
    if (this.#byId === null) {
      this.#byId = new Map();
      for (const socket of this.#state.getWebSockets()) {
        const attached = readAttached(socket);
        const usable = socket.readyState === WebSocket.READY_STATE_OPEN && attached?.attachment != null;
        if (usable) this.#byId.set(attached.connection, socket);
      }
    }
    return this.#byId;
  }
}

/** The sentence for the person; a close frame holds at most 123 bytes of it. */
export function closeReason(code: CloseCode): string {
  return closeCodes[code].sentence.slice(0, 120);
}

export function closeQuietly(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason);
  } catch (error) {
    // closing twice is not an error worth a person's attention; anything else is
    if (socket.readyState === WebSocket.READY_STATE_OPEN) throw error;
  }
}

function readAttached(socket: WebSocket): Attached | null {
  return socket.deserializeAttachment() as Attached | null;
}
