import type { Frame, Seq } from "@palimpsest/history";
import { isSame, linkOf } from "./chain.ts";
import { writeCondensed } from "./condensed.ts";
import { crc32 } from "./crc32.ts";
import { Damage } from "./damage.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { encodePack } from "./pack.ts";
import { split } from "./parts.ts";
import { encodeEnds } from "./segment-ends.ts";
import { checked, rowChecksum, type SegmentRows } from "./segment-rows.ts";
import { SegmentForm } from "./tables.ts";

/** A closed segment that is what was written, and is linked to the one before it. */
interface Whole {
  readonly row: SqlRow;
  readonly frames: readonly Frame[];
}

/**
 * Replaces the closed segments at the end of the log by one row, at the place of the first. Those after the last state
 * vector stay: it must stand at the end of a row. One that is damaged stays as it is, and what is behind it: packed, it
 * would get a checksum that says it is right.
 *
 * @returns rows written
 */
export function packClosed(driver: SqlDriver, segments: SegmentRows): number {
  const closed = segments.closedAtEnd();
  const whole: Whole[] = [];
  let written = 0;
  for (const { firstSeq } of closed) {
    const segment = readWhole(segments, firstSeq);
    if (segment === null) {
      // the next ones are packed by themselves
      written += driver.exec("UPDATE segments SET form = ? WHERE first_seq = ?", SegmentForm.kept, firstSeq);
      break;
    }
    whole.push(segment);
  }
  const withBase = whole.findLastIndex(({ row }) => row.state_vector !== null);
  const packed = withBase === -1 ? whole : whole.slice(0, withBase + 1);
  const [first, last] = [packed[0]?.row, packed.at(-1)?.row];
  if (first === undefined || last === undefined) return written;
  const base = last.state_vector as Uint8Array | null;
  const ends = encodeEnds(packed.map(({ row }) => row.last_seq as Seq));
  const frames = packed.flatMap((segment) => segment.frames);
  const bytes = encodePack(frames);
  const summary = segments.summaryOf(frames);
  const { condense } = segments;
  const condensed = condense === null ? null : writeCondensed(frames, bytes.length, condense);
  const beside = [base, ends, summary, condensed].reduce((sum, part) => sum + (part?.length ?? 0), 0);
  const parts = split(bytes, beside);
  const firstSeq = first.first_seq as Seq;
  const lastSeq = last.last_seq as Seq;
  const lastTime = Number(last.last_time);
  written += driver.exec("DELETE FROM segments WHERE first_seq > ? AND first_seq <= ?", firstSeq, lastSeq);
  written += driver.exec(
    "DELETE FROM segment_parts WHERE first_seq >= ? AND first_seq <= ?",
    firstSeq,
    lastSeq,
  );
  written += driver.exec(
    `UPDATE segments SET last_seq = ?, last_time = ?, form = ?, extra_parts = ?, size = ?, state_vector = ?, bytes = ?,
       vector_checksum = ?, checksum = ?, link = ?, ends = ?, summary = ?, condensed = ?
     WHERE first_seq = ?`,
    lastSeq,
    lastTime,
    SegmentForm.packed,
    parts.length - 1,
    packed.reduce((sum, { row }) => sum + Number(row.size), 0),
    base,
    checked(parts[0] as Uint8Array),
    last.vector_checksum ?? null,
    rowChecksum(crc32(bytes), firstSeq, lastSeq, lastTime),
    last.link ?? null,
    ends,
    summary,
    condensed,
    firstSeq,
  );
  return written + segments.writeParts(firstSeq, parts);
}

/** Null when it is damaged. */
function readWhole(segments: SegmentRows, firstSeq: Seq): Whole | null {
  const row = segments.get(firstSeq);
  try {
    const frames = segments.decode(row);
    const link = linkOf(segments.linkBefore(firstSeq), segments.bytes(row));
    return row.link instanceof Uint8Array && isSame(link, row.link) ? { row, frames } : null;
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return null;
  }
}
