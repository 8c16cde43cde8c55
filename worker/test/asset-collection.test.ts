import { runInDurableObject } from "cloudflare:test";
import type { Seq } from "@palimpsest/history";
import { SqliteAssets, SqliteStore, type StoredAsset } from "@palimpsest/store";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { GRACE_MS, planCollection, WRITING_MS } from "../src/assets/collection.ts";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { summarise } from "../src/document/summarise.ts";
import { fireAlarm, later } from "./support/alarm.ts";
import { call, type Guest, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { bucket, bucketOf, bytesOf, filesOf, uploaded } from "./support/files.ts";
import { hibernate } from "./support/hibernate.ts";
import { png } from "./support/pictures.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A picture at the end of the text. */
function picture(src: string): (doc: Y.Doc) => void {
  return (doc) => {
    const element = new Y.XmlElement("image");
    element.setAttribute("src", src);
    doc.getXmlFragment("default").push([element]);
  };
}

const removeLast = (doc: Y.Doc) => {
  const text = doc.getXmlFragment("default");
  text.delete(text.length - 1, 1);
};

function noted(id: string): Promise<StoredAsset[]> {
  return runInDurableObject(stubOf(id), (_, { storage }) => new SqliteAssets(sqlDriver(storage)).list());
}

async function withPicture(): Promise<{ ada: Guest; id: string; a: Client; asset: string; src: string }> {
  const ada = await guest("Ada");
  const id = await newDocument(ada, { markdown: "text" });
  const a = await Client.join(id, ada);
  const { asset, src } = await uploaded(id, ada, png(20, 10));
  return { ada, id, a, asset, src };
}

describe("files nobody needs any more", () => {
  it("[WK91] what was never put into the text goes after its time, what any moment shows stays", async () => {
    const { ada, id, a, asset, src } = await withPicture();
    const { asset: unused } = await uploaded(id, ada, png(5, 5));
    await a.write(picture(src));
    await a.write(removeLast);
    await later(GRACE_MS - DAY, () => fireAlarm(id));
    expect(await bucketOf(id)).toEqual([asset, unused].sort());
    await hibernate(id);
    for (let step = 0; step < 4; step++) await later(GRACE_MS + DAY, () => fireAlarm(id));
    // the picture is in no present text, but earlier moments show it
    expect(await bucketOf(id)).toEqual([asset]);
    expect(await noted(id)).toMatchObject([{ id: asset, isStored: true, foundAt: 2 }]);
    expect((await call("GET", `/api/documents/${id}/assets/${unused}`)).status).toBe(404);
    expect(await bytesOf(call("GET", `/api/documents/${id}/assets/${asset}`))).toEqual(png(20, 10));
  });

  it("[WK91] the alarm is set for it, also after others have fired, and none is left when all is settled", async () => {
    const { id, a, src } = await withPicture();
    await a.write(picture(src));
    a.close();
    let at: number | null = null;
    for (let step = 0; step < 5; step++) {
      await later(step * 120_000 + 60_000, () => fireAlarm(id));
      at = await runInDurableObject(stubOf(id), (_, { storage }) => storage.getAlarm());
    }
    expect(at).toBeGreaterThan(Date.now() + GRACE_MS - DAY);
    await later(GRACE_MS + DAY, () => fireAlarm(id));
    expect(await noted(id)).toMatchObject([{ foundAt: 2 }]);
    expect(await runInDurableObject(stubOf(id), (_, { storage }) => storage.getAlarm())).toBeNull();
  });

  it("[WK92] cut off at any step of it, it goes on where it was, and never forgets what is still there", async () => {
    const { id } = await withPicture();
    await runInDurableObject(stubOf(id), async (_, { storage }) => {
      const store = new SqliteStore(sqlDriver(storage), { summarise });
      const assets = new SqliteAssets(sqlDriver(storage));
      const now = Date.now() + GRACE_MS + DAY;
      const failing = new Proxy(bucket(), {
        get: (target, name) =>
          name === "delete"
            ? () => Promise.reject(new Error("the bucket cannot be reached"))
            : Reflect.get(target, name).bind(target),
      });
      const broken = filesOf(storage, store, failing);
      expect(await broken.tend(now)).toBe(now);
      await expect(broken.tend(now)).rejects.toThrow("cannot be reached");
      expect(assets.list()).toMatchObject([{ isStored: false }]);
      expect(await bucketOf(id)).toHaveLength(1);
      // the bytes went, and the process died before that was noted
      await bucket().delete(`${id}/${assets.list()[0]?.id}`);
      expect(await filesOf(storage, store).tend(now)).toBeNull();
      expect(assets.list()).toEqual([]);
    });
  });

  it("[WK92] bytes that were noted and never said to be there go, even when the text speaks of them", async () => {
    const { ada, id, a } = await withPicture();
    const lost = "L".repeat(22);
    const file = { name: "", mime: "image/png", size: 9, width: 1, height: 1, by: ada.user.id };
    await stubOf(id).reserveFiles([{ id: lost, ...file, uploadedAt: Date.now() }]);
    await bucket().put(`${id}/${lost}`, png(1, 1));
    await a.write(picture(`asset:${lost}`));
    await later(WRITING_MS / 2, () => fireAlarm(id));
    expect(await bucketOf(id)).toContain(lost);
    for (let step = 0; step < 3; step++) await later(WRITING_MS + DAY / 24, () => fireAlarm(id));
    expect(await bucketOf(id)).not.toContain(lost);
    expect(await noted(id)).toHaveLength(1);
  });

  it("[WK93] where the past is made shorter, pictures of what was dropped go, and those of versions stay", async () => {
    const { ada, id, a, asset, src } = await withPicture();
    const second = await uploaded(id, ada, png(3, 3));
    const third = await uploaded(id, ada, png(4, 4));
    await a.write(picture(src));
    const named = await json<{ seq: number }>(
      call("POST", `/api/documents/${id}/versions`, { token: ada.token, body: { name: "With picture" } }),
    );
    await a.write(removeLast);
    await a.write(picture(second.src));
    await a.write(removeLast);
    await a.write(picture(third.src));
    await a.write(paragraph("later"));
    const { head } = await stubOf(id).stats();
    await runInDurableObject(stubOf(id), async (_, { storage }) => {
      const store = new SqliteStore(sqlDriver(storage), { summarise });
      const files = filesOf(storage, store);
      let now = Date.now() + GRACE_MS + DAY;
      const settle = async () => {
        for (let next: number | null = now; next !== null && next <= now; ) next = await files.tend(now);
      };
      await settle();
      expect(files.list()).toHaveLength(3);
      const { compactState } = await import("../src/document/compaction.ts");
      const { updatesAt } = await import("../src/document/moment.ts");
      for (const seq of [named.seq, head] as Seq[])
        store.writeSnapshot({ seq, createdAt: now, ...compactState(updatesAt(seq, store)) });
      store.thin(head as Seq, []);
      await settle();
      // what could be taken back yesterday can still be taken back today
      expect(files.list()).toHaveLength(3);
      now += GRACE_MS + DAY;
      await settle();
      expect(files.list().map(({ id }) => id)).toEqual([asset, third.asset].sort());
    });
    expect(await bucketOf(id)).toEqual([asset, third.asset].sort());
  });

  it("[WK91] what is to be done is decided from what is noted alone", () => {
    const base = {
      name: "",
      mime: "image/png",
      size: 1,
      width: 1,
      height: 1,
      by: "u",
      uploadedAt: 0,
      isStored: true,
    };
    const asset = (change: Partial<StoredAsset>): StoredAsset => ({
      id: "a",
      ...base,
      foundAt: null,
      lookedThrough: 5 as Seq,
      unusedSince: 0,
      ...change,
    });
    const kept = { head: 9 as Seq, floor: 0 as Seq };
    const cut = { head: 9 as Seq, floor: 7 as Seq };
    expect(planCollection([], kept, GRACE_MS)).toEqual({ kind: "none" });
    expect(planCollection([asset({ foundAt: 3 as Seq })], kept, GRACE_MS)).toEqual({ kind: "none" });
    expect(planCollection([asset({})], kept, GRACE_MS - 1)).toEqual({ kind: "wait", at: GRACE_MS });
    expect(planCollection([asset({})], kept, GRACE_MS)).toEqual({ kind: "look", after: 5, ids: ["a"] });
    expect(planCollection([asset({ lookedThrough: 9 as Seq })], kept, GRACE_MS)).toEqual({
      kind: "condemn",
      ids: ["a"],
    });
    expect(planCollection([asset({})], cut, GRACE_MS)).toEqual({ kind: "look-below", ids: ["a"] });
    expect(planCollection([asset({ foundAt: 6 as Seq })], cut, 1)).toEqual({
      kind: "look-below",
      ids: ["a"],
    });
    expect(planCollection([asset({ foundAt: 7 as Seq })], cut, 1)).toEqual({ kind: "none" });
    expect(planCollection([asset({ isStored: false })], kept, WRITING_MS - 1)).toEqual({
      kind: "wait",
      at: WRITING_MS,
    });
    expect(planCollection([asset({ isStored: false })], kept, WRITING_MS)).toEqual({
      kind: "remove",
      ids: ["a"],
    });
  });
});

describe("files of copies and of what is gone", () => {
  it("[WK94] a copy owns copies of the pictures that it shows, and each goes its own way", async () => {
    const { ada, id, a, asset, src } = await withPicture();
    const ben = await guest("Ben");
    for (let i = 0; i < 11; i++)
      await a.write(picture((await uploaded(id, ada, png(i + 1, 2), `${i}.png`)).src));
    await a.write(picture(src));
    const { asset: unused } = await uploaded(id, ada, png(5, 5));
    const { id: copy } = await json<{ id: string }>(
      call("POST", `/api/documents/${id}/copy`, { token: ben.token, body: {} }),
    );
    expect(await bucketOf(copy)).toEqual((await bucketOf(id)).filter((one) => one !== unused));
    expect(await bucketOf(copy)).toHaveLength(12);
    const copied = await noted(copy);
    expect(copied.every(({ isStored, by }) => isStored && by === ben.user.id)).toBe(true);
    await call("DELETE", `/api/documents/${id}`, { token: ada.token });
    await stubOf(id).purge(id);
    expect(await bucketOf(id)).toEqual([]);
    const response = await call("GET", `/api/documents/${copy}/assets/${asset}`, { token: ben.token });
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(await bytesOf(response)).toEqual(png(20, 10));
    for (let step = 0; step < 4; step++) await later(GRACE_MS + DAY, () => fireAlarm(copy));
    expect(await bucketOf(copy)).toHaveLength(12);
  });

  it("[WK94] a picture that is missing in the source does not keep the text from being copied", async () => {
    const { ada, id, a, asset, src } = await withPicture();
    await a.write(picture(src));
    await bucket().delete(`${id}/${asset}`);
    const made = await call("POST", `/api/documents/${id}/copy`, { token: ada.token, body: {} });
    expect(made.status).toBe(201);
    const { id: copy } = await json<{ id: string }>(made);
    expect(await noted(copy)).toEqual([]);
  });

  it("[WK95] a restore brings a deleted picture back, bytes and all", async () => {
    const { ada, id, a, src, asset } = await withPicture();
    const seq = await a.write(picture(src));
    await a.write(removeLast);
    for (let step = 0; step < 4; step++) await later(GRACE_MS + DAY, () => fireAlarm(id));
    await call("POST", `/api/documents/${id}/restore`, { token: ada.token, body: { to: seq } });
    const { content } = await json<{ content: unknown }>(call("GET", `/api/documents/${id}/content`));
    expect(JSON.stringify(content)).toContain(`asset:${asset}`);
    expect((await call("GET", `/api/documents/${id}/assets/${asset}`)).status).toBe(200);
  });

  it("[WK96] a document that is gone for good leaves no file", async () => {
    const { id, a, src } = await withPicture();
    await a.write(picture(src));
    await bucket().put(`${id}/${"x".repeat(22)}`, png(1, 1));
    await stubOf(id).purge(id);
    expect(await bucketOf(id)).toEqual([]);
  });
});
