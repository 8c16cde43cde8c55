import { PROTOCOL_VERSION, SUBPROTOCOL } from "@palimpsest/protocol";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { ada, authored, emptyVector, Harness, sentOf, seq } from "./support/harness.ts";

const vectorOf = (doc: Y.Doc) => Y.encodeStateVector(doc);

describe("hello and welcome", () => {
  test("[PV11] the address holds document and ticket, the subprotocol asks for the negotiated frames", async () => {
    const h = new Harness({ documentId: "a/b c" });
    h.ticket = async () => "t+/=";
    await h.open();
    expect(h.socket.url).toBe("wss://example.test/sync/a%2Fb%20c?token=t%2B%2F%3D");
    expect(h.socket.protocols).toBe(SUBPROTOCOL);
    expect(h.socket.binaryType).toBe("arraybuffer");
    const [hello, ...rest] = h.socket.sent.length === 1 ? sentOf(h.socket, "hello") : [];
    expect(rest).toEqual([]);
    expect(hello).toMatchObject({ protocolVersion: PROTOCOL_VERSION, schemaVersion: 7, resume: null });
    expect(hello?.stateVector).toEqual(vectorOf(new Y.Doc()));
  });

  test("[PV11] the state says what the welcome said, and is online before it is synced", async () => {
    const h = new Harness();
    expect(h.state).toMatchObject({ status: "idle", role: null, user: null, seq: null, saved: true });
    await h.open();
    expect(h.state.status).toBe("connecting");
    h.welcome({ role: "view", head: 4 });
    expect(h.state).toMatchObject({ status: "online", synced: false, role: "view", user: ada, seq: null });
    h.synced(4);
    expect(h.state).toMatchObject({ status: "online", synced: true, everSynced: true, seq: 4 });
  });

  test("[PV12] a provider that was synced resumes at its position", async () => {
    const h = new Harness();
    const other = authored("one", "two");
    await h.live();
    h.frames(1, other.updates[0] as Uint8Array);
    h.frames(2, other.updates[1] as Uint8Array);
    h.type("!");
    h.socket.drop();
    await h.clock.advance(1000);
    await h.accept();
    const [hello] = sentOf(h.socket, "hello");
    expect(hello).toMatchObject({ resume: { logId: "log-1", seq: seq(2) }, stateVector: null });
  });

  test("[PV16] asked for it, a hello says its state vector, with the same position, once", async () => {
    const h = new Harness();
    await h.live();
    h.type("x");
    h.socket.drop();
    await h.clock.advance(1000);
    await h.accept();
    h.receive({ kind: "hello-again" });
    const hellos = sentOf(h.socket, "hello");
    expect(hellos.map(({ stateVector }) => stateVector)).toEqual([null, vectorOf(h.doc)]);
    expect(hellos[1]?.resume).toEqual(hellos[0]?.resume);
    h.receive({ kind: "hello-again" });
    expect(h.state.status).toBe("offline");
  });

  test("[PV16] a copy that was never compared with the log says its state vector", async () => {
    const h = new Harness();
    await h.open();
    h.welcome({ head: 5 });
    h.socket.drop();
    await h.clock.advance(1000);
    await h.accept();
    expect(sentOf(h.socket, "hello")[0]?.stateVector).toEqual(vectorOf(h.doc));
  });

  test.each([
    ["to a hello that told one", false, "log-1", 0],
    ["from another log", true, "log-2", 9],
    ["from a log that ends earlier", true, "log-1", 2],
  ])(
    "[PV16][PV10] a welcome without a state vector %s ends the connection",
    async (_what, isBack, logId, head) => {
      const h = new Harness();
      if (isBack) {
        await h.live({ head: 3 });
        h.socket.drop();
        await h.clock.advance(1000);
        await h.accept();
      } else await h.open();
      h.welcome({ logId, head, stateVector: null });
      expect(h.state.status).toBe("offline");
    },
  );

  test("[PV12] a connection that was lost during its first sync resumes nothing", async () => {
    const h = new Harness();
    await h.open();
    h.welcome({ head: 5 });
    h.frames(3, authored("x").updates[0] as Uint8Array);
    h.socket.drop();
    await h.clock.advance(1000);
    await h.accept();
    expect(sentOf(h.socket, "hello")[0]?.resume).toBeNull();
  });

  test("[PV12] another log is a fresh start: what it lacks is pushed, and until then nothing counts as saved", async () => {
    const h = new Harness();
    await h.live();
    h.type("kept");
    h.ackAll(1);
    expect(h.state).toMatchObject({ saved: true, seq: 1 });
    h.socket.drop();
    await h.clock.advance(1000);
    await h.accept();
    h.receive({ kind: "hello-again" });
    h.welcome({ logId: "log-2" });
    expect(h.pushes()).toEqual([]);
    expect(h.state.saved).toBe(false);
    h.synced(0);
    expect(h.pushed().getText("t").toString()).toBe("kept");
    expect(h.state).toMatchObject({ saved: false, seq: 0 });
    h.ackAll(1);
    expect(h.state.saved).toBe(true);
  });

  test("[PV12] a log that is shorter than our position has lost its end: what it lacks is pushed again", async () => {
    const h = new Harness();
    await h.live();
    h.type("kept");
    h.ackAll(1);
    h.socket.drop();
    await h.clock.advance(1000);
    await h.accept();
    h.receive({ kind: "hello-again" });
    h.welcome({ head: 0 });
    h.synced(0);
    expect(h.pushed().getText("t").toString()).toBe("kept");
  });
});

describe("parts and positions", () => {
  function sliced(update: Uint8Array, count: number): Uint8Array[] {
    const size = Math.ceil(update.length / count);
    return Array.from({ length: count }, (_, i) => update.subarray(i * size, (i + 1) * size));
  }

  test("[PV13] parts are put together, with progress, and frames that overtake them wait", async () => {
    const h = new Harness();
    const other = authored("a long text", " and its tail");
    await h.open();
    h.welcome({ head: 1 });
    for (const [index, bytes] of sliced(other.updates[0] as Uint8Array, 3).entries()) {
      h.receive({ kind: "part", index, count: 3, seq: seq(1), bytes });
      if (index === 1) {
        expect(h.state.progress).toEqual({ received: 2, total: 3 });
        h.frames(2, other.updates[1] as Uint8Array);
        expect(h.text.toString()).toBe("");
        expect(h.doc.store.pendingStructs).toBeNull();
      }
    }
    expect(h.state.progress).toBeNull();
    expect(h.text.toString()).toBe("a long text and its tail");
    h.synced(1);
    expect(h.state).toMatchObject({ seq: 2, synced: true, saved: true });
    expect(h.pushes()).toEqual([]);
  });

  test.each([
    ["skipped", [0, 2]],
    ["repeated", [0, 0]],
    ["not begun at the start", [1]],
  ])("[PV13] a part that is %s breaks the connection", async (_what, indices) => {
    const h = new Harness();
    await h.open();
    h.welcome({ head: 1 });
    for (const index of indices) {
      h.receive({ kind: "part", index, count: 3, seq: seq(1), bytes: new Uint8Array(4) });
    }
    expect(h.state.status).toBe("offline");
  });

  test("[PV14] frames advance the position and carry the provider as their origin", async () => {
    const h = new Harness();
    const origins: unknown[] = [];
    h.doc.on("update", (_update, origin) => origins.push(origin));
    await h.live();
    h.frames(9, authored("x").updates[0] as Uint8Array);
    expect(h.state.seq).toBe(9);
    expect(origins).toEqual([h.provider]);
    expect(h.pushes()).toEqual([]);
  });

  test("[PV14] the own frame right after the position advances it, a later one does not: others' may lie between", async () => {
    const h = new Harness();
    await h.live({ head: 3 });
    h.type("a");
    h.ack(1, 4);
    expect(h.state.seq).toBe(4);
    await h.clock.advance(200);
    h.type("b");
    h.ack(2, 6);
    expect(h.state).toMatchObject({ seq: 4, saved: true });
  });

  test("[PV14] the acknowledgement of a push that was replaced since still tells whose the next frame is", async () => {
    const h = new Harness();
    await h.live({ head: 3 });
    h.type("a");
    await h.clock.advance(200);
    h.type("b");
    h.receive({ kind: "resync", pushId: 2, stateVector: emptyVector() });
    for (const [pushId, at] of [
      [1, 4],
      [2, 5],
      [3, 5],
    ] as const)
      h.ack(pushId, at);
    expect(h.state).toMatchObject({ seq: 5, saved: true });
  });

  test("[PV14] a plain update is applied and moves no position", async () => {
    const h = new Harness();
    await h.live({ head: 3 });
    h.receive({ kind: "update", update: authored("x").updates[0] as Uint8Array });
    expect(h.text.toString()).toBe("x");
    expect(h.state).toMatchObject({ seq: 3, saved: true });
  });
});

describe("confirming", () => {
  const confirmed = (h: Harness) => sentOf(h.socket, "confirmed").map(({ token }) => token);

  test("[PV15] confirm is answered at once, after what came before it has been applied", async () => {
    const h = new Harness();
    await h.live();
    h.socket.onsend = () => expect(h.text.toString()).toBe("x");
    h.frames(1, authored("x").updates[0] as Uint8Array);
    h.receive({ kind: "confirm", token: 7 });
    h.receive({ kind: "confirm", token: 8 });
    expect(confirmed(h)).toEqual([7, 8]);
  });

  test("[PV15] between the parts of a first sync too: the server may wait for it before it sends the next", async () => {
    const h = new Harness();
    const update = authored("some words").updates[0] as Uint8Array;
    await h.open();
    h.welcome({ head: 1 });
    h.receive({ kind: "part", index: 0, count: 2, seq: seq(1), bytes: update.subarray(0, 9) });
    h.receive({ kind: "confirm", token: 1 });
    expect(confirmed(h)).toEqual([1]);
    h.receive({ kind: "part", index: 1, count: 2, seq: seq(1), bytes: update.subarray(9) });
    h.synced(1);
    expect(h.text.toString()).toBe("some words");
  });

  test("[PV15] before the welcome nothing is confirmed", async () => {
    const h = new Harness();
    await h.open();
    h.receive({ kind: "confirm", token: 1 });
    expect(confirmed(h)).toEqual([]);
    expect(h.state.status).toBe("offline");
  });
});

describe("what does not fit", () => {
  async function afterFault(h: Harness) {
    expect(h.socket.closedWith).toBe(4000);
    expect(h.state.status).toBe("offline");
    await h.clock.advance(1000);
    await h.accept();
    return sentOf(h.socket, "hello")[0];
  }

  async function resumable(): Promise<Harness> {
    const h = new Harness();
    await h.live({ head: 3 });
    h.type("mine");
    return h;
  }

  test("[PV10] an unreadable message ends the connection; the next one syncs in full and pushes what waits", async () => {
    const h = await resumable();
    const faults: Error[] = [];
    h.provider.on("fault", (error) => faults.push(error));
    h.socket.receive(new Uint8Array([200, 1, 2, 3]));
    expect((await afterFault(h))?.resume).toBeNull();
    expect(faults).toHaveLength(1);
    h.welcome({ head: 3 });
    expect(h.pushed().getText("t").toString()).toBe("mine");
    expect(h.state.pending).toBe(1);
  });

  test("[PV17] a server that says what we do not know is tried three times, then the person is told to reload", async () => {
    const h = await resumable();
    for (let i = 0; i < 3; i++) {
      h.socket.receive(Uint8Array.of(120, 1));
      if (i === 2) break;
      expect(h.state.status).toBe("offline");
      await h.clock.advance(2_000);
      await h.accept();
      h.welcome({ head: 3 });
      h.synced(3);
    }
    expect(h.state).toMatchObject({ status: "refused", saved: false, pending: 1 });
    expect(h.state.refusal).toMatchObject({ code: 4426, action: "reload" });
    expect(h.clock.timers).toBe(0);
  });

  test("[PV17] bytes that break now and then are a bad line", async () => {
    const h = await resumable();
    for (let i = 0; i < 10; i++) {
      h.socket.receive(Uint8Array.of(120, 1));
      await h.clock.advance(2_000);
      await h.accept();
      h.welcome({ head: 3 });
      h.synced(3);
      await h.clock.advance(10_000);
    }
    expect(h.state.status).toBe("online");
  });

  test("[PV10] an update that Yjs cannot apply ends the connection; the next one syncs in full", async () => {
    const h = await resumable();
    const whole = authored("some words").updates[0] as Uint8Array;
    h.frames(4, whole.subarray(0, whole.length - 4));
    expect((await afterFault(h))?.resume).toBeNull();
  });

  test("[PV10] a frame that builds on a missing one ends the connection instead of lying there unseen", async () => {
    const h = await resumable();
    h.frames(5, authored("one", "two").updates[1] as Uint8Array);
    expect((await afterFault(h))?.resume).toBeNull();
    expect(h.state.seq).toBe(3);
  });

  test("[PV10] a sync that leaves out what the welcome promised is repeated in full", async () => {
    const h = new Harness();
    await h.open();
    h.welcome({ head: 1, stateVector: vectorOf(authored("promised").doc) });
    h.synced(1);
    expect(h.state).toMatchObject({ status: "offline", everSynced: false });
  });

  test.each(["part", "synced", "frames"] as const)(
    "[PV10] %s before the welcome ends the connection",
    async (kind) => {
      const h = new Harness();
      await h.open();
      if (kind === "synced") h.synced();
      else if (kind === "frames") h.frames(1, authored("x").updates[0] as Uint8Array);
      else h.receive({ kind, index: 0, count: 1, seq: seq(1), bytes: new Uint8Array([0, 0]) });
      expect(h.state.status).toBe("offline");
      expect(h.text.toString()).toBe("");
    },
  );
});
