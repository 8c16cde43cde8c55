import { runInDurableObject } from "cloudflare:test";
import { RoomHost } from "@palimpsest/room";
import { SCHEMA_VERSION } from "@palimpsest/schema";
import { SqliteStore } from "@palimpsest/store";
import * as encoding from "lib0/encoding";
import { describe, expect, it } from "vitest";
import { expectFailure } from "../src/document/compaction.ts";
import { HibernatingSockets } from "../src/document/sockets.ts";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { Upkeep } from "../src/document/upkeep.ts";
import { alarmAfterSilence, alarmOf, fireAlarm, turn } from "./support/alarm.ts";
import { bindings, call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { beside } from "./support/beside.ts";
import { Client, paragraph } from "./support/client.ts";
import { filesOf } from "./support/files.ts";
import { hibernate } from "./support/hibernate.ts";

const content = (id: string, at: number) => json(call("GET", `/api/documents/${id}/content?at=${at}`));

describe("the alarm", () => {
  it("[I5] a snapshot changes no moment of the document, and the log stays", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, {
      markdown: "# Seed\n\n".concat("some text to start with\n\n".repeat(1_200)),
    });
    const a = await Client.join(id, ada);
    for (let i = 0; i < 12; i++) await a.write(paragraph(`line ${i}`));
    await a.write((doc) => doc.getXmlFragment("default").delete(2, 150));
    const moments = async () => {
      const { head } = await stubOf(id).stats();
      return Promise.all(Array.from({ length: head + 1 }, (_, at) => content(id, at)));
    };
    const before = await moments();
    const { logBytes, snapshots } = await stubOf(id).stats();
    expect(snapshots).toBe(0);

    await alarmAfterSilence(id);
    const after = await stubOf(id).stats();
    expect(after).toMatchObject({ snapshots: 1, logBytes });
    await hibernate(id);
    expect(await moments()).toEqual(before);
    const late = await Client.join(id, ada);
    expect(late.received.map(({ kind }) => kind)).toEqual(["welcome", "part", "synced"]);
    expect(late.text()).toBe(a.text());
    expect(await late.write(paragraph("goes on"))).toBe(after.head + 1);
  });

  it("[WK16] the directory learns the title that somebody typed", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "Draft" });
    const a = await Client.join(id, ada);
    await a.write((doc) => doc.getMap("meta").set("title", "Final"));
    await alarmAfterSilence(id);
    expect(await json(call("GET", `/api/documents/${id}`))).toMatchObject({ title: "Final" });
  });

  it("[WK17] while people type it looks again later instead of compacting", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "words ".repeat(5000) });
    const a = await Client.join(id, ada);
    await a.write(paragraph("typing"));
    await fireAlarm(id);
    expect((await stubOf(id).stats()).snapshots).toBe(0);
    const next = await alarmOf(id);
    expect(next).toBeGreaterThan(Date.now());
  });

  it("[WK22] a state that cannot be compacted stays readable and writable, and is not tried again at once", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "words ".repeat(5000) });
    const a = await Client.join(id, ada);
    await a.write((doc) => doc.getText("aside").insert(0, "abcdef"));
    a.push(twisted(123_456, a.doc.clientID));
    await a.next("ack");
    await alarmAfterSilence(id);
    const failed = await stubOf(id).stats();
    expect(failed.snapshots).toBe(0);
    await a.write(paragraph("goes on"));
    await alarmAfterSilence(id);
    expect((await stubOf(id).stats()).rowsWritten - failed.rowsWritten).toBeLessThan(6);
    expect((await Client.join(id, ada)).text()).toContain("goes on");
  });

  it("[WK33] an object that died while compacting a large document does not try that again at once, one that did not does", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "T" });
    const a = await Client.join(id, ada);
    const write = () => a.write((doc) => doc.getText("long").insert(0, "words ".repeat(200_000)));
    await write();
    await alarmAfterSilence(id);
    await write();
    await alarmAfterSilence(id);
    expect((await stubOf(id).stats()).snapshots).toBe(2);

    await write();
    await runInDurableObject(stubOf(id), async (_, state) => {
      const store = new SqliteStore(sqlDriver(state.storage));
      await expectFailure(store, () => state.storage.sync());
      state.abort("out of memory");
    }).catch(() => undefined);
    await alarmAfterSilence(id);
    const { snapshots, head } = await stubOf(id).stats();
    expect({ snapshots, head }).toEqual({ snapshots: 2, head: 4 });
    expect((await Client.join(id, ada)).doc.getText("long").length).toBe(3_600_000);
  });

  it("[WK34] who writes while the directory is told does not wait for the next sweep", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "T" });
    await Client.join(id, ada);
    await (await Client.join(id, ada)).write(paragraph("news"));
    const now = Date.now() + 10_000;
    const next = await runInDurableObject(stubOf(id), async (_, state) => {
      const { storage } = state;
      const store = new SqliteStore(sqlDriver(storage));
      const sockets = new HibernatingSockets(state);
      const nobody = () => undefined;
      const host = new RoomHost(
        { store, sockets, differed: nobody, dirty: nobody, flushAt: nobody },
        { schemaVersion: SCHEMA_VERSION, crowdMs: 0 },
      );
      const directory = new Proxy(bindings().DIRECTORY, {
        get: (target, name) => {
          if (name === "prepare") upkeep.dirty(now);
          return Reflect.get(target, name).bind(target);
        },
      });
      const upkeep: Upkeep = new Upkeep({
        storage,
        store,
        sockets,
        host,
        ...beside(store, directory),
        files: filesOf(storage, store),
        keepMs: null,
      });
      await upkeep.run(now);
      await turn();
      return storage.getAlarm();
    });
    expect(next).toBeGreaterThan(now);
    expect(next).toBeLessThan(now + 32_000);
  });
});

/** A character whose left neighbour lies right of its right one: Yjs orders it differently at each load. */
function twisted(client: number, author: number): Uint8Array {
  const out = encoding.createEncoder();
  for (const number of [1, 1, client, 0]) encoding.writeVarUint(out, number);
  encoding.writeUint8(out, 0b1100_0100);
  for (const number of [author, 3, author, 1]) encoding.writeVarUint(out, number);
  encoding.writeVarString(out, "?");
  encoding.writeVarUint(out, 0);
  return encoding.toUint8Array(out);
}
