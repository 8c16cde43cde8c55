import type { Seq } from "@palimpsest/history";
import type { SqlDriver, SqlValue } from "./driver.ts";
import { join } from "./parts.ts";
import { decodeSegment } from "./segment.ts";

/** Raised with each change of the tables; `migrate` brings an older database forward. */
export const STORE_VERSION = 2;

/** What a segment's row holds in `bytes`. */
export const SegmentForm = {
  open: 0,
  closed: 1,
  packed: 2,
  /** Closed, and too large to gain from packing: it stays as it is. */
  kept: 3,
} as const;

const metaTable = "CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID";
const parts = [
  "CREATE TABLE segment_parts (first_seq INTEGER, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (first_seq, part)) STRICT, WITHOUT ROWID",
  `CREATE TABLE snapshot_parts (
     seq INTEGER, section TEXT, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (seq, section, part)
   ) STRICT, WITHOUT ROWID`,
];
const segments = (name: string) =>
  // rows and wakes are running totals: they live in the newest row because that one is written anyway
  `CREATE TABLE ${name} (
     first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, last_time INTEGER NOT NULL, form INTEGER NOT NULL,
     extra_parts INTEGER NOT NULL, size INTEGER NOT NULL, rows INTEGER NOT NULL, wakes INTEGER NOT NULL,
     state_vector BLOB, bytes BLOB NOT NULL
   ) STRICT`;
/**
 * A small snapshot is its row; the sections of a large one stand in `snapshot_parts`, and are null here. It keeps the
 * totals as well: writing them to the newest segment would be a row more.
 */
const snapshots = (name: string) =>
  `CREATE TABLE ${name} (
     seq INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, size INTEGER NOT NULL, collected INTEGER NOT NULL,
     rows INTEGER NOT NULL, wakes INTEGER NOT NULL, state_vector BLOB, delete_set BLOB, bytes BLOB
   ) STRICT`;
const besides = [
  "CREATE TABLE authors (no INTEGER PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL) STRICT",
  "CREATE TABLE owners (client INTEGER PRIMARY KEY, author INTEGER NOT NULL) STRICT",
  `CREATE TABLE versions (
     id TEXT PRIMARY KEY, seq INTEGER NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL,
     author INTEGER NOT NULL, automatic INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
];

/** Small facts about the document, by their keys. */
export type Meta = ReadonlyMap<string, SqlValue>;

export function readMeta(driver: SqlDriver): Meta {
  return new Map(
    driver.query("SELECT key, value FROM meta").map((row) => [row.key as string, row.value ?? null]),
  );
}

/** Brings the database to STORE_VERSION. A database of a newer program is refused, never touched. */
export function migrate(driver: SqlDriver): Meta {
  const meta = metaIfAny(driver);
  const version = Number(meta.get("store-version") ?? 0);
  if (version > STORE_VERSION) {
    throw new Error(
      `this document was written by a newer version (${version}) of the program than ${STORE_VERSION}`,
    );
  }
  if (version === STORE_VERSION) return meta;
  driver.transaction(() => {
    if (version === 0) {
      for (const sql of [metaTable, segments("segments"), ...parts, snapshots("snapshots"), ...besides])
        driver.exec(sql);
    }
    if (version === 1) from1(driver);
    driver.exec(
      "INSERT INTO meta (key, value) VALUES ('store-version', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      STORE_VERSION,
    );
  });
  return readMeta(driver);
}

/** Of an empty database nothing. It is asked for at once, because this is the beginning of each wake. */
function metaIfAny(driver: SqlDriver): Meta {
  try {
    return readMeta(driver);
  } catch (error) {
    // (`PRAGMA user_version` would be the usual place for a version; Durable Objects refuse it.)
    const tables = driver.query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'");
    if (tables.length > 0) throw error;
    return new Map();
  }
}

/** Version 1 kept the newest state vector beside the log, and each section of a snapshot in rows of its own. */
function from1(driver: SqlDriver): void {
  const base = driver.query("SELECT value FROM meta WHERE key = 'base-seq'")[0]?.value ?? null;
  const vector = driver.query("SELECT value FROM meta WHERE key = 'base-state-vector'")[0]?.value ?? null;
  driver.exec(segments("segments_2"));
  for (const { first_seq: first } of driver.query("SELECT first_seq FROM segments ORDER BY first_seq")) {
    const row = driver.query("SELECT * FROM segments WHERE first_seq = ?", first as number)[0] ?? {};
    const more = driver.query(
      "SELECT bytes FROM segment_parts WHERE first_seq = ? ORDER BY part",
      first as number,
    );
    const bytes = join([row.bytes, ...more.map((part) => part.bytes)] as Uint8Array[]);
    driver.exec(
      `INSERT INTO segments_2 (first_seq, last_seq, last_time, form, extra_parts, size, rows, wakes, state_vector, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      first as number,
      row.last_seq as number,
      decodeSegment(bytes, first as Seq).at(-1)?.time ?? 0,
      row.closed as number,
      row.extra_parts as number,
      row.size as number,
      row.rows as number,
      row.wakes as number,
      row.last_seq === base ? vector : null,
      row.bytes as Uint8Array,
    );
  }
  driver.exec("DROP TABLE segments");
  driver.exec("ALTER TABLE segments_2 RENAME TO segments");
  driver.exec("DELETE FROM meta WHERE key IN ('base-seq', 'base-state-vector')");
  driver.exec(snapshots("snapshots_2"));
  driver.exec(
    "INSERT INTO snapshots_2 (seq, created_at, size, collected, rows, wakes) SELECT seq, created_at, size, 1, 0, 0 FROM snapshots",
  );
  driver.exec("DROP TABLE snapshots");
  driver.exec("ALTER TABLE snapshots_2 RENAME TO snapshots");
}
