import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { alarmOf, fireAlarm, later } from "./support/alarm.ts";
import { bindings, call, type Guest, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, openSocket, paragraph, ticketFor, upgrade } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";
import { type Listed, list, titles } from "./support/listing.ts";
import { refusal } from "./support/refusal.ts";

const DAY = 24 * 60 * 60 * 1000;

const trash = (id: string, who: Guest) => call("DELETE", `/api/documents/${id}`, { token: who.token });
const untrash = (id: string, who: Guest) =>
  call("POST", `/api/documents/${id}/untrash`, { token: who.token });
const forever = (id: string, who: Guest) =>
  call("DELETE", `/api/documents/${id}?forever=1`, { token: who.token });

async function closeCode(socket: Promise<WebSocket>): Promise<number> {
  const client = new Client(await socket);
  return (await client.closed()).code;
}

/** Rows of the directory in which the document is named. */
async function rowsOf(id: string): Promise<number> {
  const counts = await bindings().DIRECTORY.batch<{ n: number }>(
    [
      "documents WHERE id",
      "texts WHERE document_id",
      "visits WHERE document_id",
      "stars WHERE document_id",
    ].map((of) => bindings().DIRECTORY.prepare(`SELECT count(*) AS n FROM ${of} = ?`).bind(id)),
  );
  return counts.reduce((sum, { results }) => sum + (results[0]?.n ?? 0), 0);
}

const storedKeys = (id: string) =>
  runInDurableObject(stubOf(id), (_, { storage }) =>
    storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name = 'segments'")
      .toArray()
      .flatMap(() => storage.sql.exec("SELECT * FROM segments").toArray()),
  );

describe("the trash", () => {
  it("[WK111] a document in the trash is nowhere else, and comes back as it was", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "Plan", markdown: "step one" });
    (await Client.join(id, ben)).close();
    expect((await trash(id, ada)).status).toBe(204);
    expect((await trash(id, ada)).status).toBe(204);
    expect(await titles(ada)).toEqual([]);
    expect(await titles(ben)).toEqual([]);
    expect(await titles(ada, { query: "step" })).toEqual([]);
    expect(await titles(ben, { view: "trash" })).toEqual([]);
    const [binned] = (await list(ada, { view: "trash" })).documents as [Listed];
    expect(binned.title).toBe("Plan");
    expect(Date.parse(binned.purgedAt ?? "") - Date.parse(binned.deletedAt ?? "")).toBe(30 * DAY);
    expect(await titles(ada, { view: "trash", query: "step" })).toEqual(["Plan"]);

    const back = await untrash(id, ada);
    expect(await json(back)).toMatchObject({ title: "Plan", deletedAt: null, purgedAt: null });
    expect((await untrash(id, ada)).status).toBe(200);
    expect(await titles(ada)).toEqual(["Plan"]);
    expect(await titles(ben, { query: "step" })).toEqual(["Plan"]);
    expect(await titles(ada, { view: "trash" })).toEqual([]);
    expect((await Client.join(id, ben)).text()).toContain("step one");
  });

  it("[WK112] whoever has it open is told, after what they sent is stored; nobody comes in until it is back", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "Open" });
    const client = await Client.join(id, ben);
    const [ticket, another] = [await ticketFor(id, ben), await ticketFor(id, ben)];
    client.edit(paragraph("sent in the last moment"));
    client.edit(paragraph("and one more"));
    await client.next("ack");
    await trash(id, ada);
    expect(await client.closed()).toEqual({
      code: 4410,
      reason: expect.stringMatching(/^This document .*trash/),
    });
    // a ticket from before, also for an object that has forgotten everything; the address alone; a new ticket
    expect(await closeCode(openSocket(id, ticket))).toBe(4410);
    await hibernate(id);
    expect(await closeCode(openSocket(id, another))).toBe(4410);
    expect((await upgrade(id)).webSocket).not.toBeNull();
    expect(await closeCode(openSocket(id))).toBe(4410);
    const path = `/api/documents/${id}`;
    expect(await refusal(call("POST", `${path}/ticket`, { token: ben.token }))).toBe("in-trash");
    expect(await refusal(call("GET", `${path}/content`))).toBe("in-trash");
    expect(await refusal(call("GET", path, { token: ben.token }))).toBe("in-trash");
    expect(await refusal(call("PATCH", path, { token: ada.token, body: { title: "x" } }))).toBe("in-trash");
    expect(await refusal(call("POST", `${path}/copy`, { token: ben.token, body: {} }))).toBe("in-trash");
    expect(await refusal(call("PUT", `${path}/star`, { token: ben.token }))).toBe("in-trash");
    expect(await json(call("GET", path, { token: ada.token }))).toMatchObject({
      isOwner: true,
      title: "Open",
    });
    await untrash(id, ada);
    expect((await Client.join(id, ben)).text()).toMatch(/sent in the last moment.*and one more/);
  });

  it("[WK113] only the owner moves a document to the trash, back, or out of the world", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "Ada's" });
    expect(await refusal(trash(id, ben))).toBe("forbidden");
    expect(await refusal(forever(id, ben))).toBe("forbidden");
    await trash(id, ada);
    expect(await refusal(untrash(id, ben))).toBe("forbidden");
    expect(await refusal(forever(id, ben))).toBe("forbidden");
    expect(await refusal(call("POST", `/api/documents/${id}/untrash`))).toBe("forbidden");
    expect(await titles(ada, { view: "trash" })).toEqual(["Ada's"]);
    expect(await refusal(untrash("0".repeat(22), ada))).toBe("not-found");
    expect(await refusal(call("DELETE", `/api/documents/${id}?forever=yes`, { token: ada.token }))).toBe(
      "bad-request",
    );
  });

  it("[WK114] after 30 days an alarm removes everything of it, and before that nothing", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "Old", markdown: "to be forgotten" });
    (await Client.join(id, ben)).close();
    await call("PUT", `/api/documents/${id}/star`, { token: ben.token });
    await trash(id, ada);
    await later(29 * DAY, () => fireAlarm(id));
    expect(await titles(ada, { view: "trash" })).toEqual(["Old"]);
    const due = (await alarmOf(id)) ?? 0;
    expect(Math.abs(due - Date.now() - 30 * DAY)).toBeLessThan(60_000);
    expect((await storedKeys(id)).length).toBeGreaterThan(0);
    await later(30 * DAY + 1_000, () => fireAlarm(id));
    expect(await rowsOf(id)).toBe(0);
    expect(await storedKeys(id)).toEqual([]);
    expect(await alarmOf(id)).toBeNull();
    expect(await refusal(untrash(id, ada))).toBe("not-found");
    expect(await titles(ada, { view: "trash" })).toEqual([]);
  });

  it("[WK115] deleted for good is gone at once: log, rows, words of the search, connections", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "Gone", markdown: "unforgettable" });
    const client = await Client.join(id, ada);
    const ticket = await ticketFor(id, ada);
    expect((await forever(id, ada)).status).toBe(204);
    expect((await client.closed()).code).toBe(4404);
    expect(await closeCode(openSocket(id, ticket))).toBe(4404);
    expect(await rowsOf(id)).toBe(0);
    expect(await storedKeys(id)).toEqual([]);
    expect(await refusal(forever(id, ada))).toBe("not-found");
    const { results } = await bindings()
      .DIRECTORY.prepare("SELECT rowid FROM texts_fts WHERE texts_fts MATCH 'unforgettable'")
      .all();
    expect(results).toEqual([]);
  });

  it("[WK115] what was cut off while it was removed is removed by an alarm", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "Half gone" });
    await trash(id, ada);
    await runInDurableObject(stubOf(id), async (object, state) => {
      const { deleteAll } = state.storage;
      state.storage.deleteAll = () => Promise.reject(new Error("cut off"));
      await expect(object.deleteForever()).rejects.toThrow("cut off");
      state.storage.deleteAll = deleteAll;
    });
    expect((await storedKeys(id)).length).toBeGreaterThan(0);
    expect(await refusal(untrash(id, ada))).toBe("not-found");
    await hibernate(id);
    await later(60 * 60 * 1000, () => fireAlarm(id));
    expect(await storedKeys(id)).toEqual([]);
  });
});
