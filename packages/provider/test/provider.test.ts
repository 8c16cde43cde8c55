import { closeCodes } from "@palimpsest/protocol";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { Provider, type ProviderState, TicketRefused } from "../src/index.ts";
import { authored, Harness, seq } from "./support/harness.ts";
import { settle } from "./support/testkit.ts";

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

describe("the page", () => {
  const page = new EventTarget();
  const shown = Object.assign(new EventTarget(), { visibilityState: "visible" });

  function inPage(): Harness {
    vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
    vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
    vi.stubGlobal("document", shown);
    return new Harness();
  }

  function show(state: "visible" | "hidden"): void {
    shown.visibilityState = state;
    shown.dispatchEvent(new Event("visibilitychange"));
  }

  afterEach(() => {
    shown.visibilityState = "visible";
    vi.unstubAllGlobals();
  });

  test.each(["online", "visible"])("[PV7] %s ends the wait", async (what) => {
    const h = inPage();
    await h.open();
    h.socket.drop();
    expect(h.state.status).toBe("offline");
    if (what === "online") page.dispatchEvent(new Event("online"));
    else show("visible");
    await settle();
    expect(h.sockets.all).toHaveLength(2);
    h.provider.destroy();
  });

  test("[PV7] connect ends the wait, too", async () => {
    const h = new Harness();
    await h.open();
    h.socket.drop();
    h.provider.connect();
    await settle();
    expect(h.sockets.all).toHaveLength(2);
  });

  test.each(["online", "offline"])(
    "[PV9] %s asks a standing connection at once whether it still stands",
    async (what) => {
      const h = inPage();
      await h.live();
      page.dispatchEvent(new Event(what));
      page.dispatchEvent(new Event(what));
      expect(h.socket.sent.filter((data) => data === "ping")).toHaveLength(1);
      await h.clock.advance(10_000);
      expect(h.state.status).toBe("offline");
      h.provider.destroy();
    },
  );

  test("[PV21] a page that is hidden sends what waits at once", async () => {
    const h = inPage();
    await h.live();
    h.type("a");
    h.type("b");
    show("hidden");
    expect(h.pushed().getText("t").toString()).toBe("ab");
    expect(h.state.status).toBe("online");
    h.provider.destroy();
  });

  test("[PV21] a page that ends sends what waits and says goodbye; one that comes back connects again", async () => {
    const h = inPage();
    await h.live();
    h.type("a");
    h.type("b");
    page.dispatchEvent(new Event("pagehide"));
    expect(h.pushed().getText("t").toString()).toBe("ab");
    expect(h.socket.closedWith).toBe(1000);
    expect(h.state).toMatchObject({ status: "offline", retryAt: null, saved: false });
    await h.clock.advance(600_000);
    expect(h.sockets.all).toHaveLength(1);
    page.dispatchEvent(new Event("pageshow"));
    await h.accept();
    h.welcome();
    expect(h.pushed().getText("t").toString()).toBe("ab");
    h.provider.destroy();
  });

  test("[PV41] a destroyed provider listens to nothing", async () => {
    const h = inPage();
    await h.live();
    h.provider.destroy();
    page.dispatchEvent(new Event("online"));
    page.dispatchEvent(new Event("pageshow"));
    show("visible");
    await settle();
    expect(h.sockets.all).toHaveLength(1);
    expect(h.clock.timers).toBe(0);
  });
});

describe("life and state", () => {
  test("[PV41] destroying leaves no timer, no listener and a document that works", async () => {
    const h = new Harness();
    await h.live();
    h.type("a");
    h.type("b");
    h.provider.awareness.setLocalStateField("cursor", 1);
    h.provider.destroy();
    h.provider.destroy();
    const sent = h.socket.sent.length;
    h.type("c");
    h.provider.connect();
    await h.clock.advance(600_000);
    expect(h.socket.sent).toHaveLength(sent);
    expect(h.clock.timers).toBe(0);
    expect(h.sockets.all).toHaveLength(1);
    expect(h.text.toString()).toBe("abc");
    expect(h.state.status).toBe("idle");
  });

  test("[PV41] destroying the document destroys the provider; an awareness that was given stays", async () => {
    const doc = new Y.Doc();
    const given = new Awareness(doc);
    const h = new Harness({ doc, awareness: given });
    await h.live();
    h.provider.destroy();
    expect(given.getLocalState()).toEqual({});
    const own = new Harness();
    await own.live();
    own.doc.destroy();
    expect(own.socket.closedWith).toBe(1000);
    expect(own.provider.awareness.getLocalState()).toBeNull();
  });

  test("[PV42] each change makes a new state, an unchanged one stays the same object", async () => {
    const h = new Harness();
    const states: ProviderState[] = [];
    h.provider.on("state", (state) => {
      expect(h.provider.state).toBe(state);
      states.push(state);
    });
    await h.live();
    h.type("a");
    h.ackAll(1);
    const { state } = h;
    h.receive({ kind: "notice", notice: { kind: "history" } });
    h.socket.receive("pong");
    expect(h.state).toBe(state);
    expect(new Set(states).size).toBe(states.length);
    for (const [i, one] of states.entries()) expect(one).not.toEqual(states[i - 1]);
  });

  test("[PV42] status, synced and saved are told when they change, notices when they come", async () => {
    const h = new Harness();
    const heard: unknown[] = [];
    for (const event of ["status", "synced", "saved"] as const) {
      h.provider.on(event, (value: unknown) => heard.push([event, value]));
    }
    h.provider.on("notice", (notice) => heard.push(notice));
    await h.live();
    h.type("a");
    h.ackAll(1);
    h.receive({ kind: "notice", notice: { kind: "history" } });
    h.socket.drop();
    expect(heard).toEqual([
      ["status", "connecting"],
      ["status", "online"],
      ["synced", true],
      ["saved", false],
      ["saved", true],
      { kind: "history" },
      ["status", "offline"],
      ["synced", false],
    ]);
  });

  test("[PV42] a notice about one's own name changes the user", async () => {
    const h = new Harness();
    await h.live();
    const user = { ...h.state.user, name: "Ada L." } as NonNullable<ProviderState["user"]>;
    h.receive({ kind: "notice", notice: { kind: "identity", user } });
    expect(h.state.user).toEqual(user);
  });

  test("[PV42] off and once stop a listener, and one that throws stops nothing", async () => {
    const h = new Harness();
    const thrown: unknown[] = [];
    vi.stubGlobal("queueMicrotask", (run: () => void) => {
      try {
        run();
      } catch (error) {
        thrown.push(error);
      }
    });
    const heard: string[] = [];
    const all = (status: string) => heard.push(status);
    h.provider.on("status", () => {
      throw new Error("a listener's own fault");
    });
    h.provider.once("status", (status) => heard.push(`once ${status}`));
    h.provider.on("status", all);
    await h.open();
    h.provider.off("status", all);
    h.welcome();
    vi.unstubAllGlobals();
    expect(heard).toEqual(["once connecting", "connecting"]);
    expect(thrown).toHaveLength(2);
    expect(h.state.status).toBe("online");
  });

  test("[PV42] a listener may act on the provider: everybody hears the changes in their order", async () => {
    const h = new Harness();
    const heard: string[] = [];
    h.provider.on("status", (status) => {
      if (status === "online") h.provider.disconnect();
    });
    h.provider.on("status", (status) => heard.push(status));
    await h.open();
    h.welcome();
    expect(heard).toEqual(["connecting", "online", "idle"]);
    expect(h.socket.closedWith).toBe(1000);
  });

  test("[PV42] an address that is none is refused at once", () => {
    const options = { documentId: "d", doc: new Y.Doc(), schemaVersion: 1, ticket: async () => "t" };
    expect(() => new Provider({ ...options, url: "/sync" })).toThrow(TypeError);
  });
});
