import type { Seq } from "@palimpsest/history";
import type { SqlDriver } from "./driver.ts";
import { join } from "./parts.ts";
import { decodeSegment } from "./segment.ts";
import { restoreTables } from "./tables.ts";

// The tables of earlier versions as they were then: what a later version makes of its own is no business of these.
const segments2 = `CREATE TABLE segments_2 (
  first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, last_time INTEGER NOT NULL, form INTEGER NOT NULL,
  extra_parts INTEGER NOT NULL, size INTEGER NOT NULL, rows INTEGER NOT NULL, wakes INTEGER NOT NULL,
  state_vector BLOB, bytes BLOB NOT NULL
) STRICT`;
const snapshots2 = `CREATE TABLE snapshots_2 (
  seq INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, size INTEGER NOT NULL, collected INTEGER NOT NULL,
  rows INTEGER NOT NULL, wakes INTEGER NOT NULL, state_vector BLOB, delete_set BLOB, bytes BLOB
) STRICT`;

/** Version 1 kept the newest state vector beside the log, and each section of a snapshot in rows of its own. */
export function from1(driver: SqlDriver): void {
  const base = driver.query("SELECT value FROM meta WHERE key = 'base-seq'")[0]?.value ?? null;
  const vector = driver.query("SELECT value FROM meta WHERE key = 'base-state-vector'")[0]?.value ?? null;
  driver.exec(segments2);
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
  driver.exec(snapshots2);
  driver.exec(
    "INSERT INTO snapshots_2 (seq, created_at, size, collected, rows, wakes) SELECT seq, created_at, size, 1, 0, 0 FROM snapshots",
  );
  driver.exec("DROP TABLE snapshots");
  driver.exec("ALTER TABLE snapshots_2 RENAME TO snapshots");
}

/** Version 2 knew no descriptions of versions, and nothing of a restore but its frame. */
export function from2(driver: SqlDriver): void {
  driver.exec("ALTER TABLE versions ADD COLUMN description TEXT NOT NULL DEFAULT ''");
  for (const sql of restoreTables) driver.exec(sql);
}
