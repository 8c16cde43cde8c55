import type { Framing } from "./framing.ts";

/** What a server counted about a document since it was created. */
export interface ServerCounts {
  /** As Cloudflare bills them. */
  readonly rowsWritten: number;
  /** Bytes of the document as they are stored. */
  readonly storedBytes: number;
  /** Starts of the object that holds the document, where the server tells. */
  readonly wakes: number | null;
}

/** How our own provider reaches a document. */
export interface OwnAccess {
  /** `ws://…/sync`, without the document. */
  readonly url: string;
  readonly documentId: string;
  /** Fetches what opens the socket. */
  readonly ticket: () => Promise<string>;
}

/** A server that answers, on one data folder. */
export interface RunningServer {
  /** The process whose CPU time counts: the runtime, without launchers. */
  readonly runtimePid: number;
  /** The WebSocket address of a room; where documents have to be created first, the first call does so. */
  readonly address: (room: string) => Promise<string>;
  readonly framing: (room: string) => Framing;
  /** Null where the server counts nothing. */
  readonly counts: (room: string) => Promise<ServerCounts | null>;
  /** Null for everybody else's server. */
  readonly own: (room: string) => Promise<OwnAccess | null>;
  /** How often an object was started, by the server's log; null where nothing tells. */
  readonly starts: () => number | null;
  /** Asks it to stop and waits until it has. */
  readonly stop: () => Promise<void>;
  /** SIGKILL at once, before this returns its promise; resolves when everything is gone. */
  readonly kill: () => Promise<void>;
}

export interface Target {
  readonly name: string;
  readonly kind: "ours" | "floor" | "peer";
  /** One line for the legend under the table. */
  readonly about: string;
  /** False: keeps documents in memory only, so that opening after a restart and kills say nothing. */
  readonly isDurable: boolean;
  /** False: a floor is no place to keep a document of 259,778 updates, it would read each of them at every opening. */
  readonly opensDocuments: boolean;
  /** A real service on Cloudflare, whose operations cost money. */
  readonly isBilledByUse: boolean;
  /** Whether a timer of the server's runs for as long as somebody types: then all of that time is billed. */
  readonly keepsTimers: boolean;
  /** Builds or installs what is missing. @throws PlainError when the target has to be left out */
  readonly prepare: () => Promise<void>;
  /** Starts it on `dataDir`, which exists, and resolves when it answers. */
  readonly start: (dataDir: string) => Promise<RunningServer>;
}
