import { closeCodes } from "@palimpsest/protocol";
import { settle } from "@palimpsest/testkit/clock";
import { describe, expect, test } from "vitest";
import { TicketRefused } from "../src/index.ts";
import { authored, Harness, seq } from "./support/harness.ts";

describe("tickets", () => {
  test("[PV2] every attempt fetches a fresh ticket", async () => {
    const h = new Harness();
    await h.live();
    h.socket.drop();
    await h.clock.advance(1000);
    h.socket.drop();
    await h.clock.advance(1000);
    expect(h.sockets.all.map(({ url }) => url.split("=")[1])).toEqual(["ticket-1", "ticket-2", "ticket-3"]);
  });

  test("[PV2] a ticket that arrives after its attempt was given up opens nothing", async () => {
    const h = new Harness();
    const given: ((token: string) => void)[] = [];
    h.ticket = () => new Promise((resolve) => given.push(resolve));
    h.provider.connect();
    h.provider.disconnect();
    h.provider.connect();
    given[0]?.("old");
    await settle();
    expect(h.sockets.all).toEqual([]);
    given[1]?.("new");
    await settle();
    expect(h.sockets.all.map(({ url }) => url)).toEqual(["wss://example.test/sync/doc-1?token=new"]);
  });

  test("[PV5] a refused ticket is final: nothing is tried again, edits stay", async () => {
    const h = new Harness();
    h.ticket = async () => {
      throw new TicketRefused(404, "It is gone.");
    };
    h.type("kept");
    h.provider.connect();
    await h.clock.advance(3_600_000);
    expect(h.tickets).toBe(1);
    expect(h.state).toMatchObject({
      status: "refused",
      refusal: { code: 404, message: "It is gone.", action: "leave" },
      saved: false,
      pending: 1,
      retryAt: null,
    });
  });

  test("[PV5] anything else that a ticket throws is tried again, after a wait", async () => {
    const h = new Harness();
    h.ticket = async (attempt) => {
      if (attempt < 3) throw new Error("no network");
      return "at last";
    };
    h.provider.connect();
    await settle();
    expect(h.state).toMatchObject({ status: "offline", retryAt: h.clock.now() + 150 });
    await h.clock.advance(150);
    expect(h.state.retryAt).toBe(h.clock.now() + 300);
    await h.clock.advance(300);
    expect(h.sockets.all).toHaveLength(1);
  });

  test("[PV8] reauthenticating closes normally, fetches a ticket at once and loses nothing", async () => {
    const h = new Harness();
    await h.live();
    h.type("a");
    h.provider.reauthenticate();
    const [first] = h.sockets.all;
    expect(first?.closedWith).toBe(1000);
    h.type("b");
    await h.accept();
    expect(h.tickets).toBe(2);
    h.welcome();
    expect(h.pushed().getText("t").toString()).toBe("ab");
    h.ackAll(1);
    expect(h.state.saved).toBe(true);
  });

  test("[PV2] a socket that was given up says nothing any more, not even that it has closed", async () => {
    const h = new Harness();
    await h.live();
    h.provider.reauthenticate();
    await settle();
    const [first, second] = h.sockets.all;
    first?.dispatchEvent(Object.assign(new Event("close"), { code: 4404 }));
    second?.accept();
    expect(h.state).toMatchObject({ status: "connecting", refusal: null });
    first?.dispatchEvent(Object.assign(new Event("message"), { data: new ArrayBuffer(3) }));
    h.welcome();
    expect(h.state.status).toBe("online");
  });

  test("[PV8] reauthenticating ends a refusal, and does nothing where nobody connected", async () => {
    const h = new Harness();
    h.provider.reauthenticate();
    expect(h.state.status).toBe("idle");
    await h.open();
    h.socket.drop(4401);
    expect(h.state.refusal).toMatchObject({ code: 4401, action: "sign-in" });
    h.provider.reauthenticate();
    await h.accept();
    expect(h.tickets).toBe(2);
    expect(h.state).toMatchObject({ status: "connecting", refusal: null });
  });
});

describe("closes", () => {
  test.each(Object.keys(closeCodes).map(Number))("[PV4] nothing local is lost by close %i", async (code) => {
    const h = new Harness();
    await h.live();
    h.type("kept");
    h.socket.drop(code);
    expect(h.text.toString()).toBe("kept");
    expect(h.state).toMatchObject({ saved: false, pending: 1, synced: false });
    await h.clock.advance(400);
    const { after } = closeCodes[code as keyof typeof closeCodes];
    if (after === "final") {
      expect(h.state.status).toBe("refused");
      await h.clock.advance(3_600_000);
      expect(h.sockets.all).toHaveLength(1);
      h.provider.connect();
    }
    await h.accept();
    expect(h.sockets.all).toHaveLength(2);
    h.welcome();
    expect(h.pushed().getText("t").toString()).toBe("kept");
  });

  test("[PV4] a ticket that is refused again and again is renewed with growing waits", async () => {
    const h = new Harness();
    h.random = 0.999;
    await h.open();
    for (let i = 0; i < 6; i++) {
      h.socket.drop(4301);
      await h.clock.advance(i === 0 ? 0 : 20_000);
      await h.accept();
    }
    const gaps = h.sockets.all.map(({ openedAt }) => openedAt);
    h.socket.drop(4301);
    expect(gaps[1]).toBe(gaps[0]);
    expect((h.state.retryAt ?? 0) - h.clock.now()).toBeCloseTo(0.999 * 300 * 2 ** 6, 3);
  });
});

describe("a server that is silent", () => {
  test.each(["ticket", "socket", "welcome"])("[PV6] no %s within 20 s is a failed attempt", async (what) => {
    const h = new Harness();
    if (what === "ticket") h.ticket = () => new Promise(() => undefined);
    h.provider.connect();
    await settle();
    if (what === "welcome") h.socket.accept();
    await h.clock.advance(19_999);
    expect(h.state.status).toBe("connecting");
    await h.clock.advance(1);
    expect(h.state.status).toBe("offline");
    if (what !== "ticket") expect(h.socket.closedWith).toBe(4000);
  });

  test("[PV6] a first sync may take long, as long as something arrives every minute", async () => {
    const h = new Harness();
    await h.open();
    h.welcome();
    setPongs(h);
    for (let index = 0; index < 5; index++) {
      await h.clock.advance(55_000);
      h.receive({ kind: "part", index, count: 9, seq: seq(1), bytes: new Uint8Array(1) });
    }
    expect(h.state.status).toBe("online");
    await h.clock.advance(59_999);
    expect(h.state.status).toBe("online");
    await h.clock.advance(1);
    expect(h.state.status).toBe("offline");
  });

  /** Answers pings until the result is called. */
  function setPongs(h: Harness): () => void {
    const { socket } = h;
    socket.onsend = (data) => data === "ping" && socket.receive("pong");
    return () => {
      socket.onsend = null;
    };
  }

  test("[PV9] every 30 s a ping; without any answer within 10 s the line is dead", async () => {
    const h = new Harness();
    await h.live();
    const stop = setPongs(h);
    await h.clock.advance(300_000);
    expect(h.socket.sent.filter((data) => data === "ping")).toHaveLength(10);
    expect(h.state.status).toBe("online");
    stop();
    await h.clock.advance(39_999);
    expect(h.state.status).toBe("online");
    await h.clock.advance(1);
    expect(h.state.status).toBe("offline");
    expect(h.socket.closedWith).toBe(4000);
  });

  test("[PV9] any message is a sign of life", async () => {
    const h = new Harness();
    await h.live();
    await h.clock.advance(35_000);
    h.frames(1, authored("x").updates[0] as Uint8Array);
    await h.clock.advance(20_000);
    expect(h.state.status).toBe("online");
  });

  test("[PV9] while a large push is still leaving, the ping behind it may wait", async () => {
    const h = new Harness();
    await h.live();
    h.socket.bufferedAmount = 500_000;
    await h.clock.advance(30_000);
    for (let left = 400_000; left > 0; left -= 100_000) {
      h.socket.bufferedAmount = left;
      await h.clock.advance(10_000);
      expect(h.state.status).toBe("online");
    }
    await h.clock.advance(10_000);
    expect(h.state.status).toBe("offline");
  });

  test("[PV3] after 10 s in sync the next loss counts as the first", async () => {
    const h = new Harness();
    h.random = 0.999;
    await h.open();
    for (let i = 0; i < 4; i++) {
      h.socket.drop();
      await h.clock.advance(10_000);
      await h.accept();
    }
    h.welcome();
    h.synced();
    await h.clock.advance(9_999);
    h.socket.drop();
    expect((h.state.retryAt ?? 0) - h.clock.now()).toBeGreaterThan(4000);
    await h.clock.advance(10_000);
    await h.accept();
    h.welcome();
    h.synced();
    await h.clock.advance(10_000);
    h.socket.drop();
    expect((h.state.retryAt ?? 0) - h.clock.now()).toBeLessThan(300);
  });
});

test("[PV6] a socket that the page's policy does not let open is a failed attempt", async () => {
  class Forbidden {
    constructor() {
      throw new Error("refused by the content security policy");
    }
  }
  const h = new Harness({ WebSocket: Forbidden as unknown as typeof WebSocket });
  const faults: Error[] = [];
  h.provider.on("fault", (error) => faults.push(error));
  h.provider.connect();
  await settle();
  expect(h.state).toMatchObject({ status: "offline", retryAt: h.clock.now() + 150 });
  expect(faults.map(({ message }) => message)).toEqual(["refused by the content security policy"]);
});
