import { encodeMessage, SUBPROTOCOL } from "@palimpsest/protocol";
import { SCHEMA_VERSION } from "@palimpsest/schema";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { call, type Guest, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, openSocket, paragraph, ticketFor, updateOf, upgrade } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";

describe("writing together", () => {
  it("[I1] [I2] an edit is acknowledged and reaches the others, over both protocols", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada);
    const [a, b, plain] = [
      await Client.join(id, ada),
      await Client.join(id, ben),
      await Client.joinPlain(id),
    ];
    const seq = await a.write(paragraph("hello"));
    expect((await b.next("frames")).seq).toBe(seq);
    await plain.next("update");
    expect(b.text()).toBe("<paragraph>hello</paragraph>");
    expect(plain.text()).toBe(b.text());
  });

  it("[I14] hibernation between any two messages changes nothing that clients see", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const [a, b] = [await Client.join(id, ada), await Client.join(id, ada)];
    for (let i = 0; i < 5; i++) {
      await hibernate(id);
      expect(await a.write(paragraph(`line ${i}`))).toBe(i + 1);
      await hibernate(id);
      await b.next("frames");
    }
    expect(b.text()).toBe(a.text());
  });

  it("[WK10] a latecomer gets everything, and one who was here before only what came after", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "seed" });
    const a = await Client.join(id, ada);
    await a.write(paragraph("one"));
    const late = await Client.join(id, ada);
    expect(late.text()).toBe(a.text());

    const again = await Client.join(id, ada, { hello: false });
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(late.doc));
    await a.write(paragraph("two"));
    const logId = late.received.find((message) => message.kind === "welcome")?.logId ?? "";
    const stateVector = Y.encodeStateVector(again.doc);
    const resume = { logId, seq: 2 as never };
    again.send({ kind: "hello", protocolVersion: 1, schemaVersion: SCHEMA_VERSION, stateVector, resume });
    await again.next("synced");
    expect(again.received.map(({ kind }) => kind)).toEqual(["welcome", "frames", "synced"]);
    expect(again.text()).toBe(a.text());
  });

  it("[I3] an update with a gap is never acknowledged, but asked for again whole", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const a = await Client.join(id, ada);
    updateOf(a.doc, paragraph("lost on the way"));
    a.edit(paragraph("builds on it"));
    const { pushId, stateVector } = await a.next("resync");
    expect(pushId).toBe(1);
    a.push(Y.encodeStateAsUpdate(a.doc, stateVector));
    await a.next("ack");
    expect((await Client.join(id, ada)).text()).toBe(a.text());
    expect(a.received.filter(({ kind }) => kind === "ack")).toHaveLength(1);
  });

  it("[I8] a message that comes twice is stored once", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const a = await Client.join(id, ada);
    const update = updateOf(a.doc, paragraph("once"));
    a.push(update);
    await a.next("ack");
    const before = await stubOf(id).stats();
    await hibernate(id);
    a.push(update);
    a.push(Y.encodeStateAsUpdate(a.doc));
    expect((await a.next("ack")).seq).toBe(1);
    expect((await a.next("ack")).seq).toBe(1);
    expect(await stubOf(id).stats()).toMatchObject({
      head: before.head,
      logBytes: before.logBytes,
      rowsWritten: before.rowsWritten,
    });
  });

  it("[I11] nobody writes as somebody else's Yjs client", async () => {
    const [ada, eve] = [await guest("Ada"), await guest("Eve")];
    const id = await newDocument(ada);
    const a = await Client.join(id, ada);
    await a.write(paragraph("mine"));
    const e = await Client.join(id, eve);
    Y.applyUpdate(e.doc, Y.encodeStateAsUpdate(a.doc));
    e.doc.clientID = a.doc.clientID;
    e.edit(paragraph("forged"));
    expect((await e.closed()).code).toBe(4409);
    expect((await Client.join(id, ada)).text()).toBe("<paragraph>mine</paragraph>");
  });

  it("[WK23] [I1] a crowd of messages is stored in few rows, and each is acknowledged where it stands", async () => {
    const people = await Promise.all(["Ada", "Ben", "Cleo"].map(guest));
    const id = await newDocument(people[0] as Guest);
    const clients = await Promise.all(people.map((who) => Client.join(id, who)));
    for (const client of clients) await client.write(paragraph("begins"));
    const before = await stubOf(id).stats();
    for (let i = 0; i < 40; i++) for (const client of clients) client.edit(paragraph(`${i}`));
    const positions: number[] = [];
    for (const client of clients) {
      for (let i = 0; i < 40; i++) positions.push((await client.next("ack")).seq);
    }
    const after = await stubOf(id).stats();
    expect(after.head).toBe(before.head + 120);
    expect(new Set(positions).size).toBe(120);
    expect(after.rowsWritten - before.rowsWritten).toBeLessThan(90);
    const late = await Client.join(id, people[0] as Guest);
    for (const client of clients) while (client.text() !== late.text()) await client.next("frames");
  });
});

describe("bad input", () => {
  const bad: [string, number, Uint8Array | string][] = [
    ["text", 4400, "hello"],
    ["nothing", 4400, new Uint8Array()],
    ["an unknown kind", 4400, new Uint8Array([99, 1, 2])],
    ["a truncated message", 4400, new Uint8Array([0, 2, 200])],
    [
      "a malformed update",
      4422,
      encodeMessage({ kind: "push", pushId: 1, update: new Uint8Array([9, 9, 9]) }),
    ],
    ["too large a message", 4413, new Uint8Array(8 * 1024 * 1024 + 1)],
  ];
  for (const [what, code, data] of bad) {
    it(`[I9] ${what} closes the sender with ${code} and disturbs nobody`, async () => {
      const ada = await guest("Ada");
      const id = await newDocument(ada, { markdown: "kept" });
      const [sender, other] = [await Client.join(id, ada), await Client.join(id, ada)];
      const before = await stubOf(id).stats();
      sender.sendRaw(data);
      const closed = await sender.closed();
      expect(closed.code).toBe(code);
      expect(closed.reason.length).toBeGreaterThan(10);
      expect(await stubOf(id).stats()).toMatchObject({ head: before.head, rowsWritten: before.rowsWritten });
      await other.write(paragraph("still here"));
      expect(other.text()).toContain("still here");
    });
  }

  it("[WK11] before the hello nothing of the document is sent, and nothing else is accepted", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "secret" });
    const client = await Client.join(id, ada, { hello: false });
    client.edit(paragraph("too early"));
    expect((await client.closed()).code).toBe(4400);
    expect(client.received).toEqual([]);
    expect((await stubOf(id).stats()).head).toBe(1);
  });

  it("[WK12] an editor of an older schema is told to reload before it sees the document", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "new things" });
    const client = await Client.join(id, ada, { hello: false });
    client.hello(0);
    expect((await client.closed()).code).toBe(4426);
    expect(client.received).toEqual([]);
  });

  it("[WK29] another version of our protocol is told to reload, in its own subprotocol, without which a browser would not hear it", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const ticket = await ticketFor(id, ada);
    const newer = await upgrade(id, ticket, ["palimpsest.2"]);
    expect(newer.headers.get("sec-websocket-protocol")).toBe("palimpsest.2");
    expect((await new Client(newer.webSocket as WebSocket).closed()).code).toBe(4426);
    const both = await upgrade(id, ticket, ["palimpsest.2", SUBPROTOCOL]);
    expect(both.headers.get("sec-websocket-protocol")).toBe(SUBPROTOCOL);
    const refused = await upgrade("nonsense", undefined, [SUBPROTOCOL]);
    expect(refused.headers.get("sec-websocket-protocol")).toBe(SUBPROTOCOL);
    const plain = await upgrade("nonsense");
    expect(plain.headers.get("sec-websocket-protocol")).toBeNull();
    const stranger = await upgrade(id, undefined, ["y-sweet"]);
    expect(stranger.headers.get("sec-websocket-protocol")).toBeNull();
  });

  it("[WK13] unknown documents, foreign tickets and foreign pages do not connect", async () => {
    const ada = await guest("Ada");
    const [id, other] = [await newDocument(ada), await newDocument(ada)];
    const closeCode = async (socket: Promise<WebSocket>) => (await new Client(await socket).closed()).code;
    expect(await closeCode(openSocket("0000000000000000000000"))).toBe(4404);
    expect(await closeCode(openSocket("nonsense", undefined, [SUBPROTOCOL]))).toBe(4404);
    expect(await closeCode(openSocket(id, await ticketFor(other, ada)))).toBe(4404);
    expect(await closeCode(openSocket(id, "forged"))).toBe(4401);
    expect(await closeCode(openSocket(id, ada.token))).toBe(4401);
    expect((await upgrade(id, undefined, [], { origin: "https://evil.test" })).status).toBe(403);
  });

  it("[WK14] headers that only the Worker may set do nothing when a client sends them", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const forged = encodeURIComponent(JSON.stringify(ada.user));
    const response = await upgrade(id, undefined, [], {
      "x-palimpsest-user": forged,
      "x-palimpsest-role": "edit",
    });
    const client = new Client(response.webSocket as WebSocket);
    client.send({ kind: "update", update: updateOf(client.doc, paragraph("by whom?")) });
    const reader = await Client.join(id, ada);
    while (reader.text() === "") await reader.next("frames");
    const history = await json<{ entries: { authors: { id: string }[] }[] }>(
      call("GET", `/api/documents/${id}/history`),
    );
    expect(history.entries[0]?.authors.map((author) => author.id)).toEqual(["anonymous"]);
  });
});
