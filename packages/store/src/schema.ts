import type { SqlDriver } from "./driver.ts";

/** Raised with each change of the tables; `migrate` brings an older database forward. */
export const STORE_VERSION = 1;

const tables = [
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID",
  // rows and wakes are running totals: they live in the newest row because that one is written anyway
  `CREATE TABLE segments (
     first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, closed INTEGER NOT NULL,
     extra_parts INTEGER NOT NULL, size INTEGER NOT NULL, rows INTEGER NOT NULL, wakes INTEGER NOT NULL,
     bytes BLOB NOT NULL
   ) STRICT`,
  "CREATE TABLE segment_parts (first_seq INTEGER, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (first_seq, part)) STRICT, WITHOUT ROWID",
  "CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, size INTEGER NOT NULL) STRICT",
  `CREATE TABLE snapshot_parts (
     seq INTEGER, section TEXT, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (seq, section, part)
   ) STRICT, WITHOUT ROWID`,
  "CREATE TABLE authors (no INTEGER PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL) STRICT",
  "CREATE TABLE owners (client INTEGER PRIMARY KEY, author INTEGER NOT NULL) STRICT",
  `CREATE TABLE versions (
     id TEXT PRIMARY KEY, seq INTEGER NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL,
     author INTEGER NOT NULL, automatic INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
];

/** Brings the database to STORE_VERSION. A database of a newer program is refused, never touched. */
export function migrate(driver: SqlDriver): void {
  const version = storedVersion(driver);
  if (version > STORE_VERSION) {
    throw new Error(
      `this document was written by a newer version (${version}) of the program than ${STORE_VERSION}`,
    );
  }
  if (version === STORE_VERSION) return;
  driver.transaction(() => {
    for (const sql of tables) driver.exec(sql);
    driver.exec("INSERT INTO meta (key, value) VALUES ('store-version', ?)", STORE_VERSION);
  });
}

/** 0 for an empty database. (`PRAGMA user_version` would be the usual place; Durable Objects refuse it.) */
function storedVersion(driver: SqlDriver): number {
  const found = driver.query("SELECT 1 AS found FROM sqlite_master WHERE type = 'table' AND name = 'meta'");
  if (found.length === 0) return 0;
  return Number(driver.query("SELECT value FROM meta WHERE key = 'store-version'")[0]?.value ?? 0);
}
