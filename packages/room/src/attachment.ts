import type { ClientId, Identity, Role } from "@palimpsest/protocol";

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
  readonly presence: Presence | null;
}
