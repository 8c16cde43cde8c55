import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { authored, Harness } from "./support/harness.ts";

const textOf = (update: Uint8Array) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc.getText("t").toString();
};

describe("bursts", () => {
  test("[PV20] the first change goes at once, the following ones together 100 ms later, with one timer", async () => {
    const h = new Harness();
    await h.live();
    const idle = h.clock.timers;
    h.type("a");
    expect(h.pushes()).toHaveLength(1);
    expect(h.clock.timers).toBe(idle);
    for (const letter of "bcd") h.type(letter);
    expect(h.clock.timers).toBe(idle + 1);
    await h.clock.advance(99);
    expect(h.pushes()).toHaveLength(1);
    await h.clock.advance(1);
    expect(h.pushes()).toHaveLength(2);
    expect(h.clock.timers).toBe(idle);
    expect(h.pushed().getText("t").toString()).toBe("abcd");
    expect(h.pushes().map(({ pushId }) => pushId)).toEqual([1, 2]);
  });

  test("[PV20] steady typing costs one push per interval", async () => {
    const h = new Harness({ coalesceMs: 200 });
    await h.live();
    for (let i = 0; i < 50; i++) {
      h.type("x");
      await h.clock.advance(20);
    }
    await h.clock.advance(200);
    expect(h.pushes()).toHaveLength(6);
    expect(h.pushed().getText("t").length).toBe(50);
  });

  test("[PV20] a clock that was set back holds nothing up", async () => {
    const h = new Harness();
    await h.live();
    h.type("a");
    h.clock.set(h.clock.now() - 3_600_000);
    h.type("b");
    expect(h.pushes()).toHaveLength(2);
  });

  test("[PV21] disconnecting sends what waits, then the departure, then closes normally", async () => {
    const h = new Harness();
    await h.live();
    h.type("a");
    h.type("b");
    h.provider.disconnect();
    expect(h.pushed().getText("t").toString()).toBe("ab");
    expect(h.socket.closedWith).toBe(1000);
    expect(h.state).toMatchObject({ status: "idle", saved: false, pending: 2 });
  });
});

describe("acknowledgements", () => {
  test("[PV23] a push is saved when its own number is acknowledged", async () => {
    const h = new Harness();
    await h.live();
    h.type("a");
    await h.clock.advance(200);
    h.type("b");
    expect(h.state).toMatchObject({ saved: false, pending: 2 });
    h.ack(2, 2);
    expect(h.state).toMatchObject({ saved: false, pending: 1 });
    h.ack(7, 2);
    expect(h.state).toMatchObject({ saved: false, pending: 1 });
    h.ack(1, 2);
    expect(h.state).toMatchObject({ saved: true, pending: 0 });
  });

  test("[PV22] after a loss exactly what was not acknowledged is pushed, right after the welcome", async () => {
    const h = new Harness();
    await h.live();
    h.type("a");
    h.ack(1, 1);
    await h.clock.advance(200);
    h.type("b");
    h.socket.drop();
    h.type("c");
    await h.clock.advance(1000);
    h.type("d");
    await h.accept();
    expect(h.pushes()).toEqual([]);
    h.welcome({ head: 1 });
    const [push, ...more] = h.pushes();
    expect(more).toEqual([]);
    expect(push?.pushId).toBe(3);
    const structs = Y.decodeUpdate(push?.update ?? new Uint8Array()).structs;
    expect(structs.reduce((length, struct) => length + struct.length, 0)).toBe(3);
    // an answer to a push of the lost connection, were there one, means nothing here
    h.ack(2, 2);
    expect(h.state).toMatchObject({ saved: false, pending: 3 });
    h.ack(3, 2);
    expect(h.state.saved).toBe(true);
  });

  test("[PV22] nothing unacknowledged, nothing pushed on return", async () => {
    const h = new Harness();
    await h.live();
    h.type("a");
    h.ackAll(1);
    h.socket.drop();
    await h.clock.advance(1000);
    await h.accept();
    h.welcome({ head: 1, stateVector: Y.encodeStateVector(h.doc) });
    h.synced(1);
    expect(h.pushes()).toEqual([]);
    expect(h.state.saved).toBe(true);
  });
});

describe("gaps", () => {
  async function twoInFlight(): Promise<Harness> {
    const h = new Harness();
    await h.live();
    h.type("a");
    await h.clock.advance(200);
    h.type("b");
    return h;
  }
  const resync = (h: Harness, pushId: number) =>
    h.receive({ kind: "resync", pushId, stateVector: Y.encodeStateVector(new Y.Doc()) });

  test("[PV24] everything unacknowledged becomes one push of all that the server lacks", async () => {
    const h = await twoInFlight();
    resync(h, 1);
    expect(h.pushes()).toHaveLength(3);
    expect(textOf(h.pushes()[2]?.update as Uint8Array)).toBe("ab");
    // the second of the replaced pushes met the same gap: it is already answered
    resync(h, 2);
    expect(h.pushes()).toHaveLength(3);
    h.ack(2, 1);
    expect(h.state.saved).toBe(false);
    h.ack(3, 1);
    expect(h.state).toMatchObject({ saved: true, pending: 0 });
  });

  test("[PV24] the fifth gap in a row ends the connection; a wait follows and nothing counts as saved", async () => {
    const h = await twoInFlight();
    for (let i = 0; i < 5; i++) resync(h, h.pushes().at(-1)?.pushId as number);
    expect(h.pushes()).toHaveLength(6);
    expect(h.state).toMatchObject({ status: "offline", saved: false });
    expect(h.state.retryAt).toBeGreaterThan(h.clock.now());
  });

  test("[PV24] an acknowledgement ends the row", async () => {
    const h = await twoInFlight();
    for (let i = 0; i < 4; i++) resync(h, h.pushes().at(-1)?.pushId as number);
    h.ack(h.pushes().at(-1)?.pushId as number, 1);
    h.type("c");
    await h.clock.advance(200);
    for (let i = 0; i < 4; i++) resync(h, h.pushes().at(-1)?.pushId as number);
    expect(h.state).toMatchObject({ status: "online", saved: false });
  });

  test("[PV24] a server that asks for what it lacks is answered with a push", async () => {
    const h = await twoInFlight();
    h.receive({ kind: "sync-step-1", stateVector: Y.encodeStateVector(new Y.Doc()) });
    expect(textOf(h.pushes().at(-1)?.update as Uint8Array)).toBe("ab");
    h.ackAll(2);
    expect(h.state.saved).toBe(true);
  });
});

describe("the first sync ever", () => {
  /** Opens `doc` against a server that holds `server`. */
  async function opened(doc: Y.Doc, server: Y.Doc, role: "view" | "edit" = "edit"): Promise<Harness> {
    const h = new Harness({ doc });
    expect(h.state.saved).toBe(doc.store.clients.size === 0);
    await h.open();
    h.welcome({ head: 1, role, stateVector: Y.encodeStateVector(server) });
    h.frames(1, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)));
    expect(h.pushes()).toEqual([]);
    h.synced(1);
    return h;
  }

  const copyOf = (doc: Y.Doc) => {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    return copy;
  };

  test("[I17] opening a document pushes nothing", async () => {
    const h = await opened(new Y.Doc(), authored("hello").doc);
    await h.clock.advance(60_000);
    expect(h.pushes()).toEqual([]);
    expect(h.state).toMatchObject({ saved: true, pending: 0 });
  });

  test("[I17] an offline copy of what the server has, deletions included, pushes nothing", async () => {
    const server = authored("hello", " world").doc;
    server.getText("t").delete(2, 3);
    const h = await opened(copyOf(server), server);
    expect(h.pushes()).toEqual([]);
    expect(h.state.saved).toBe(true);
  });

  test("[PV25] of an offline copy only what the server lacks is pushed, as one push", async () => {
    const server = authored("server").doc;
    const copy = copyOf(server);
    server.getText("t").insert(6, " newer");
    copy.getText("t").insert(0, "mine ");
    const h = await opened(copy, server);
    expect(h.pushes()).toHaveLength(1);
    const { structs } = Y.decodeUpdate(h.pushes()[0]?.update as Uint8Array);
    expect(structs.map((struct) => struct.id.client)).toEqual([copy.clientID]);
    expect(h.state.saved).toBe(false);
    h.ackAll(2);
    expect(h.state.saved).toBe(true);
  });

  test("[PV25] a deletion made offline is pushed, though the state vectors are equal", async () => {
    const server = authored("hello").doc;
    const copy = copyOf(server);
    copy.getText("t").delete(0, 2);
    const h = await opened(copy, server);
    for (const { update } of h.pushes()) Y.applyUpdate(server, update);
    expect(server.getText("t").toString()).toBe("llo");
  });

  test("[PV25] edits before and during the first sync go in one push after it", async () => {
    const h = new Harness();
    h.type("before ");
    expect(h.state).toMatchObject({ saved: false, pending: 1 });
    await h.open();
    h.type("opening ");
    h.welcome();
    h.type("syncing");
    expect(h.pushes()).toEqual([]);
    h.synced();
    expect(h.pushes()).toHaveLength(1);
    expect(h.pushed().getText("t").toString()).toBe("before opening syncing");
    h.ackAll(1);
    expect(h.state).toMatchObject({ saved: true, pending: 0 });
  });

  test("[PV25] what others typed between welcome and synced is not pushed back as ours", async () => {
    const other = authored("one", "two");
    const h = new Harness({ doc: copyOf(authored("offline").doc) });
    await h.open();
    h.welcome();
    h.frames(1, other.updates[0] as Uint8Array);
    h.frames(2, other.updates[1] as Uint8Array);
    h.synced(0);
    const { structs } = Y.decodeUpdate(h.pushes()[0]?.update as Uint8Array);
    expect(structs.map((struct) => struct.id.client)).not.toContain(other.doc.clientID);
  });

  test.each(["edit", "view"] as const)(
    "[PV25] to %s a document in which others deleted is to write nothing, whichever log it comes from next",
    async (role) => {
      const server = new Y.Doc();
      const paragraph = new Y.XmlElement("paragraph");
      server.getXmlFragment("default").insert(0, [paragraph]);
      const other = copyOf(server);
      const before = Y.encodeStateVector(server);
      (other.getXmlFragment("default").get(0) as Y.XmlElement).insert(0, [new Y.XmlText("inside")]);
      server.getXmlFragment("default").delete(0, 1);
      const bytes = Y.mergeUpdates([Y.encodeStateAsUpdate(server), Y.encodeStateAsUpdate(other, before)]);
      const stateVector = Y.encodeStateVectorFromUpdate(bytes);
      const h = new Harness();
      for (const logId of ["log-1", "log-2"]) {
        await h.open();
        if (logId === "log-2") h.receive({ kind: "hello-again" });
        h.welcome({ logId, head: 1, role, stateVector });
        h.frames(1, bytes);
        h.synced(1);
        expect(h.pushes()).toEqual([]);
        expect(h.state).toMatchObject({ synced: true, saved: true, pending: 0 });
        h.socket.drop();
        await h.clock.advance(1000);
      }
    },
  );

  test("[PV25] an offline copy that arrives after the sync is a local change", async () => {
    const h = await opened(new Y.Doc(), authored("server").doc);
    Y.applyUpdate(h.doc, Y.encodeStateAsUpdate(authored("from disk").doc), "disk");
    expect(h.pushes()).toHaveLength(1);
    expect(h.state.saved).toBe(false);
  });

  test("[PV26] a reader pushes nothing: it stays, unsaved, and is pushed when the reader may edit", async () => {
    const h = await opened(copyOf(authored("offline").doc), new Y.Doc(), "view");
    h.type("typed");
    await h.clock.advance(10_000);
    expect(h.pushes()).toEqual([]);
    expect(h.state).toMatchObject({ saved: false, role: "view" });
    h.socket.drop(4303);
    await h.accept();
    h.welcome({ head: 1 });
    expect(h.pushes()).toHaveLength(1);
    expect(h.pushed().getText("t").toString()).toContain("offline");
    h.ackAll(2);
    expect(h.state).toMatchObject({ saved: true, role: "edit" });
  });
});

test("[PV26] who loses the right to edit keeps what was not acknowledged, unsaved, and gets it through later", async () => {
  const h = new Harness();
  await h.live();
  h.type("kept");
  for (const role of ["view", "edit"] as const) {
    h.socket.drop(4303);
    await h.clock.advance(1000);
    await h.accept();
    h.welcome({ role });
    h.synced();
    h.type("!");
    await h.clock.advance(1000);
    expect(h.pushes().length > 0).toBe(role === "edit");
    expect(h.state).toMatchObject({ role, saved: false });
  }
  expect(h.pushed().getText("t").toString()).toBe("kept!!");
});

describe("what Yjs tidies up by itself", () => {
  /** Two people set the same words bold at once: one pair of marks has no effect, and Yjs removes it on loading. */
  function twiceBold(): { bytes: Uint8Array; vector: Uint8Array } {
    const base = authored("some words").doc;
    const copies = [1, 2].map(() => {
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(base));
      copy.getText("t").format(0, 4, { bold: true });
      return Y.encodeStateAsUpdate(copy);
    });
    const bytes = Y.mergeUpdates(copies);
    return { bytes, vector: Y.encodeStateVectorFromUpdate(bytes) };
  }

  test.each(["edit", "view"] as const)(
    "[PV28] to %s is to receive exactly what the server has, and to write nothing",
    async (role) => {
      const doc = new Y.Doc();
      // Yjs looks for redundant marks in types that are in use
      doc.getText("t");
      const { bytes, vector } = twiceBold();
      const plain = new Y.Doc();
      plain.getText("t");
      Y.applyUpdate(plain, bytes);
      expect(deletionsIn(plain), "Yjs alone does tidy up").toBeGreaterThan(deletionsIn(new Y.Doc()));
      const h = new Harness({ doc });
      await h.open();
      h.welcome({ head: 1, role, stateVector: vector });
      h.frames(1, bytes);
      h.synced(1);
      await h.clock.advance(10_000);
      expect(deletionsIn(doc)).toBe(0);
      expect(h.text.toDelta()).toEqual(plain.getText("t").toDelta());
      expect(h.pushes()).toEqual([]);
      expect(h.state).toMatchObject({ saved: true, pending: 0 });
    },
  );

  test("[PV28] an offline copy is not tidied up either", async () => {
    const doc = new Y.Doc();
    doc.getText("t");
    const { bytes, vector } = twiceBold();
    const h = new Harness({ doc });
    Y.applyUpdate(doc, bytes, "disk");
    await h.open();
    h.welcome({ head: 1, stateVector: vector });
    h.frames(1, Y.diffUpdate(bytes, vector));
    h.synced(1);
    expect(h.pushes()).toEqual([]);
    expect(h.state.saved).toBe(true);
  });
});

function deletionsIn(doc: Y.Doc): number {
  return Y.createDeleteSetFromStructStore(doc.store).clients.size;
}
