import type { Seq } from "@palimpsest/history";
import type { SqlDriver } from "./driver.ts";
import { encodePack } from "./pack.ts";
import { split } from "./parts.ts";
import { checked, type SegmentRows } from "./segment-rows.ts";
import { SegmentForm } from "./tables.ts";

/**
 * Replaces the closed segments at the end of the log by one row, at the place of the first. Those after the last state
 * vector stay: it must stand at the end of a row.
 *
 * @returns rows written
 */
export function packClosed(driver: SqlDriver, segments: SegmentRows): number {
  const closed = segments.closedAtEnd();
  const rows = closed.map(({ firstSeq }) => segments.get(firstSeq));
  const withBase = rows.findLastIndex((row) => row.state_vector !== null);
  const packed = withBase === -1 ? rows : rows.slice(0, withBase + 1);
  const first = packed[0];
  const last = packed.at(-1);
  if (first === undefined || last === undefined) return 0;
  const base = last.state_vector as Uint8Array | null;
  const parts = split(encodePack(packed.flatMap((row) => segments.decode(row))), base);
  const firstSeq = first.first_seq as Seq;
  const range = [firstSeq, last.first_seq as number] as const;
  let written = driver.exec("DELETE FROM segments WHERE first_seq > ? AND first_seq <= ?", ...range);
  written += driver.exec("DELETE FROM segment_parts WHERE first_seq >= ? AND first_seq <= ?", ...range);
  written += driver.exec(
    `UPDATE segments SET last_seq = ?, last_time = ?, form = ?, extra_parts = ?, size = ?, state_vector = ?, bytes = ?
     WHERE first_seq = ?`,
    last.last_seq as number,
    last.last_time as number,
    SegmentForm.packed,
    parts.length - 1,
    closed.slice(0, packed.length).reduce((sum, { size }) => sum + size, 0),
    base,
    checked(parts[0] as Uint8Array),
    firstSeq,
  );
  return written + segments.writeParts(firstSeq, parts);
}
