import { closeCodes, closeMeaning } from "@palimpsest/protocol";
import { describe, expect, test } from "vitest";
import { backoffDelayMs } from "../src/backoff.ts";
import {
  type Connection,
  type ConnectionEvent,
  disconnected,
  type Phase,
  type Step,
  type Surroundings,
  step,
  timing,
} from "../src/connection.ts";

const phases: readonly Phase[] = [
  "idle",
  "ticketing",
  "opening",
  "greeting",
  "syncing",
  "live",
  "waiting",
  "suspended",
  "refused",
  "destroyed",
];
const events: readonly ConnectionEvent[] = [
  { type: "connect" },
  { type: "disconnect" },
  { type: "destroy" },
  { type: "reauthenticate" },
  { type: "ticket", token: "t" },
  { type: "ticket-failed" },
  { type: "ticket-refused", code: 4404, message: "gone" },
  { type: "open" },
  { type: "welcome" },
  { type: "progress" },
  { type: "synced" },
  { type: "closed", code: 1006 },
  { type: "fault" },
  { type: "timer" },
  { type: "wake" },
  { type: "suspend" },
];
const around: Surroundings = { now: 5000, random: 0.5, hidden: false };

function at(phase: Phase, failures = 0): Connection {
  const refusal = phase === "refused" ? { code: 4404, message: "", action: "leave" as const } : null;
  return { ...disconnected, phase, failures, refusal, retryAt: phase === "waiting" ? 6000 : null };
}

const next = (phase: Phase, event: ConnectionEvent, failures = 0): Step =>
  step(at(phase, failures), event, around);

const did = ({ actions }: Step) => actions.map((action) => action.do);

/** One letter for the next phase, "." for none: the rows are `phases`, the columns `events`. */
const letters = { I: "idle", T: "ticketing", O: "opening", G: "greeting", S: "syncing", L: "live" } as const;
const more = { W: "waiting", Z: "suspended", R: "refused", D: "destroyed" } as const;
const expected: Record<Phase, string> = {
  // c d d r t t t o w p s c f t w s
  // o i e e i f r p e r y l a i a u
  idle: "T.D.............",
  ticketing: ".ID.OWR......W.Z",
  opening: ".IDT...G...WWW.Z",
  greeting: ".IDT....S..WWW.Z",
  syncing: ".IDT......LWWW.Z",
  live: ".IDT.......WW..Z",
  waiting: "TIDT.........TTZ",
  suspended: "TID...........T.",
  refused: "TIDT............",
  destroyed: "................",
};

describe("connection table", () => {
  test.each(phases)("[PV1] every event in %s leads where the table says", (phase) => {
    const found = events.map((event) => {
      const to = next(phase, event).connection.phase;
      const letter = Object.entries({ ...letters, ...more }).find(([, name]) => name === to)?.[0];
      return to === phase ? "." : letter;
    });
    expect(found.join("")).toBe(expected[phase]);
  });

  test("[PV1] whatever leaves a phase with a socket drops the socket first", () => {
    const withSocket: readonly Phase[] = ["opening", "greeting", "syncing", "live"];
    for (const phase of withSocket) {
      for (const event of events) {
        const result = next(phase, event);
        if (withSocket.includes(result.connection.phase)) expect(did(result)).not.toContain("drop-socket");
        else expect(did(result), `${phase} × ${event.type}`).toContain("drop-socket");
      }
    }
  });

  test("[PV1] every phase that waits for something sets a timer, and every phase at rest has none", () => {
    for (const phase of phases) {
      for (const event of events) {
        const result = next(phase, event);
        if (result.connection.phase === phase && result.actions.length === 0) continue;
        const waits = ["ticketing", "opening", "greeting", "syncing", "waiting"];
        if (waits.includes(result.connection.phase) && result.connection.phase !== phase) {
          expect(did(result), `${phase} × ${event.type}`).toContain("set-timer");
        }
        const rests = ["idle", "suspended", "refused", "destroyed"];
        if (rests.includes(result.connection.phase) && phase !== result.connection.phase) {
          expect(did(result), `${phase} × ${event.type}`).toContain("clear-timer");
        }
      }
    }
  });

  test("[PV1] retryAt is set while waiting and only then, a refusal while refused and only then", () => {
    for (const phase of phases) {
      for (const event of events) {
        const { connection } = next(phase, event);
        expect(connection.retryAt !== null).toBe(connection.phase === "waiting");
        expect(connection.refusal !== null).toBe(connection.phase === "refused");
      }
    }
  });

  test("[PV1] the same phase, event and surroundings give the same step", () => {
    for (const phase of phases) {
      for (const event of events) expect(next(phase, event)).toEqual(next(phase, event));
    }
  });
});

describe("backoff", () => {
  test("[PV3] a wait is anything from nothing to an exponentially growing bound, and the bound has a cap", () => {
    const range = { baseMs: 300, capMs: 30_000 };
    const bounds = [300, 600, 1200, 2400, 4800, 9600, 19_200, 30_000, 30_000];
    for (const [failures, bound] of bounds.entries()) {
      expect(backoffDelayMs(failures, 0, range)).toBe(0);
      expect(backoffDelayMs(failures, 0.5, range)).toBe(bound / 2);
      expect(backoffDelayMs(failures, 0.999_999, range)).toBeLessThan(bound);
    }
    expect(backoffDelayMs(5000, 0.5, range)).toBe(15_000);
  });

  test("[PV3] a hidden tab may wait four times as long", () => {
    const waits = (hidden: boolean) =>
      step(at("live", 20), { type: "closed", code: 1006 }, { now: 0, random: 1, hidden }).connection.retryAt;
    expect(waits(false)).toBe(timing.capMs);
    expect(waits(true)).toBe(timing.hiddenCapMs);
  });

  test("[PV3] failures add up until a connection has stayed synced for 10 s", () => {
    const lost = next("syncing", { type: "fault" }, 3);
    expect(lost.connection).toMatchObject({ phase: "waiting", failures: 4, retryAt: 5000 + 1200 });
    const synced = next("syncing", { type: "synced" }, 3);
    expect(synced.connection.failures).toBe(3);
    expect(synced.actions).toEqual([{ do: "set-timer", ms: 10_000 }]);
    expect(next("live", { type: "timer" }, 3).connection.failures).toBe(0);
  });
});

describe("closes", () => {
  const codes = [...Object.keys(closeCodes).map(Number), 1000, 1001, 1006, 1009, 1011, 4399, 4499, 4999];

  test.each(codes)("[PV4] after close %i the table of close codes decides", (code) => {
    const { after, sentence, remedy } = closeMeaning(code);
    for (const phase of ["opening", "greeting", "syncing", "live"] as const) {
      const first = next(phase, { type: "closed", code });
      const repeated = next(phase, { type: "closed", code }, 1);
      if (after === "final") {
        expect(first.connection.refusal).toEqual({ code, message: sentence, action: remedy });
        expect(repeated.connection.phase).toBe("refused");
      } else {
        expect(first.connection.phase).toBe(after === "renew" ? "ticketing" : "waiting");
        expect(repeated.connection.phase).toBe("waiting");
      }
    }
  });

  test.each([
    [4404, "leave"],
    [404, "leave"],
    [401, "sign-in"],
    [403, "leave"],
    [426, "reload"],
  ])("[PV5] a ticket refused with %i is final and its remedy is %s", (code, action) => {
    const { connection } = next("ticketing", { type: "ticket-refused", code, message: "No." });
    expect(connection).toMatchObject({ phase: "refused", refusal: { code, message: "No.", action } });
  });
});
