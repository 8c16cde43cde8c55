import type { SqlDriver, SqlValue } from "./driver.ts";
import { condensedFrom3, from1, from2, from3 } from "./migrations.ts";
import { SegmentRows } from "./segment-rows.ts";
import type { Summarise } from "./sqlite-log.ts";
import { allTables } from "./tables.ts";

/** Raised with each change of the tables; `migrate` brings an older database forward. */
export const STORE_VERSION = 4;

/** Small facts about the document, by their keys. */
export type Meta = ReadonlyMap<string, SqlValue>;

export function readMeta(driver: SqlDriver): Meta {
  return new Map(
    driver.query("SELECT key, value FROM meta").map((row) => [row.key as string, row.value ?? null]),
  );
}

/** Brings the database to STORE_VERSION. A database of a newer program is refused, never touched. */
export function migrate(driver: SqlDriver, summarise: Summarise | null): Meta {
  const meta = metaIfAny(driver);
  const version = Number(meta.get("store-version") ?? 0);
  if (version > STORE_VERSION) {
    throw new Error(
      `this document was written by a newer version (${version}) of the program than ${STORE_VERSION}`,
    );
  }
  if (version === STORE_VERSION) return meta;
  driver.transaction(() => {
    if (version === 0) for (const sql of allTables) driver.exec(sql);
    if (version === 1) from1(driver);
    if (version === 1 || version === 2) from2(driver, new SegmentRows(driver, summarise));
    if (version === 3) condensedFrom3(driver);
    if (version >= 1) from3(driver);
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
