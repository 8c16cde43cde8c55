import type { Frame, Seq } from "@palimpsest/history";
import { CHAIN_START, linkOf } from "./chain.ts";
import { crc32 } from "./crc32.ts";
import { Damage } from "./damage.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { decodePack } from "./pack.ts";
import { join } from "./parts.ts";
import { decodeSegment, encodeFrames } from "./segment.ts";
import { framesOf, rowChecksum, type SegmentRows } from "./segment-rows.ts";
import { restoreTables, SegmentForm, segments, snapshots } from "./tables.ts";

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

/**
 * Version 2 knew no descriptions of versions, nothing of a restore but its frame, and neither checksums nor links: they
 * are made from what is there now. A pack is one segment then, since nobody knows any more where those in it ended.
 */
export function from2(driver: SqlDriver, rows: SegmentRows): void {
  driver.exec("ALTER TABLE versions ADD COLUMN description TEXT NOT NULL DEFAULT ''");
  for (const sql of restoreTables) driver.exec(sql);
  driver.exec("ALTER TABLE segments RENAME TO segments_old");
  driver.exec(segments);
  let link: Uint8Array = CHAIN_START;
  for (const { first_seq: first } of driver.query("SELECT first_seq FROM segments_old ORDER BY first_seq")) {
    const row = driver.query("SELECT * FROM segments_old WHERE first_seq = ?", first as number)[0] ?? {};
    link = segmentFrom2(driver, rows, row, link);
  }
  driver.exec("DROP TABLE segments_old");
  driver.exec("ALTER TABLE snapshots RENAME TO snapshots_old");
  driver.exec(snapshots);
  for (const { seq } of driver.query("SELECT seq FROM snapshots_old ORDER BY seq"))
    snapshotFrom2(driver, seq as number);
  driver.exec("DROP TABLE snapshots_old");
}

/** Version 3 knew no files beside the document. */
export function from3(driver: SqlDriver): void {
  driver.exec(`CREATE TABLE assets (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, mime TEXT NOT NULL, size INTEGER NOT NULL, width INTEGER, height INTEGER,
    uploaded_by TEXT NOT NULL, uploaded_at INTEGER NOT NULL, is_stored INTEGER NOT NULL, found_at INTEGER,
    looked_through INTEGER NOT NULL, unused_since INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`);
}

/** Version 3 kept packs without what is condensed. Those stay so, since making it would hold up the wake: they are read frame by frame. */
export function condensedFrom3(driver: SqlDriver): void {
  driver.exec("ALTER TABLE segments ADD COLUMN condensed BLOB");
}

/** @returns the link for what follows */
function segmentFrom2(driver: SqlDriver, rows: SegmentRows, row: SqlRow, before: Uint8Array): Uint8Array {
  const [firstSeq, lastSeq] = [row.first_seq as Seq, row.last_seq as Seq];
  const parts = driver.query("SELECT bytes FROM segment_parts WHERE first_seq = ? ORDER BY part", firstSeq);
  const bytes = join([row.bytes, ...parts.map((part) => part.bytes)] as Uint8Array[]);
  const frames = framesIfWhole(row, bytes);
  const link =
    row.form === SegmentForm.open || frames === null ? null : linkOf(before, encodeFrames(frames, 0).bytes);
  const isSummedUp = row.form === SegmentForm.packed || row.form === SegmentForm.kept;
  driver.exec(
    `INSERT INTO segments (first_seq, last_seq, last_time, form, extra_parts, size, rows, wakes, checksum,
       vector_checksum, link, ends, summary, state_vector, bytes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    firstSeq,
    lastSeq,
    row.last_time as number,
    row.form as number,
    row.extra_parts as number,
    row.size as number,
    row.rows as number,
    row.wakes as number,
    rowChecksum(crc32(bytes), firstSeq, lastSeq, Number(row.last_time)),
    row.state_vector instanceof Uint8Array ? crc32(row.state_vector) : null,
    link,
    row.form === SegmentForm.packed ? new Uint8Array(0) : null,
    isSummedUp && frames !== null ? rows.summaryOf(frames) : null,
    row.state_vector ?? null,
    row.bytes as Uint8Array,
  );
  return link ?? CHAIN_START;
}

/** Null for a row that was damaged already: the document stays as readable as it was. */
function framesIfWhole(row: SqlRow, bytes: Uint8Array): Frame[] | null {
  const decode = row.form === SegmentForm.packed ? decodePack : decodeSegment;
  try {
    return framesOf(decode, bytes, row.first_seq as Seq, row.last_seq as Seq);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return null;
  }
}

function snapshotFrom2(driver: SqlDriver, seq: number): void {
  const row = driver.query("SELECT * FROM snapshots_old WHERE seq = ?", seq)[0] ?? {};
  const checksum = (section: string, inRow: unknown) => {
    if (inRow instanceof Uint8Array) return crc32(inRow);
    const parts = driver.query(
      "SELECT bytes FROM snapshot_parts WHERE seq = ? AND section = ? ORDER BY part",
      seq,
      section,
    );
    return parts.reduce((crc, part) => crc32(part.bytes as Uint8Array, crc), 0);
  };
  driver.exec(
    `INSERT INTO snapshots (seq, created_at, size, collected, rows, wakes, deflated, update_checksum,
       vector_checksum, deletes_checksum, state_vector, delete_set, bytes)
     SELECT seq, created_at, size, collected, rows, wakes, 0, ?, ?, ?, state_vector, delete_set, bytes
     FROM snapshots_old WHERE seq = ?`,
    checksum("update", row.bytes),
    checksum("state-vector", row.state_vector),
    checksum("delete-set", row.delete_set),
    seq,
  );
}
