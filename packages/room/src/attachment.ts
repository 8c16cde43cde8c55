import type { ClientId, Identity, Role, Seq } from "@palimpsest/protocol";

/** One socket's presence, as its attachment keeps it through hibernation. */
export interface Presence {
  readonly clientId: ClientId;
  readonly clock: number;
  /** JSON text with the server's identity written into it; null once the client said that it left. */
  readonly state: string | null;
}

/** Everything about one socket that must outlive the room's memory. Plain data: it is structured-cloned. */
export interface Attachment {
  readonly user: Identity;
  readonly role: Role;
  /** The socket asked for our subprotocol. */
  readonly negotiated: boolean;
  /** It has said hello, or asked for its first sync: from then on it gets every change. */
  readonly ready: boolean;
  /** It reads too slowly: what came after this position has not been sent. Null for everybody else. */
  readonly behind: Seq | null;
  /** It was asked how far it is with reading, and has not answered. */
  readonly asked: boolean;
  /** It has answered that before. A plain client need not know the question. */
  readonly answers: boolean;
  readonly presence: Presence | null;
}
