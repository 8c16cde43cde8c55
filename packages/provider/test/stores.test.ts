import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { isFull } from "../src/copy/store.ts";
import { type CopyHead, IndexedDbStore } from "../src/index.ts";
import { MemoryDisk } from "./support/memory-store.ts";
import { storeContract } from "./support/store-contract.ts";

let databases = 0;

storeContract("memory", () => {
  const disk = new MemoryDisk();
  return () => disk.open();
});

storeContract("IndexedDB", () => {
  const name = `contract-${databases++}`;
  return () => new IndexedDbStore(name);
});

test("[PV61] a browser without IndexedDB is told of as a failure, and asked again the next time", async () => {
  const store = new IndexedDbStore("absent");
  const real = globalThis.indexedDB;
  Object.defineProperty(globalThis, "indexedDB", { value: undefined, configurable: true, writable: true });
  try {
    await expect(store.list()).rejects.toThrow("no IndexedDB");
  } finally {
    globalThis.indexedDB = real;
  }
  expect(await store.list()).toEqual([]);
});

test("[PV60] a write that fails in the middle leaves nothing of it, and its own reason", async () => {
  const store = new IndexedDbStore("broken");
  const head = { documentId: "d", generation: "g" } as CopyHead;
  const row = (number: number) => ({ row: number, tab: "a", update: new Uint8Array(1), checksum: 0 });
  await store.change("d", "head", () => ({ result: null, change: { head, rows: [row(0)] } }));
  const put = IDBObjectStore.prototype.put;
  let puts = 0;
  IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
    if (++puts === 2) throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, args);
  };
  try {
    const failure = store.change("d", "head", () => ({ result: null, change: { rows: [row(1), row(2)] } }));
    await expect(failure).rejects.toThrow("no room");
    await expect(failure.catch(isFull)).resolves.toBe(true);
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  const rows = await store.change("d", "all", (copy) => ({ result: copy.rows, change: null }));
  expect(rows.map((each) => each.row)).toEqual([0]);
});

test("[PV61] a database that was deleted under an open tab is made anew", async () => {
  const store = new IndexedDbStore("deleted");
  expect(await store.list()).toEqual([]);
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase("deleted");
    request.onsuccess = resolve;
    request.onerror = reject;
  });
  expect(await store.list()).toEqual([]);
  expect(await store.asides("d")).toEqual([]);
});
