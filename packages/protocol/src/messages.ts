import type { ClientId, ConnectionId, Identity, Role, Seq } from "./ids.ts";
import type { PROTOCOL_VERSION } from "./limits.ts";

/** The plain y-protocols messages: every Yjs client speaks them, in both directions. */
export type PlainMessage =
  /** "This is my state vector; send what I lack." */
  | { readonly kind: "sync-step-1"; readonly stateVector: Uint8Array }
  /** The answer to step 1: everything the asker lacked, as one update. */
  | { readonly kind: "sync-step-2"; readonly update: Uint8Array }
  /** A change that just happened. */
  | { readonly kind: "update"; readonly update: Uint8Array }
  /** Presence of one or more Yjs clients. */
  | { readonly kind: "awareness"; readonly states: readonly AwarenessEntry[] }
  /** "Send everybody's presence." */
  | { readonly kind: "query-awareness" };

/** One Yjs client's presence. `state` is JSON text; `"null"` means that the client has left. */
export interface AwarenessEntry {
  readonly clientId: ClientId;
  /** Increases with each change of the state; a smaller clock is stale. */
  readonly clock: number;
  readonly state: string;
}

/** What our provider sends besides the plain messages. */
export type ClientMessage =
  | PlainMessage
  /**
   * First message of a negotiated connection; nothing of the document is sent before it. `stateVector` is null when
   * the client resumes and everything of its own is acknowledged or about to be pushed: then nobody needs one.
   */
  | {
      readonly kind: "hello";
      readonly protocolVersion: typeof PROTOCOL_VERSION;
      readonly schemaVersion: number;
      readonly stateVector: Uint8Array | null;
      /** The log position up to which this client has everything, if it was here before. */
      readonly resume: { readonly logId: string; readonly seq: Seq } | null;
    }
  /** The hello of another version of this protocol: nothing more of it can be understood, whatever it holds. */
  | { readonly kind: "other-version"; readonly protocolVersion: number }
  /** A change that wants an acknowledgement; `pushId` is the client's own number for it. */
  | { readonly kind: "push"; readonly pushId: number; readonly update: Uint8Array }
  /** The answer to `confirm`: everything before it has been taken in here. */
  | { readonly kind: "confirmed"; readonly token: number }
  /**
   * "At `seq` my copy is this; is yours?" Digests of the state vector and of the delete set, both as Yjs encodes them:
   * clients in descending order, ranges ascending and joined.
   */
  | {
      readonly kind: "audit";
      readonly seq: Seq;
      readonly stateVector: Uint8Array;
      readonly deleteSet: Uint8Array;
    };

/** What the server sends to a negotiated connection besides the plain messages. */
export type ServerMessage =
  | PlainMessage
  /**
   * Answer to hello. `stateVector` is the server's, so that the client can push what the server lacks; null when the
   * hello had none.
   */
  | {
      readonly kind: "welcome";
      readonly connectionId: ConnectionId;
      readonly logId: string;
      readonly head: Seq;
      readonly role: Role;
      readonly user: Identity;
      /** For how many ms the deployer wants keystrokes gathered into one push. */
      readonly coalesceMs: number;
      readonly stateVector: Uint8Array | null;
    }
  /** Answer to a hello without a state vector, when there is no going on from its position: say it with one. */
  | { readonly kind: "hello-again" }
  /** Slice `index` of `count` of the stored state; the concatenation is one update, good through `seq`. */
  | {
      readonly kind: "part";
      readonly index: number;
      readonly count: number;
      readonly seq: Seq;
      readonly bytes: Uint8Array;
    }
  /** Frames up to and including `seq`, merged: after it, the reader has everything through `seq`. */
  | { readonly kind: "frames"; readonly seq: Seq; readonly update: Uint8Array }
  /** The first sync is complete: the reader has everything through `seq`. */
  | { readonly kind: "synced"; readonly seq: Seq }
  /** The pushed change is durable. Everything up to `seq` was sent to this reader before, or is its own. */
  | { readonly kind: "ack"; readonly pushId: number; readonly seq: Seq }
  /** The pushed change had a gap. Send again, as one push, everything that this state vector lacks. */
  | { readonly kind: "resync"; readonly pushId: number; readonly stateVector: Uint8Array }
  /** Something beside the text has changed: the history list, one's own name. */
  | { readonly kind: "notice"; readonly notice: Notice }
  /**
   * "Answer with `confirmed` and the same token once everything before this is taken in": the only way to learn how
   * much a slow reader still has before it, since a socket in the object does not tell what it has buffered.
   */
  | { readonly kind: "confirm"; readonly token: number }
  /**
   * Answer to an audit: the server is at `seq`, and everything up to there was sent before. `difference` is null when
   * the copies are the same, or the client is not at `seq`.
   */
  | { readonly kind: "audited"; readonly seq: Seq; readonly difference: ServerCopy | null };

/** What the server has at a position, encoded whole, for a client that has something else. */
export interface ServerCopy {
  readonly stateVector: Uint8Array;
  /** As the last section of an update. */
  readonly deleteSet: Uint8Array;
}

export type Notice =
  /** Versions or history entries changed: reload the list. */
  | { readonly kind: "history" }
  /** The server now knows this person under another name or colour. */
  | { readonly kind: "identity"; readonly user: Identity };

/** The outcome of decoding: bad bytes are an expected value, never an exception. */
export type Decoded<M> =
  | { readonly ok: true; readonly message: M }
  | { readonly ok: false; readonly reason: "truncated" | "unknown-kind" | "bad-value" | "trailing-bytes" };
