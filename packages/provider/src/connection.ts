import { closeMeaning, type Remedy } from "@palimpsest/protocol";
import { backoffDelayMs } from "./backoff.ts";

/** Why the provider stopped for good, in words for the person, and what they can do about it. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
  readonly action: Remedy;
}

export type Phase =
  /** Nobody asked for a connection. */
  | "idle"
  /** The ticket that opens the socket is being fetched. */
  | "ticketing"
  /** The socket is being opened. */
  | "opening"
  /** hello was sent, welcome is awaited. */
  | "greeting"
  /** Welcomed; what this client lacks is arriving. */
  | "syncing"
  /** The first sync of this connection is complete. */
  | "live"
  /** The next attempt starts at `retryAt`, or when something wakes the connection. */
  | "waiting"
  /** The page was put away (it may come back from the back/forward cache). */
  | "suspended"
  /** The server's answer was final; only the person can change that. */
  | "refused"
  /** The end; nothing leads out of it. */
  | "destroyed";

export interface Connection {
  readonly phase: Phase;
  /** Attempts that failed since a connection was last stable. */
  readonly failures: number;
  /** When the next attempt starts (as `Timers.now`), while waiting for one. */
  readonly retryAt: number | null;
  readonly refusal: Refusal | null;
}

export type ConnectionEvent =
  | { readonly type: "connect" }
  | { readonly type: "disconnect" }
  | { readonly type: "destroy" }
  | { readonly type: "reauthenticate" }
  | { readonly type: "ticket"; readonly token: string }
  | { readonly type: "ticket-failed" }
  | { readonly type: "ticket-refused"; readonly code: number; readonly message: string }
  | { readonly type: "open" }
  | { readonly type: "welcome" }
  /** Something arrived. */
  | { readonly type: "progress" }
  | { readonly type: "synced" }
  | { readonly type: "closed"; readonly code: number }
  /** This side gives the socket up: unreadable message, dead line, endless resync. */
  | { readonly type: "fault" }
  /** The one timer a phase may have set. */
  | { readonly type: "timer" }
  /** The network or the person came back: waiting any longer makes no sense. */
  | { readonly type: "wake" }
  | { readonly type: "suspend" };

export type Action =
  | { readonly do: "fetch-ticket" }
  | { readonly do: "open-socket"; readonly token: string }
  | { readonly do: "say-hello" }
  /** Send what still waits to be sent, and that this person leaves. */
  | { readonly do: "say-goodbye" }
  /** Forget the socket, closing it with `code` unless it closed itself. */
  | { readonly do: "drop-socket"; readonly code: number }
  /** Find out now whether the line is still alive. */
  | { readonly do: "probe" }
  /** Replaces the timer of the phase before. */
  | { readonly do: "set-timer"; readonly ms: number }
  | { readonly do: "clear-timer" };

export interface Surroundings {
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  /** Nobody looks at the tab. */
  readonly hidden: boolean;
}

export interface Step {
  readonly connection: Connection;
  readonly actions: readonly Action[];
}

/** Milliseconds. */
export const timing = {
  baseMs: 300,
  capMs: 30_000,
  /** A tab nobody looks at may wait longer; being looked at again ends the wait. */
  hiddenCapMs: 120_000,
  /** For the ticket, for the socket and for the welcome each: a browser would wait minutes for a dead host. */
  answerMs: 20_000,
  /** Without any message during the first sync. */
  stallMs: 60_000,
  /** Synced for so long, a connection counts as good and the next failure as the first. */
  stableMs: 10_000,
} as const;

/** Normal closure, and our own "I give this socket up". */
export const CLOSE_NORMAL = 1000;
export const CLOSE_FAULT = 4000;

export const disconnected: Connection = { phase: "idle", failures: 0, retryAt: null, refusal: null };

type EventType = ConnectionEvent["type"];
type Cell<K extends EventType> = (
  connection: Connection,
  event: Extract<ConnectionEvent, { type: K }>,
  surroundings: Surroundings,
) => Step;
type Row = { readonly [K in EventType]: Cell<K> };

const drop = (code: number): Action => ({ do: "drop-socket", code });
const goodbye: Action = { do: "say-goodbye" };
const timer = (ms: number): Action => ({ do: "set-timer", ms });

const enter = (phase: Phase, failures: number, ...actions: Action[]): Step => ({
  connection: { phase, failures, retryAt: null, refusal: null },
  actions,
});

const stay = (connection: Connection): Step => ({ connection, actions: [] });

const attempt = (failures: number, ...before: Action[]): Step =>
  enter("ticketing", failures, ...before, timer(timing.answerMs), { do: "fetch-ticket" });

const begin = (): Step => attempt(0);
const again = ({ failures }: Connection): Step => attempt(failures);
const leave = (phase: "idle" | "suspended" | "destroyed") => (): Step =>
  enter(phase, 0, { do: "clear-timer" }, goodbye, drop(CLOSE_NORMAL));

const retry = (
  { failures }: Connection,
  _event: ConnectionEvent,
  { now, random, hidden }: Surroundings,
): Step => {
  const capMs = hidden ? timing.hiddenCapMs : timing.capMs;
  const delayMs = backoffDelayMs(failures, random, { baseMs: timing.baseMs, capMs });
  return {
    connection: { phase: "waiting", failures: failures + 1, retryAt: now + delayMs, refusal: null },
    actions: [drop(CLOSE_FAULT), timer(delayMs)],
  };
};

const refuse = (refusal: Refusal): Step => ({
  connection: { phase: "refused", failures: 0, retryAt: null, refusal },
  actions: [{ do: "clear-timer" }, drop(CLOSE_NORMAL)],
});

const refuseTicket: Cell<"ticket-refused"> = (_connection, { code, message }) =>
  // a ticket is asked for over HTTP: its 404 means what the socket's 4404 does
  refuse({ code, message, action: closeMeaning(code >= 400 && code < 500 ? 4000 + code : code).remedy });

const closed: Cell<"closed"> = (connection, event, surroundings) => {
  const { after, sentence, remedy } = closeMeaning(event.code);
  switch (after) {
    case "final":
      return refuse({ code: event.code, message: sentence, action: remedy });
    case "renew":
      // every attempt fetches a fresh ticket, so renewing is retrying without a wait; only the first time,
      // or a server that never likes our tickets would be asked without pause
      return connection.failures === 0
        ? attempt(1, drop(CLOSE_NORMAL))
        : retry(connection, event, surroundings);
    case "retry":
      return retry(connection, event, surroundings);
  }
};

const reauthenticate = ({ failures }: Connection): Step => attempt(failures, goodbye, drop(CLOSE_NORMAL));

/** Answers to an attempt that no longer counts. */
const noTicket = { ticket: stay, "ticket-failed": stay, "ticket-refused": stay } as const;
/** Sounds of a socket that was dropped. */
const noSocket = {
  open: stay,
  welcome: stay,
  progress: stay,
  synced: stay,
  closed: stay,
  fault: stay,
} as const;
/** While an attempt is under way or a connection stands. */
const underWay = {
  connect: stay,
  disconnect: leave("idle"),
  destroy: leave("destroyed"),
  reauthenticate,
  suspend: leave("suspended"),
} as const;

/** Every phase × every event: a missing cell does not compile. */
const table: { readonly [P in Phase]: Row } = {
  idle: {
    ...noTicket,
    ...noSocket,
    connect: begin,
    disconnect: stay,
    destroy: leave("destroyed"),
    reauthenticate: stay,
    timer: stay,
    wake: stay,
    suspend: stay,
  },
  ticketing: {
    ...underWay,
    ...noSocket,
    ticket: ({ failures }, { token }) =>
      enter("opening", failures, timer(timing.answerMs), { do: "open-socket", token }),
    "ticket-failed": retry,
    "ticket-refused": refuseTicket,
    timer: retry,
    wake: stay,
  },
  opening: {
    ...underWay,
    ...noTicket,
    open: ({ failures }) => enter("greeting", failures, timer(timing.answerMs), { do: "say-hello" }),
    welcome: stay,
    progress: stay,
    synced: stay,
    closed,
    fault: retry,
    timer: retry,
    wake: stay,
  },
  greeting: {
    ...underWay,
    ...noTicket,
    open: stay,
    welcome: ({ failures }) => enter("syncing", failures, timer(timing.stallMs)),
    progress: stay,
    synced: stay,
    closed,
    fault: retry,
    timer: retry,
    wake: stay,
  },
  syncing: {
    ...underWay,
    ...noTicket,
    open: stay,
    welcome: stay,
    progress: (connection) => ({ connection, actions: [timer(timing.stallMs)] }),
    synced: ({ failures }) => enter("live", failures, timer(timing.stableMs)),
    closed,
    fault: retry,
    timer: retry,
    wake: (connection) => ({ connection, actions: [{ do: "probe" }] }),
  },
  live: {
    ...underWay,
    ...noTicket,
    open: stay,
    welcome: stay,
    progress: stay,
    synced: stay,
    closed,
    fault: retry,
    timer: () => enter("live", 0),
    wake: (connection) => ({ connection, actions: [{ do: "probe" }] }),
  },
  waiting: {
    ...noTicket,
    ...noSocket,
    connect: again,
    disconnect: leave("idle"),
    destroy: leave("destroyed"),
    reauthenticate: again,
    timer: again,
    wake: again,
    suspend: leave("suspended"),
  },
  suspended: {
    ...noTicket,
    ...noSocket,
    connect: begin,
    disconnect: leave("idle"),
    destroy: leave("destroyed"),
    reauthenticate: stay,
    timer: stay,
    wake: begin,
    suspend: stay,
  },
  refused: {
    ...noTicket,
    ...noSocket,
    connect: begin,
    disconnect: leave("idle"),
    destroy: leave("destroyed"),
    reauthenticate: begin,
    timer: stay,
    wake: stay,
    suspend: stay,
  },
  destroyed: {
    ...noTicket,
    ...noSocket,
    connect: stay,
    disconnect: stay,
    destroy: stay,
    reauthenticate: stay,
    timer: stay,
    wake: stay,
    suspend: stay,
  },
};

/** What happens to a connection at an event: its next state, and what is to be done, in order. */
export function step(connection: Connection, event: ConnectionEvent, surroundings: Surroundings): Step {
  const cell = table[connection.phase][event.type] as Cell<EventType>;
  return cell(connection, event, surroundings);
}
