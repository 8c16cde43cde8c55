import { describe, expect, test, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { Provider, type ProviderState } from "../src/index.ts";
import { Harness } from "./support/harness.ts";

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

  test("[PV41] a destroyed provider leaves no listener on the document", async () => {
    const doc = new Y.Doc();
    const listeners = () => [...doc._observers.values()].reduce((sum, { size }) => sum + size, 0);
    const awareness = new Awareness(doc);
    const before = listeners();
    const h = new Harness({ doc, awareness });
    await h.live();
    expect(listeners()).toBeGreaterThan(before);
    h.provider.destroy();
    expect(listeners()).toBe(before);
    expect([...awareness._observers.values()].every(({ size }) => size === 0)).toBe(true);
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
