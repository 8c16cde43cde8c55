import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import type { CopyOptions } from "./copy/offline-copy.ts";
import type { Timers } from "./timers.ts";

/** The part of the platform's WebSocket that a provider uses. */
export type Socket = Pick<
  WebSocket,
  "binaryType" | "bufferedAmount" | "readyState" | "send" | "close" | "addEventListener"
>;

/** The platform's `WebSocket`, or anything that behaves like it. */
export type SocketConstructor = new (url: string, protocols: string) => Socket;

export interface ProviderOptions {
  /** Where the server listens, without the document: `wss://host/sync`. */
  readonly url: string;
  readonly documentId: string;
  readonly doc: Y.Doc;
  /** Of the editor's schema: the server refuses an editor that would delete what it does not know. */
  readonly schemaVersion: number;
  /**
   * Fetches what opens the socket; called once for every attempt. A thrown `TicketRefused` ends the attempts for
   * good, anything else thrown is tried again after a growing wait.
   */
  readonly ticket: () => Promise<string>;
  /**
   * Where to keep a copy on this device: the document is there at once and without a server, and what was not acknowledged
   * outlives the page. Default: nowhere.
   */
  readonly copy?: CopyOptions;
  /** Default: a new one. One that is given is not destroyed with the provider. */
  readonly awareness?: Awareness;
  /** Default: the platform's. */
  readonly WebSocket?: SocketConstructor;
  /** In [0, 1), for the spread of retries. Default: `Math.random`. */
  readonly random?: () => number;
  /** Default: the platform's. */
  readonly timers?: Timers;
  /**
   * Milliseconds for which keystrokes are gathered into one push; each is a row that a deployer pays for. Default: what
   * the server says, 130 unless its deployer chose another number.
   */
  readonly coalesceMs?: number;
  /** Frames of the log after which, in a quiet moment, this copy is compared with the server's. Default: 500. */
  readonly auditEvery?: number;
}

/** Thrown by `ticket` when asking again would be of no use: the server's no is final. */
export class TicketRefused extends Error {
  override readonly name = "TicketRefused";
  /** A close code of the protocol (4404…), or the HTTP status that means the same (404…). */
  readonly code: number;

  /** `message` is shown to the person. */
  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
