import type { AppendBatch, AuthorNo, NewFrame, Seq } from "@palimpsest/history";
import type { SqlDriver } from "../driver.ts";
import type { LogSizes } from "../sqlite-log.ts";
import { SqliteStore, type StoreOptions } from "../sqlite-store.ts";

/** Bytes that differ from place to place and from salt to salt. */
export function sampleBytes(length: number, salt = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = Math.imul(salt, 0x9e3779b1) | 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

export function edit(length: number, salt = 1, time = 1_000 + salt): NewFrame {
  return { kind: "edit", time, author: 1 as AuthorNo, update: sampleBytes(length, salt) };
}

export function batch(frames: readonly NewFrame[], rest: Partial<AppendBatch> = {}): AppendBatch {
  return { frames, authors: [], owners: new Map(), stateVector: () => new Uint8Array([0]), ...rest };
}

/** Rows change their form at a tenth of the usual sizes, so that short documents show them all. */
export const SMALL: LogSizes = { segment: 400, pack: 6_000, kept: 25_000 };

/** Packs of half the usual size: a few hundred kilobytes then show several. */
export const HALVED: LogSizes = { segment: 4096, pack: 64 * 1024, kept: 256 * 1024 };

/** A store with a created, empty document. */
export function created(driver: SqlDriver, options: StoreOptions = {}): SqliteStore {
  const store = new SqliteStore(driver, options);
  store.create({ documentId: "d1", logId: "l1", createdAt: 500 });
  return store;
}

/** All that are there. */
export function everyFrame(store: SqliteStore) {
  return [...store.framesDescending(Number.MAX_SAFE_INTEGER as Seq)].reverse();
}

/** Everything the database holds, comparable: a blob is shown by its length and a hash of its bytes. */
export function dump(driver: SqlDriver): string {
  const tables = driver
    .query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .map((row) => String(row.name))
    // the platform's own tables cannot be read
    .filter((name) => !name.startsWith("_cf_") && !name.startsWith("sqlite_"));
  const rows = tables.map((name) => [
    name,
    driver
      .query(`SELECT * FROM ${name}`)
      .map((row) =>
        Object.entries(row).map(([key, value]) => [key, value instanceof Uint8Array ? digest(value) : value]),
      ),
  ]);
  return JSON.stringify(rows);
}

export function digest(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${bytes.length}:${(hash >>> 0).toString(16)}`;
}
