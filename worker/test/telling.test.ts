import { runInDurableObject } from "cloudflare:test";
import type { UserId } from "@palimpsest/protocol";
import { SqliteStore } from "@palimpsest/store";
import { describe, expect, it } from "vitest";
import { Directory } from "../src/directory/directory.ts";
import { listDocuments } from "../src/directory/listing.ts";
import { tablesOf } from "../src/directory/tables.ts";
import { type TellingContent, tell } from "../src/directory/telling.ts";
import { Messenger } from "../src/document/messenger.ts";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { Trash } from "../src/document/trash.ts";
import { alarmOf, fireAlarm, later } from "./support/alarm.ts";
import { bindings, call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { list, titles } from "./support/listing.ts";

const IN_USE = { revision: 0, at: null };

const content = (seq: number, title: string, text: string | null): TellingContent => ({
  seq,
  title,
  updatedAt: 1_000 + seq,
  changedBy: { id: "u_ada", name: "Ada" },
  text,
});

/** A directory that cannot be reached, as D1 says that. */
function away(): D1Database {
  const fail = () => Promise.reject(new Error("D1_ERROR: the database is unreachable"));
  return new Proxy(bindings().DIRECTORY, {
    get: (target, name) => (name === "batch" ? fail : Reflect.get(target, name).bind(target)),
  });
}

describe("telling the directory", () => {
  it("[WK116] is the same whether it is told once, twice or in another order", async () => {
    const ada = await guest("Ada");
    const db = bindings().DIRECTORY;
    const tellings = [
      { trash: IN_USE, content: content(3, "First", "alpha") },
      { trash: { revision: 1, at: 77 }, content: content(5, "Second", "beta") },
      { trash: { revision: 2, at: null }, content: content(6, "Third", "gamma") },
      { trash: { revision: 2, at: null }, content: content(9, "Fourth", null) },
    ];
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 2, 0, 3, 1],
      [1, 3, 0, 2, 2, 0],
    ];
    for (const order of orders) {
      const id = await newDocument(ada);
      for (const index of order) {
        const telling = tellings[index];
        if (telling !== undefined) await tell(db, { id, ...telling });
      }
      const found = await titles(ada, { query: "gamma" });
      expect(found, order.join()).toEqual(["Fourth"]);
      expect(await titles(ada, { query: "alpha" })).toEqual([]);
      expect(await titles(ada, { query: "fourth" })).toEqual(["Fourth"]);
      expect(await json(call("GET", `/api/documents/${id}`))).toMatchObject({
        title: "Fourth",
        deletedAt: null,
        updatedAt: new Date(1_009).toISOString(),
        changedBy: { name: "Ada" },
      });
      await new Directory(db).remove(id);
      for (const telling of tellings) await tell(db, { id, ...telling });
      expect((await list(ada)).documents).toEqual([]);
    }
  });

  it("[WK117] who types notices nothing of a directory that is away; it is told until it knows", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "Steady", markdown: "before" });
    await stubOf(id).tell();
    const client = await Client.join(id, ada);
    await client.write(paragraph("meanwhile"));
    const retries = await runInDurableObject(stubOf(id), async (_, { storage }) => {
      const store = new SqliteStore(sqlDriver(storage));
      const waits: (number | null)[] = [];
      // each time in a new life, as after hibernation
      for (let i = 0; i < 8; i++) {
        const parts = { store, trash: new Trash(store), directory: away() };
        waits.push(await new Messenger(parts).deliver(0, true, 1));
      }
      return waits;
    });
    expect(retries).toEqual([30, 60, 120, 240, 480, 960, 1_800, 1_800].map((seconds) => seconds * 1_000));
    expect(await client.write(paragraph("goes on"))).toBeGreaterThan(0);
    expect(await titles(ada, { query: "meanwhile" })).toEqual([]);
    client.close();
    await later(60_000, () => fireAlarm(id));
    expect(await titles(ada, { query: "meanwhile" })).toEqual(["Steady"]);
  });

  it("[WK117] an alarm that cannot reach the directory asks for another", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "Again" });
    const client = await Client.join(id, ada);
    await client.write(paragraph("text"));
    const db = bindings().DIRECTORY;
    const { batch } = db;
    db.batch = () => Promise.reject(new Error("D1_ERROR: the database is unreachable"));
    try {
      await later(60_000, () => fireAlarm(id));
    } finally {
      db.batch = batch;
    }
    expect(await alarmOf(id)).toBeGreaterThan(Date.now());
    await later(200_000, () => fireAlarm(id));
    expect(await titles(ada, { query: "text" })).toEqual(["Again"]);
  });

  it("[WK118] when the last one leaves it is told soon", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const client = await Client.join(id, ada);
    await client.write((doc) => doc.getMap("meta").set("title", "Typed"));
    client.close();
    await expect
      .poll(async () => ((await alarmOf(id)) ?? Number.POSITIVE_INFINITY) - Date.now())
      .toBeLessThan(6_000);
    await later(5_000, () => fireAlarm(id));
    expect(await titles(ada)).toEqual(["Typed"]);
  });

  it("[WK119] what the directory lacks is asked for when somebody lists it", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "Forgotten", markdown: "lost words" });
    await stubOf(id).tell();
    const db = bindings().DIRECTORY;
    await db.batch([
      db.prepare("UPDATE documents SET told_seq = -1 WHERE id = ?").bind(id),
      db.prepare("UPDATE texts SET seq = -1, body = '' WHERE document_id = ?").bind(id),
    ]);
    expect(await titles(ada, { query: "lost" })).toEqual([]);
    await list(ada);
    await expect.poll(() => titles(ada, { query: "lost" })).toEqual(["Forgotten"]);
  });

  it("[WK119] a directory of before there was a search is brought forward, by two at once as well", async () => {
    const db = bindings().DIRECTORY;
    const tables = await db
      .prepare(
        "SELECT name, type FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'texts\\_fts\\_%' ESCAPE '\\'",
      )
      .all<{ name: string; type: string }>();
    for (const { name, type } of tables.results)
      if (type === "table") await db.prepare(`DROP TABLE IF EXISTS ${name}`).run();
    const old = [
      `CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT NOT NULL, owner TEXT NOT NULL, link_role TEXT NOT NULL,
         created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER)`,
      `CREATE TABLE visits (user_id TEXT NOT NULL, document_id TEXT NOT NULL, opened_at INTEGER NOT NULL,
         PRIMARY KEY (user_id, document_id)) WITHOUT ROWID`,
      "CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
      "INSERT INTO documents VALUES ('d1', 'Old title', 'u_1', 'edit', 1, 2, NULL)",
    ];
    for (const sql of old) await db.prepare(sql).run();
    // another isolate has its own memory of what it has looked at
    const isolates = [0, 1].map(() => new Proxy(db, { get: (on, name) => Reflect.get(on, name).bind(on) }));
    await Promise.all(isolates.map((isolate) => tablesOf(isolate)));
    const { entries } = await listDocuments(
      db,
      "u_1" as UserId,
      { view: "recent", sort: "opened" },
      null,
      10,
    );
    expect(entries).toMatchObject([{ id: "d1", title: "Old title", toldSeq: -1 }]);
  });
});
