import { digest, type ServerCopy } from "@palimpsest/protocol";
import { seeded } from "@palimpsest/testkit";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Difference } from "../src/index.ts";
import { authored, Harness, sentOf, seq } from "./support/harness.ts";

const QUIET = 6_000;

const audits = (h: Harness) => sentOf(h.socket, "audit");

/** What a server with exactly these updates answers. */
function copyOf(...updates: Uint8Array[]): ServerCopy {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const stateVector = Y.encodeStateVector(doc);
  return { stateVector, deleteSet: Y.encodeStateAsUpdate(doc, stateVector).subarray(1) };
}

function differing(h: Harness): Difference[] {
  const found: Difference[] = [];
  h.provider.on("difference", (difference) => found.push(difference));
  return found;
}

/** A live copy with two frames of somebody's, which is about to be compared. */
async function due(options: { readonly role?: "edit" | "view" } = {}) {
  const h = new Harness({ auditEvery: 2 });
  const other = authored("one ", "two ");
  await h.live(options);
  for (const [i, update] of other.updates.entries()) h.frames(i + 1, update);
  return { h, other };
}

async function asked(h: Harness) {
  await h.clock.advance(QUIET);
  const [audit] = audits(h);
  if (audit === undefined) throw new Error("it did not ask");
  return audit;
}

const answer = (h: Harness, at: number, difference: ServerCopy | null) =>
  h.receive({ kind: "audited", seq: seq(at), difference });

describe("when", () => {
  test("[PV50] after so many frames, in the quiet after them, once", async () => {
    const { h } = await due();
    await h.clock.advance(1_999);
    expect(audits(h)).toHaveLength(0);
    await h.clock.advance(QUIET);
    expect(audits(h)).toHaveLength(1);
    expect(audits(h)[0]?.seq).toBe(2);
    answer(h, 2, null);
    await h.clock.advance(20_000);
    expect(audits(h)).toHaveLength(1);
  });

  test("[PV50] every piece of news puts it off, and something that waits does", async () => {
    const { h, other } = await due();
    for (let i = 0; i < 20; i++) {
      await h.clock.advance(1_500);
      if (i % 2 === 0) h.type("x");
      else h.ackAll(3 + (i >> 1));
    }
    expect(audits(h)).toHaveLength(0);
    other.doc.getText("t").insert(0, "!");
    h.type("y");
    await h.clock.advance(QUIET);
    expect(audits(h)).toHaveLength(0);
    h.ackAll(13);
    await h.clock.advance(QUIET);
    expect(audits(h)).toHaveLength(1);
  });

  test("[PV50] 500 frames by default; fewer are not worth a message", async () => {
    const h = new Harness();
    await h.live({ head: 100 });
    h.frames(599, authored("x").updates[0] as Uint8Array);
    await h.clock.advance(QUIET);
    expect(audits(h)).toHaveLength(0);
    h.frames(600, authored("y").updates[0] as Uint8Array);
    await h.clock.advance(QUIET);
    expect(audits(h)).toHaveLength(1);
  });

  test.each([
    [5, 1],
    [0, 0],
  ])("[PV50] after a return that brought %i frames: %i", async (brought, times) => {
    const h = new Harness();
    await h.live({ head: 3 });
    h.socket.drop();
    await h.clock.advance(1000);
    await h.accept();
    h.welcome({ head: 3 + brought });
    if (brought > 0) h.frames(3 + brought, authored("x").updates[0] as Uint8Array);
    h.synced(3 + brought);
    await h.clock.advance(QUIET);
    expect(audits(h)).toHaveLength(times);
  });

  test("[PV50][I17] opening a document and looking at it is not compared", async () => {
    const h = new Harness();
    await h.live({ head: 10_000 });
    await h.clock.advance(QUIET);
    expect([audits(h), h.pushes()]).toEqual([[], []]);
  });

  test("[PV41] a lost connection asks nothing any more", async () => {
    const { h } = await due();
    h.provider.destroy();
    expect(h.clock.timers).toBe(0);
  });
});

test("[PV51] clients in descending order, ranges ascending and joined", async () => {
  const h = new Harness({ auditEvery: 1 });
  const [low, high] = [new Y.Doc(), new Y.Doc()];
  low.clientID = 5;
  high.clientID = 300;
  low.getText("t").insert(0, "abcdef");
  for (const at of [3, 3, 0]) low.getText("t").delete(at, 1);
  high.getText("u").insert(0, "xy");
  high.getText("u").delete(0, 1);
  await h.live();
  h.frames(1, Y.encodeStateAsUpdate(low));
  h.frames(2, Y.encodeStateAsUpdate(high));
  const audit = await asked(h);
  expect(audit.stateVector).toEqual(digest(Uint8Array.of(2, 0xac, 2, 2, 5, 6)));
  expect(audit.deleteSet).toEqual(digest(Uint8Array.of(2, 0xac, 2, 1, 0, 1, 5, 2, 0, 1, 3, 2)));
});

test("[PV51] the digests are those of the canonical bytes, in whichever order a copy got what it has", async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = seeded(seed);
    const h = new Harness({ auditEvery: 1 });
    const updates: Uint8Array[] = [];
    const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
    for (const doc of docs) doc.on("update", (update: Uint8Array) => updates.push(update));
    for (let i = 0; i < 60; i++) {
      const doc = random.pick(docs);
      const text = doc.getText("t");
      if (text.length > 5 && random.chance(0.4)) text.delete(random.int(text.length - 3), 2);
      else text.insert(random.int(text.length + 1), "abc");
      for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    }
    await h.live();
    h.frames(1, Y.mergeUpdates(updates));
    const audit = await asked(h);
    const { stateVector, deleteSet } = copyOf(...random.shuffled(updates));
    expect(audit.stateVector, `seed ${seed}`).toEqual(digest(stateVector));
    expect(audit.deleteSet, `seed ${seed}`).toEqual(digest(deleteSet));
    h.provider.destroy();
  }
});

describe("mending", () => {
  test("[PV52] what the server lacks is pushed, and until then nothing counts as saved", async () => {
    const { h, other } = await due();
    const found = differing(h);
    await asked(h);
    expect(h.state.saved).toBe(true);
    answer(h, 2, copyOf(other.updates[0] as Uint8Array));
    expect(found).toEqual([{ isBehind: false, serverLacks: "content" }]);
    expect(h.pushes()).toHaveLength(1);
    expect(h.state).toMatchObject({ status: "online", saved: false });
    const server = new Y.Doc();
    Y.applyUpdate(server, other.updates[0] as Uint8Array);
    Y.applyUpdate(server, h.pushes()[0]?.update as Uint8Array);
    expect(server.getText("t").toString()).toBe("one two ");
    h.ack(1, 3);
    expect(h.state.saved).toBe(true);
  });

  test("[PV52] a copy that lacks something syncs anew, without a position", async () => {
    const { h, other } = await due();
    const found = differing(h);
    await asked(h);
    const lost = authored("lost");
    answer(h, 2, copyOf(...other.updates, ...lost.updates));
    expect(found).toEqual([{ isBehind: true, serverLacks: "nothing" }]);
    expect(h.state.status).toBe("offline");
    await h.clock.advance(1000);
    await h.accept();
    expect(sentOf(h.socket, "hello")[0]?.resume).toBeNull();
    h.welcome({ head: 2 });
    h.receive({ kind: "part", index: 0, count: 1, seq: seq(2), bytes: lost.updates[0] as Uint8Array });
    h.synced(2);
    expect(h.text.toString()).toContain("lost");
    expect(h.state).toMatchObject({ synced: true, saved: true });
    expect(h.pushes()).toEqual([]);
  });

  test("[PV52] a deletion that is missing here is a difference too", async () => {
    const { h, other } = await due();
    await asked(h);
    other.doc.getText("t").delete(0, 4);
    answer(h, 2, copyOf(...other.updates));
    expect(h.state.status).toBe("offline");
  });

  test("[PV52] where both lack something, both get it", async () => {
    const { h, other } = await due();
    const found = differing(h);
    await asked(h);
    const lost = authored("lost");
    const server = [other.updates[0] as Uint8Array, ...lost.updates];
    answer(h, 2, copyOf(...server));
    expect(found).toEqual([{ isBehind: true, serverLacks: "content" }]);
    expect(h.state.saved).toBe(false);
    await h.clock.advance(1000);
    await h.accept();
    h.welcome({ head: 2, stateVector: copyOf(...server).stateVector });
    const [bytes] = lost.updates as [Uint8Array];
    h.receive({ kind: "part", index: 0, count: 1, seq: seq(2), bytes });
    h.synced(2);
    const there = new Y.Doc();
    for (const update of [...server, ...h.pushes().map(({ update }) => update)]) Y.applyUpdate(there, update);
    expect(there.getText("t").toString()).toBe(h.text.toString());
  });

  test("[PV53] deletions that the server lacks are pushed by a tab in which somebody wrote, by no other", async () => {
    for (const writes of [true, false]) {
      const { h, other } = await due();
      other.doc.getText("t").delete(0, 1);
      h.frames(3, other.updates[2] as Uint8Array);
      if (writes) h.type("x");
      h.ackAll(4);
      const audit = await asked(h);
      const before = h.pushes();
      const known = [...other.updates.slice(0, 2), ...before.map(({ update }) => update)];
      answer(h, audit.seq, copyOf(...known));
      expect(h.pushes()).toHaveLength(before.length + (writes ? 1 : 0));
      expect(h.state).toMatchObject({ status: "online", saved: !writes });
    }
  });

  test("[PV53] a reader pushes nothing", async () => {
    const { h } = await due({ role: "view" });
    await asked(h);
    answer(h, 2, copyOf());
    expect(h.pushes()).toEqual([]);
    expect(h.state).toMatchObject({ status: "online", saved: true });
  });

  test("[PV53] a reader with changes that it may not send is compared as well, and gets what it lacks", async () => {
    const { h, other } = await due({ role: "view" });
    const found = differing(h);
    h.type("mine");
    await asked(h);
    other.doc.getText("t").delete(0, 4);
    answer(h, 2, copyOf(...other.updates));
    expect(found).toEqual([{ isBehind: true, serverLacks: "content" }]);
    await h.clock.advance(1000);
    await h.accept();
    h.welcome({ head: 3, role: "view", stateVector: copyOf(...other.updates).stateVector });
    h.receive({
      kind: "part",
      index: 0,
      count: 1,
      seq: seq(3),
      bytes: Y.encodeStateAsUpdate(other.doc),
    });
    h.synced(3);
    expect(h.text.toString()).toContain("two ");
    expect(h.text.toString()).not.toContain("one ");
    expect(h.pushes()).toEqual([]);
    expect(h.state).toMatchObject({ synced: true, saved: false });
  });

  test("[PV54] an answer that comes after more news means nothing; the next quiet asks again", async () => {
    const { h, other } = await due();
    await asked(h);
    other.doc.getText("t").insert(0, "news ");
    h.frames(3, other.updates[2] as Uint8Array);
    answer(h, 2, copyOf());
    expect(h.pushes()).toEqual([]);
    await h.clock.advance(QUIET);
    expect(audits(h).map((audit) => audit.seq)).toEqual([2, 3]);
  });

  test("[PV54] an answer from further on says that the last frame was lost: resuming brings it", async () => {
    const { h } = await due();
    const found = differing(h);
    await asked(h);
    answer(h, 3, null);
    expect(found).toEqual([{ isBehind: true, serverLacks: "nothing" }]);
    expect(h.state.status).toBe("offline");
    await h.clock.advance(1000);
    await h.accept();
    expect(sentOf(h.socket, "hello")[0]?.resume).toEqual({ logId: "log-1", seq: 2 });
  });

  test("[PV54] without an answer it is quiet until there is news", async () => {
    const { h, other } = await due();
    await asked(h);
    await h.clock.advance(20_000);
    expect(audits(h)).toHaveLength(1);
    other.doc.getText("t").insert(0, "news ");
    h.frames(3, other.updates[2] as Uint8Array);
    await h.clock.advance(QUIET);
    expect(audits(h)).toHaveLength(2);
  });

  test("[PV54] an answer that nobody asked for means nothing", async () => {
    const { h } = await due();
    answer(h, 2, copyOf());
    expect(h.pushes()).toEqual([]);
    expect(h.state).toMatchObject({ status: "online", saved: true });
  });
});
