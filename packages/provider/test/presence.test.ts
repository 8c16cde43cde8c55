import type { AwarenessEntry, ClientId } from "@palimpsest/protocol";
import { describe, expect, test, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { authored, Harness, sentOf } from "./support/harness.ts";

const entry = (clientId: number, clock: number, state: unknown): AwarenessEntry => ({
  clientId: clientId as ClientId,
  clock,
  state: JSON.stringify(state),
});

const told = (h: Harness) => sentOf(h.socket, "awareness").flatMap(({ states }) => states);
const hear = (h: Harness, ...states: AwarenessEntry[]) => h.receive({ kind: "awareness", states });
const present = (h: Harness) => [...h.provider.awareness.getStates().keys()];
const move = (h: Harness, cursor: number) => h.provider.awareness.setLocalStateField("cursor", cursor);

async function reconnect(h: Harness): Promise<void> {
  h.socket.drop();
  await h.clock.advance(1000);
  await h.accept();
  h.welcome();
  h.synced();
}

describe("quiet", () => {
  test("[PV30] ten idle minutes send nothing but pings, and idle people stay", async () => {
    vi.useFakeTimers();
    try {
      const awareness = new Awareness(new Y.Doc());
      const h = new Harness({ doc: awareness.doc, awareness });
      await h.live();
      move(h, 1);
      hear(h, entry(7, 3, { cursor: 2 }));
      await h.clock.advance(100);
      const before = h.socket.sent.length;
      for (let seconds = 0; seconds < 600; seconds++) {
        // y-protocols took its clock before it could be replaced: instead of the time, let its stamps move
        for (const meta of awareness.meta.values()) meta.lastUpdated -= 1000;
        vi.advanceTimersByTime(1000);
        await h.clock.advance(1000);
        if (h.socket.sent.at(-1) === "ping") h.socket.receive("pong");
      }
      const after = h.socket.sent.slice(before);
      expect(after.length).toBe(20);
      expect(new Set(after)).toEqual(new Set(["ping"]));
      expect(present(h)).toContain(7);
      expect(h.state.status).toBe("online");
    } finally {
      vi.useRealTimers();
    }
  });

  test("[PV30] setting an unchanged state again sends nothing", async () => {
    const h = new Harness();
    await h.live();
    move(h, 1);
    await h.clock.advance(1000);
    move(h, 1);
    await h.clock.advance(1000);
    expect(told(h).map(({ state }) => JSON.parse(state))).toEqual([{}, { cursor: 1 }]);
  });

  test("[PV31] the first move goes at once, others at least 50 ms apart, the last one always", async () => {
    const h = new Harness();
    await h.live();
    await h.clock.advance(1000);
    const sentAt: number[] = [];
    h.socket.onsend = () => sentAt.push(h.clock.now());
    for (let i = 1; i <= 40; i++) {
      move(h, i);
      await h.clock.advance(7);
    }
    await h.clock.advance(100);
    expect(JSON.parse(told(h).at(-1)?.state ?? "")).toEqual({ cursor: 40 });
    expect(sentAt.length).toBeLessThan(9);
    for (const [i, at] of sentAt.entries()) {
      if (i > 0) expect(at - (sentAt[i - 1] as number)).toBeGreaterThanOrEqual(50);
    }
  });

  test("[PV31] what others do is never sent back", async () => {
    const h = new Harness();
    await h.live();
    const before = told(h).length;
    const origins: unknown[] = [];
    h.provider.awareness.on("change", (_change: unknown, origin: unknown) => origins.push(origin));
    hear(h, entry(7, 3, { a: 1 }), entry(8, 1, { b: 1 }));
    hear(h, entry(7, 4, null));
    await h.clock.advance(1000);
    expect(told(h)).toHaveLength(before);
    expect(origins).toEqual([h.provider, h.provider]);
    expect(present(h)).toEqual([h.doc.clientID, 8]);
  });
});

describe("losing and finding each other", () => {
  test("[PV32] a lost connection removes everybody else, and the same states appear again with the next one", async () => {
    const h = new Harness();
    await h.live();
    hear(h, entry(7, 3, { a: 1 }));
    h.socket.drop();
    expect(present(h)).toEqual([h.doc.clientID]);
    await h.clock.advance(1000);
    await h.accept();
    h.welcome();
    hear(h, entry(7, 3, { a: 1 }));
    expect(present(h)).toEqual([h.doc.clientID, 7]);
  });

  test("[PV33] on return the own state is sent under a clock that beats the departure the server announced", async () => {
    const h = new Harness();
    await h.live();
    move(h, 1);
    await h.clock.advance(100);
    const last = told(h).at(-1) as AwarenessEntry;
    await reconnect(h);
    const [back] = told(h);
    // the server says for the lost socket: left, at the next clock
    expect(back?.clock).toBeGreaterThan(last.clock + 1);
    expect(JSON.parse(back?.state ?? "")).toEqual({ cursor: 1 });
  });

  test("[PV33] the first state is never sent at clock 0, which others ignore", async () => {
    const h = new Harness();
    await h.live();
    expect(told(h)[0]?.clock).toBeGreaterThan(0);
  });

  test("[PV33] nobody is announced who set no presence", async () => {
    const h = new Harness();
    h.provider.awareness.setLocalState(null);
    await h.live();
    expect(told(h)).toEqual([]);
  });

  test.each(["disconnect", "destroy"] as const)(
    "[PV34] %s announces the departure before closing",
    async (how) => {
      const h = new Harness();
      await h.live();
      const { clock } = told(h).at(-1) as AwarenessEntry;
      const { clientID } = h.provider.awareness;
      h.provider[how]();
      expect(told(h).at(-1)).toEqual(entry(clientID, clock + 1, null));
      expect(h.socket.closedWith).toBe(1000);
    },
  );

  test("[PV34] after disconnect and connect the own state is there again", async () => {
    const h = new Harness();
    await h.live();
    move(h, 5);
    h.provider.disconnect();
    const left = told(h).at(-1) as AwarenessEntry;
    await h.live();
    expect(told(h)[0]?.clock).toBeGreaterThan(left.clock);
    expect(JSON.parse(told(h)[0]?.state ?? "")).toEqual({ cursor: 5 });
  });

  test("[PV36] when the server says that we left, because an old socket of ours ended, we say that we are here", async () => {
    const h = new Harness();
    await h.live();
    const { clock } = told(h).at(-1) as AwarenessEntry;
    hear(h, entry(h.doc.clientID, clock + 5, null));
    expect(told(h).at(-1)).toEqual(entry(h.doc.clientID, clock + 6, {}));
    expect(present(h)).toContain(h.doc.clientID);
  });

  test("[PV36] a question for presences is answered with the own one", async () => {
    const h = new Harness();
    await h.live();
    const before = told(h).length;
    h.receive({ kind: "query-awareness" });
    expect(told(h)).toHaveLength(before + 1);
  });

  test("[PV37] one person's broken state costs nobody the connection", async () => {
    const h = new Harness();
    await h.live();
    hear(
      h,
      { clientId: 7 as ClientId, clock: 1, state: "{broken" },
      entry(8, 1, { b: 1 }),
      entry(9, 1, "text"),
    );
    expect(present(h)).toEqual([h.doc.clientID, 8]);
    expect(h.state.status).toBe("online");
  });
});

test("[PV35] when Yjs takes a new client id, the old presence leaves and the new one comes", async () => {
  const h = new Harness();
  await h.live();
  move(h, 1);
  const before = h.doc.clientID;
  // somebody else writes under our id: Yjs then takes a new one
  const twin = new Y.Doc();
  twin.clientID = before;
  const log = vi.spyOn(console, "warn").mockReturnValue(undefined);
  twin.getText("t").insert(0, "x");
  h.frames(1, Y.encodeStateAsUpdate(twin));
  log.mockRestore();
  expect(h.doc.clientID).not.toBe(before);
  expect(h.provider.awareness.clientID).toBe(h.doc.clientID);
  const [left, came] = told(h).slice(-2);
  expect(left).toMatchObject({ clientId: before, state: "null" });
  expect(came).toMatchObject({ clientId: h.doc.clientID, state: '{"cursor":1}' });
  expect(came?.clock).toBeGreaterThan(0);
  expect(present(h)).toEqual([h.doc.clientID]);
});

test("[PV40] create, destroy, create on one document: the second one is whole, and its presence beats the first's", async () => {
  const doc = new Y.Doc();
  const first = new Harness({ doc });
  await first.live();
  first.type("early");
  first.provider.destroy();
  const left = told(first).at(-1) as AwarenessEntry;
  const second = new Harness({ doc });
  expect(second.state).toMatchObject({ saved: false, everSynced: false });
  await second.live();
  expect(second.pushed().getText("t").toString()).toBe("early");
  expect(told(second)[0]).toMatchObject({ clientId: left.clientId, state: "{}" });
  expect(told(second)[0]?.clock).toBeGreaterThan(left.clock);
  const quiet = first.socket.sent.length;
  second.type(" late");
  second.frames(1, authored("other").updates[0] as Uint8Array);
  move(second, 1);
  expect(first.socket.sent).toHaveLength(quiet);
  expect(first.clock.timers).toBe(0);
});
