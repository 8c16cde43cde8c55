import { caseCount, seeded } from "@palimpsest/testkit";
import { FakeClock } from "@palimpsest/testkit/clock";
import { FakeSockets } from "@palimpsest/testkit/socket";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { Provider } from "../src/index.ts";
import { ReferenceServer } from "./support/reference-server.ts";

interface Client {
  readonly doc: Y.Doc;
  readonly provider: Provider;
  readonly sockets: FakeSockets;
  /** Every update that was made here, not received. */
  readonly made: Uint8Array[];
}

function client(clock: FakeClock, server: ReferenceServer, random: () => number = () => 0.5): Client {
  const sockets = new FakeSockets(clock.now);
  sockets.onopen = server.accept;
  const doc = new Y.Doc();
  const provider = new Provider({
    url: "ws://reference.test/sync",
    documentId: "d",
    doc,
    schemaVersion: 1,
    ticket: async () => "t",
    timers: clock,
    random,
    WebSocket: sockets.WebSocket,
  });
  const made: Uint8Array[] = [];
  doc.on("update", (update, origin) => {
    if (origin !== provider) made.push(update);
  });
  return { doc, provider, sockets, made };
}

const contentOf = (doc: Y.Doc) => ({
  text: doc.getText("t").toDelta(),
  stateVector: Y.encodeStateVector(doc),
  deleted: Y.createDeleteSetFromStructStore(doc.store),
});

function edit({ doc }: Client, random: ReturnType<typeof seeded>): void {
  const text = doc.getText("t");
  const at = random.int(text.length + 1);
  if (text.length > 4 && random.chance(0.25)) text.delete(random.int(text.length - 3), 3);
  else if (text.length > 4 && random.chance(0.1)) text.format(random.int(text.length - 3), 3, { b: true });
  else text.insert(at, random.pick(["ab", "c", "def ", "\n"]));
}

/** [I20]: whoever says "saved" has nothing that the server's log lacks. */
function expectHonest({ provider, made }: Client, server: ReferenceServer): void {
  if (!provider.state.saved) return;
  const union = new Y.Doc();
  Y.applyUpdate(union, Y.encodeStateAsUpdate(server.doc));
  const before = Y.encodeStateAsUpdate(union);
  for (const update of made) Y.applyUpdate(union, update);
  expect(Y.encodeStateAsUpdate(union)).toEqual(before);
}

describe("whole conversations", () => {
  test("[I4] three people under drops, delays and departures converge, and all are saved", async () => {
    let resumes = 0;
    const audits: boolean[] = [];
    let drops = 0;
    const cases = caseCount("PROVIDER_CASES", 25);
    for (let seed = 1; seed <= cases; seed++) {
      const random = seeded(seed);
      const clock = new FakeClock();
      const slow = random.pick([1, 30, 400]);
      const server = new ReferenceServer(clock, () => random.int(slow));
      const clients = [1, 2, 3].map(() => client(clock, server, () => random.int(1000) / 1000));
      for (const { provider } of clients) provider.connect();
      for (let round = 0; round < 60; round++) {
        const one = random.pick(clients);
        const { provider, sockets } = one;
        const what = random.int(20);
        if (what < 13) edit(one, random);
        else if (what < 15 && sockets.all.length > 0) {
          drops++;
          server.cut(sockets.last);
        } else if (what === 15) provider.disconnect();
        else if (what === 16) provider.reauthenticate();
        else if (what === 17) provider.connect();
        else provider.awareness.setLocalStateField("cursor", round);
        await clock.advance(random.int(random.pick([5, 100, 3000])));
        for (const each of clients) expectHonest(each, server);
      }
      for (const { provider } of clients) provider.connect();
      await clock.advance(90_000);
      const truth = contentOf(server.doc);
      for (const { doc, provider } of clients) {
        expect(provider.state, `seed ${seed}`).toMatchObject({ status: "online", synced: true, saved: true });
        const found = contentOf(doc);
        expect(found.text, `seed ${seed}`).toEqual(truth.text);
        expect(new Map(Y.decodeStateVector(found.stateVector))).toEqual(
          new Map(Y.decodeStateVector(truth.stateVector)),
        );
        expect(Y.equalDeleteSets(found.deleted, truth.deleted), `seed ${seed} DS`).toBe(true);
        expect(provider.awareness.getStates().size, `seed ${seed}`).toBe(3);
      }
      expect(server.present, `seed ${seed}`).toHaveLength(3);
      resumes += server.resumes;
      audits.push(...server.audits);
      for (const { provider } of clients) provider.destroy();
    }
    expect(drops).toBeGreaterThan(cases);
    expect(resumes).toBeGreaterThan(cases);
    expect(audits.length).toBeGreaterThan(cases);
    expect(audits).not.toContain(false);
  }, 60_000);

  test("[PV12] a return after a drop brings only what came after, and pushes only what was not acknowledged", async () => {
    const clock = new FakeClock();
    const server = new ReferenceServer(clock, () => 20);
    const [a, b] = [client(clock, server), client(clock, server)];
    for (const { provider } of [a, b]) provider.connect();
    await clock.advance(1000);
    a.doc.getText("t").insert(0, "shared ");
    await clock.advance(1000);
    server.cut(a.sockets.last);
    a.doc.getText("t").insert(7, "offline ");
    b.doc.getText("t").insert(0, "meanwhile ");
    await clock.advance(5000);
    expect(server.resumes).toBe(1);
    expect(server.log).toHaveLength(3);
    expect(a.doc.getText("t").toString()).toBe("meanwhile shared offline ");
    expect(b.doc.getText("t").toString()).toBe("meanwhile shared offline ");
    expect([a.provider.state.saved, b.provider.state.saved]).toEqual([true, true]);
  });

  test("[PV16] returning to a document that 1,000 Yjs clients wrote exchanges less than 0.5 kB", async () => {
    const clock = new FakeClock();
    const server = new ReferenceServer(clock, () => 5);
    for (let i = 0; i < 1_000; i++) {
      const doc = new Y.Doc();
      doc.getText("t").insert(0, "word ");
      Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(doc));
    }
    const a = client(clock, server);
    a.provider.connect();
    await clock.advance(1000);
    a.doc.getText("t").insert(0, "mine ");
    await clock.advance(1000);
    expect(Y.encodeStateVector(a.doc).length).toBeGreaterThan(5_000);
    server.cut(a.sockets.last);
    a.doc.getText("t").insert(0, "offline ");
    const before = server.sentBytes;
    await clock.advance(20_000);
    expect(a.provider.state).toMatchObject({ synced: true, saved: true });
    const sent = a.sockets.last.sent.reduce((sum, data) => sum + data.length, 0);
    const bytes = sent + server.sentBytes - before;
    expect(bytes).toBeLessThan(500);
    expect(server.resumes).toBe(1);
  });

  test("[I17] ten people open and leave a document: its log does not grow", async () => {
    const clock = new FakeClock();
    const server = new ReferenceServer(clock, () => 5);
    const writer = client(clock, server);
    writer.provider.connect();
    for (let i = 0; i < 20; i++) edit(writer, seeded(i + 1));
    await clock.advance(1000);
    const { length } = server.log;
    for (let i = 0; i < 10; i++) {
      const reader = client(clock, server);
      reader.provider.connect();
      await clock.advance(500);
      expect(reader.doc.getText("t").toString()).toBe(writer.doc.getText("t").toString());
      reader.provider.destroy();
    }
    await clock.advance(500);
    expect(server.log).toHaveLength(length);
    expect(server.present).toHaveLength(1);
  });

  test("[PV40] a document that is handed from provider to provider loses nothing of what was typed in between", async () => {
    const clock = new FakeClock();
    const server = new ReferenceServer(clock, () => 30);
    const first = client(clock, server);
    first.provider.connect();
    first.doc.getText("t").insert(0, "one ");
    await clock.advance(10);
    first.provider.destroy();
    first.doc.getText("t").insert(4, "two ");
    const sockets = new FakeSockets(clock.now);
    sockets.onopen = server.accept;
    const second = new Provider({
      url: "ws://reference.test/sync",
      documentId: "d",
      doc: first.doc,
      schemaVersion: 1,
      ticket: async () => "t",
      timers: clock,
      WebSocket: sockets.WebSocket,
    });
    second.connect();
    first.doc.getText("t").insert(8, "three");
    await clock.advance(1000);
    expect(server.doc.getText("t").toString()).toBe("one two three");
    expect(second.state.saved).toBe(true);
    second.destroy();
  });
});
