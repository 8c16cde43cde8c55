import { runInDurableObject } from "cloudflare:test";
import type { AuthorNo, NewFrame, Seq } from "@palimpsest/history";
import { SqliteStore } from "@palimpsest/store";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { summarise } from "../src/document/summarise.ts";
import { alarmAfterSilence, alarmOf } from "./support/alarm.ts";
import { call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";

const stateOf = async (id: string, at: number | string) =>
  new Uint8Array(await (await call("GET", `/api/documents/${id}/content?format=yjs&at=${at}`)).arrayBuffer());

/** Lets a document have a long past of a kilobyte for each change, written at once as an import of a history does. */
async function rewritten(id: string, changes: number): Promise<void> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await stateOf(id, 1));
  const text = doc.getText("aside");
  const frames: { readonly frame: NewFrame; readonly vector: Uint8Array }[] = [];
  doc.on("update", (update: Uint8Array) => {
    const frame: NewFrame = { kind: "edit", time: Date.now(), author: 1 as AuthorNo, update };
    frames.push({ frame, vector: Y.encodeStateVector(doc) });
  });
  for (let i = 1; i <= changes; i++) {
    doc.transact(() => {
      text.delete(0, text.length);
      text.insert(0, `${i} `.repeat(200).padEnd(1_000, "."));
    });
  }
  await runInDurableObject(stubOf(id), (_, { storage }) => {
    const store = new SqliteStore(sqlDriver(storage), { summarise });
    while (frames.length > 0) {
      const next = frames.splice(0, 20);
      store.append({
        frames: next.map(({ frame }) => frame),
        authors: [],
        owners: new Map(),
        stateVector: () => next.at(-1)?.vector as Uint8Array,
      });
    }
  });
  await hibernate(id);
}

const positions = (id: string) =>
  runInDurableObject(stubOf(id), (_, { storage }) =>
    new SqliteStore(sqlDriver(storage)).snapshots().map(({ seq, isDeflated }) => ({ seq, isDeflated })),
  );

describe("the alarm", () => {
  it("[WK39] a past that is far from any snapshot gets checkpoints, one for each alarm, and shows the same moments", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "T" });
    await rewritten(id, 4_000);
    const textAt = async (at: number) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, await stateOf(id, at));
      return doc.getText("aside").toString();
    };
    const before = await Promise.all([1_400, 2_922].map(textAt));
    const a = await Client.join(id, ada);
    await a.write(paragraph("here"));
    a.close();
    await alarmAfterSilence(id);
    expect(await positions(id)).toHaveLength(1);
    const counts: number[] = [];
    for (let i = 0; i < 4; i++) {
      await hibernate(id);
      await alarmAfterSilence(id);
      counts.push((await positions(id)).length);
    }
    expect(counts).toEqual([2, 3, 3, 3]);
    expect(await alarmOf(id)).toBeNull();
    const [first, second, newest] = await positions(id);
    expect(first?.seq).toBeGreaterThanOrEqual(1_200);
    expect(second?.seq).toBeGreaterThanOrEqual(2_400);
    expect([first, second, newest].map((one) => one?.isDeflated)).toEqual([true, true, false]);
    expect(await Promise.all([1_400, 2_922].map(textAt))).toEqual(before);
    expect(before.map((text) => text.slice(0, 5))).toEqual(["1399 ", "2921 "]);
    const { head } = await stubOf(id).stats();
    expect(newest?.seq).toBe(head as Seq);
    expect(await json(call("GET", `/api/documents/${id}/history?limit=2`))).toMatchObject({ head });
  }, 30_000);
});
