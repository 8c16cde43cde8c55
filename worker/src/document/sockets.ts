import { type CloseCode, type ConnectionId, closeCodes } from "@palimpsest/protocol";
import type { Attachment, RoomSockets } from "@palimpsest/room";

interface Attached {
  readonly connection: ConnectionId;
  readonly attachment: Attachment | null;
  /** When the other side had said something, ms since the epoch. */
  readonly heardAt: number;
  readonly upkeep: UpkeepNotes | null;
}

/** What the object's upkeep has to know after a wake. In storage it would be a row, and reading it would take time. */
export interface UpkeepNotes {
  /** When the alarm will fire, ms since the epoch. */
  readonly alarmAt: number | null;
  /** When the directory was told last, or when that was put off first. */
  readonly toldAt: number | null;
  /** Rows written since the document's creation: those of an alarm are saved with the next message only. */
  readonly rowsWritten: number;
}

/** So many sockets keep them: one of these is likely to be there when they are needed. */
const KEEPERS = 3;

/** A document's sockets. Their attachments are the only memory of them that outlives hibernation. */
export class HibernatingSockets implements RoomSockets {
  readonly #state: DurableObjectState;
  /** Filled from the runtime after each wake. */
  #byId: Map<ConnectionId, WebSocket> | null = null;
  /** What their attachments hold: reading one costs as much as the rest of a message's work. */
  readonly #read = new WeakMap<WebSocket, Attached>();
  readonly #heardAt = new Map<ConnectionId, number>();

  constructor(state: DurableObjectState) {
    this.#state = state;
  }

  get count(): number {
    return this.#sockets().size;
  }

  /** Takes a socket in; the room's first `attach` follows in the same turn. */
  accept(socket: WebSocket, connection: ConnectionId): void {
    this.#state.acceptWebSocket(socket);
    const now = Date.now();
    this.#attach(socket, { connection, attachment: null, heardAt: now, upkeep: null });
    this.#sockets().set(connection, socket);
  }

  /** Somebody said something. */
  heard(connection: ConnectionId, now: number): void {
    this.#heardAt.set(connection, now);
  }

  /** The connections of which nothing was heard for `ms`. The runtime remembers the signs of life that it answered itself. */
  silentFor(ms: number, now: number): ConnectionId[] {
    const silent: ConnectionId[] = [];
    for (const [connection, socket] of this.#sockets()) {
      const signAt = this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
      const heardAt = Math.max(this.#heardAt.get(connection) ?? 0, this.#attached(socket)?.heardAt ?? 0);
      if (now - Math.max(signAt, heardAt) >= ms) silent.push(connection);
    }
    return silent;
  }

  /** When somebody last came or moved; 0 when nobody is here. */
  get activeAt(): number {
    let activeAt = 0;
    for (const socket of this.#sockets().values())
      activeAt = Math.max(activeAt, this.#attached(socket)?.heardAt ?? 0);
    return activeAt;
  }

  /** What `keepNotes` was told last, even in an earlier life of this memory; null when nobody is left who knows. */
  get notes(): UpkeepNotes | null {
    let newest: UpkeepNotes | null = null;
    for (const socket of this.#sockets().values()) {
      const notes = this.#attached(socket)?.upkeep ?? null;
      if (notes !== null && (notes.alarmAt ?? 0) >= (newest?.alarmAt ?? 0)) newest = notes;
    }
    return newest;
  }

  keepNotes(upkeep: UpkeepNotes): void {
    let keepers = 0;
    for (const socket of this.#sockets().values()) {
      const attached = this.#attached(socket);
      if (attached === null) continue;
      this.#attach(socket, { ...attached, upkeep });
      keepers++;
      if (keepers === KEEPERS) return;
    }
  }

  /** Which connection a socket is; null for one that was never taken in. */
  idOf(socket: WebSocket): ConnectionId | null {
    return this.#attached(socket)?.connection ?? null;
  }

  *open(): Generator<readonly [ConnectionId, Attachment]> {
    for (const [connection, socket] of this.#sockets()) {
      const attached = this.#attached(socket);
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
    const socket = this.#sockets().get(connection);
    const attached = socket === undefined ? null : this.#attached(socket);
    if (socket !== undefined && attached !== null) {
      this.#attach(socket, { ...attached, attachment, heardAt: Date.now() });
    }
  }

  close(connection: ConnectionId, code: CloseCode): void {
    const socket = this.#sockets().get(connection);
    if (socket === undefined) return;
    this.#forget(connection, socket);
    closeQuietly(socket, code, closeReason(code));
  }

  /** The socket is gone: who it was, and what it was last given. Null when that was dealt with before. */
  leave(socket: WebSocket): { readonly connection: ConnectionId; readonly attachment: Attachment } | null {
    const attached = this.#attached(socket);
    if (attached === null || attached.attachment === null) return null;
    this.#forget(attached.connection, socket);
    return { connection: attached.connection, attachment: attached.attachment };
  }

  #attached(socket: WebSocket): Attached | null {
    const known = this.#read.get(socket);
    if (known !== undefined) return known;
    const attached = socket.deserializeAttachment() as Attached | null;
    if (attached !== null) this.#read.set(socket, attached);
    return attached;
  }

  #attach(socket: WebSocket, attached: Attached): void {
    socket.serializeAttachment(attached);
    this.#read.set(socket, attached);
  }

  #forget(connection: ConnectionId, socket: WebSocket): void {
    this.#sockets().delete(connection);
    this.#heardAt.delete(connection);
    // a socket that waits for the other side's close must not be taken for an open one after a wake
    const attached = this.#attached(socket);
    if (attached !== null) this.#attach(socket, { ...attached, attachment: null });
  }

  #sockets(): Map<ConnectionId, WebSocket> {
    if (this.#byId === null) {
      this.#byId = new Map();
      for (const socket of this.#state.getWebSockets()) {
        const attached = this.#attached(socket);
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
