import type { Identity, Role } from "@palimpsest/protocol";
import type { Connection, Phase, Refusal } from "./connection.ts";
import type { CopyStatus } from "./copy/offline-copy.ts";
import type { Progress } from "./intake.ts";

export type Status =
  /** Not asked to connect. */
  | "idle"
  /** A ticket, a socket or the server's welcome is awaited. */
  | "connecting"
  /** The server has welcomed this client. */
  | "online"
  /** The connection was lost and will be tried again. */
  | "offline"
  /** The server refused for good; see `refusal`. */
  | "refused";

/** Everything there is to show about a provider. A snapshot: each change makes a new object. */
export interface ProviderState {
  readonly status: Status;
  /** The first sync of this connection is complete. */
  readonly synced: boolean;
  /** The document is here: some connection's first sync was complete, of this page or of one that left a copy. */
  readonly everSynced: boolean;
  /** Every local change is acknowledged as durable, those of earlier pages and of other tabs of this browser included. */
  readonly saved: boolean;
  /** Local updates without an acknowledgement. */
  readonly pending: number;
  /** Whether this device keeps a copy. */
  readonly copy: CopyStatus;
  /** Attempts that failed since a connection was last stable. */
  readonly failures: number;
  /** Newest position of the server's log that this client has; null before the first sync. */
  readonly seq: number | null;
  /** What this person may do, as of the last welcome, of this page or of one that left a copy; null before the first. */
  readonly role: Role | null;
  /** Who the server takes this person for; null before the first welcome. */
  readonly user: Identity | null;
  /** Slices of a large first sync: arrived, of how many. Null when none is under way. */
  readonly progress: Progress | null;
  /** When the next attempt starts, in milliseconds since 1970; null when none is planned. */
  readonly retryAt: number | null;
  /** Why the server refused, and what the person can do. */
  readonly refusal: Refusal | null;
}

const statusOf: { readonly [P in Phase]: Status } = {
  idle: "idle",
  ticketing: "connecting",
  opening: "connecting",
  greeting: "connecting",
  syncing: "online",
  live: "online",
  waiting: "offline",
  suspended: "offline",
  refused: "refused",
  destroyed: "idle",
};

/** What a connection contributes to the state. */
export function connectionState({
  phase,
  failures,
  retryAt,
  refusal,
}: Connection): Pick<ProviderState, "status" | "synced" | "failures" | "retryAt" | "refusal"> {
  return { status: statusOf[phase], synced: phase === "live", failures, retryAt, refusal };
}

/** Whether two snapshots say the same. */
export function isSameState(a: ProviderState, b: ProviderState): boolean {
  const { progress: before, ...restBefore } = a;
  const { progress: after, ...restAfter } = b;
  if (before?.received !== after?.received || before?.total !== after?.total) return false;
  return (Object.keys(restBefore) as (keyof typeof restBefore)[]).every(
    (key) => restBefore[key] === restAfter[key],
  );
}
