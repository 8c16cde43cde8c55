import type { AppendBatch, Seq } from "@palimpsest/history";
import type { CloseCode, ConnectionId, Identity, Notice, Role } from "@palimpsest/protocol";
import type { StateVector } from "@palimpsest/ydoc";
import type { Attachment } from "./attachment.ts";
import type { Difference } from "./audit.ts";

/** What happens to a room. `now` is server time in ms since the epoch. */
export type Input =
  /** A socket was accepted; the Worker has checked who it is and what they may do. */
  | {
      readonly kind: "open";
      readonly connection: ConnectionId;
      readonly user: Identity;
      readonly role: Role;
      readonly negotiated: boolean;
    }
  | {
      readonly kind: "message";
      readonly connection: ConnectionId;
      readonly data: Uint8Array | string;
      readonly now: number;
    }
  /**
   * The socket is gone, for whatever reason. `attachment` is the last one it was given: a room that was built only
   * for this input does not see the socket among the open ones, and without it would not know whom to take leave of.
   */
  | { readonly kind: "close"; readonly connection: ConnectionId; readonly attachment?: Attachment | null }
  /** A change made on the server for somebody: the seed of a document, a restore, a rename. */
  | ({
      readonly kind: "edit";
      readonly user: Identity;
      readonly update: Uint8Array;
      readonly now: number;
    } & EditKind)
  /** The time that `flush-at` asked for has come. `isLast`: memory is given up next, so nothing may stay in it. */
  | { readonly kind: "flush"; readonly now: number; readonly isLast: boolean }
  /** Nothing was heard of these connections for `SILENT_MS`. */
  | { readonly kind: "sweep"; readonly silent: readonly ConnectionId[] }
  /** Something beside the text changed, that open editors want to know. */
  | { readonly kind: "notify"; readonly notice: Notice };

export type EditKind =
  | { readonly as: "edit" }
  | { readonly as: "import" }
  | { readonly as: "restore"; readonly target: Seq };

/** From where a reader is brought up to date. */
export type CatchUp =
  /** A plain Yjs client: one sync-step-2. */
  | { readonly kind: "plain"; readonly stateVector: StateVector }
  /** Was here before and has everything through `after`. From far away it needs a state vector to be spared the way. */
  | { readonly kind: "resume"; readonly after: Seq; readonly stateVector: StateVector | null }
  /** New, or with a copy from elsewhere. */
  | { readonly kind: "whole"; readonly stateVector: StateVector };

/** What a room wants done, in this order. An append stands before everything that shows it. */
export type Effect =
  /** Make it durable; the log is at `head` then. When this fails, nothing after it may happen. */
  | { readonly kind: "append"; readonly batch: AppendBatch; readonly head: Seq }
  | { readonly kind: "send"; readonly to: readonly ConnectionId[]; readonly bytes: Uint8Array }
  /** Send from the stored snapshot and log what the reader lacks. */
  | { readonly kind: "catch-up"; readonly to: ConnectionId; readonly from: CatchUp }
  /** Bring a reader on that stayed behind, by a bounded step from the stored log. Then tell the room how far it got. */
  | { readonly kind: "go-on"; readonly to: ConnectionId; readonly after: Seq; readonly negotiated: boolean }
  | { readonly kind: "attach"; readonly connection: ConnectionId; readonly attachment: Attachment }
  | { readonly kind: "close"; readonly connection: ConnectionId; readonly code: CloseCode }
  /** Admitted changes wait for each other until `at` (ms since the epoch): give the room a `flush` then. */
  | { readonly kind: "flush-at"; readonly at: number }
  /** A client's copy differs from this one, for the first time at this position. */
  | { readonly kind: "differed"; readonly difference: Difference }
  /** There is new work for the alarm. */
  | { readonly kind: "dirty"; readonly now: number };
