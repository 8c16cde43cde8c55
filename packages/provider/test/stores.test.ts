import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { IndexedDbStore } from "../src/index.ts";
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
