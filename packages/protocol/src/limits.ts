/**
 * What one document object accepts. Each number bounds memory or storage that a single message, socket or
 * person could otherwise take from everybody else.
 */
export const limits = {
  /** One WebSocket message. Large pastes fit; what would not fit an isolate three times over does not. */
  maxMessageBytes: 8 * 1024 * 1024,
  /** One person's presence as JSON, after the server wrote their identity into it. */
  maxPresenceBytes: 2048,
  /** Nesting inside one presence state. */
  maxPresenceDepth: 6,
  /** Sockets of one document. The runtime's own cap is 32,768; each broadcast walks all of them. */
  maxConnections: 1000,
  /** One slice of a stored state on the wire, so that progress can be shown. */
  partBytes: 512 * 1024,
} as const;

/**
 * Milliseconds for which a client gathers keystrokes into one push, unless the server's `welcome` says another number:
 * with the way to the others the last of them are seen within 150 ms, at fewer than 600 messages for 1,000 keys.
 */
export const COALESCE_MS = 130;

/** More than this nobody may be made to wait, whatever a deployer writes into the settings. */
export const MAX_COALESCE_MS = 10_000;

/** Version of the negotiated frames. A client with another one is told to reload. */
export const PROTOCOL_VERSION = 1 as const;

/** How the names of our subprotocols begin, in every version. */
export const SUBPROTOCOL_PREFIX = "palimpsest.";

/** The WebSocket subprotocol by which a client asks for the negotiated frames. */
export const SUBPROTOCOL = `${SUBPROTOCOL_PREFIX}${PROTOCOL_VERSION}` as const;
