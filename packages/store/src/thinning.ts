import type { Seq } from "@palimpsest/history";
import type { SqlDriver } from "./driver.ts";
import { readFloor, writeFloor } from "./floor.ts";
import type { SegmentRows } from "./segment-rows.ts";

/**
 * Drops the rows of the log that hold nothing after `floor`, and raises the floor. The row with the newest state vector
 * stays, and all behind it: a wake goes on from there.
 *
 * @returns rows written
 */
export function thinLog(driver: SqlDriver, segments: SegmentRows, floor: Seq): number {
  const before = readFloor(driver);
  const keepFrom = firstToKeep(driver, floor);
  const link = keepFrom > before.firstSeq ? segments.linkBefore(keepFrom) : before.link;
  const firstSeq = Math.max(keepFrom, before.firstSeq) as Seq;
  let rows = driver.exec("DELETE FROM segments WHERE first_seq < ?", firstSeq);
  rows += driver.exec("DELETE FROM segment_parts WHERE first_seq < ?", firstSeq);
  return rows + writeFloor(driver, { seq: floor, firstSeq, link });
}

/** Where the oldest row begins that has to stay. */
function firstToKeep(driver: SqlDriver, floor: Seq): Seq {
  const withBase = driver.query(
    "SELECT first_seq FROM segments WHERE state_vector IS NOT NULL ORDER BY first_seq DESC LIMIT 1",
  )[0]?.first_seq;
  const needed = driver.query("SELECT min(first_seq) AS seq FROM segments WHERE last_seq > ?", floor)[0]?.seq;
  return Math.min(Number(withBase ?? 0), Number(needed ?? Number.MAX_SAFE_INTEGER)) as Seq;
}
