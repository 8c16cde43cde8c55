import type { Frame, Seq } from "@palimpsest/history";
import { CHAIN_START } from "./chain.ts";
import type { Condense } from "./condensed.ts";
import { crc32 } from "./crc32.ts";
import { Damage } from "./damage.ts";
import { MAX_ROW_BYTES } from "./document-store.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { readFloor } from "./floor.ts";
import { decodePack, decodePackHeads, decodeRange } from "./pack.ts";
import { join, release } from "./parts.ts";
import { decodeSegment } from "./segment.ts";
import { decodeEnds } from "./segment-ends.ts";
import type { Summarise } from "./sqlite-log.ts";
import { writeSummary } from "./summary.ts";
import { SegmentForm } from "./tables.ts";

/** The end of a closed segment. */
export interface Link {
  readonly through: Seq;
  /** Null where it follows from the one before it and the frames between. */
  readonly link: Uint8Array | null;
}

/** Segments as they stand in their tables: a row each, and what does not fit one row in parts behind it. */
export class SegmentRows {
  readonly #driver: SqlDriver;

  readonly #summarise: Summarise | null;
  /** Null where nobody has said how. */
  readonly condense: Condense | null;

  constructor(driver: SqlDriver, summarise: Summarise | null, condense: Condense | null = null) {
    this.#driver = driver;
    this.condense = condense;
    this.#summarise = summarise;
  }

  /** @throws Error where nobody has said how */
  summarise(frames: readonly Frame[]): string {
    if (this.#summarise === null) throw new Error("this store was not told how to sum up frames");
    return this.#summarise(frames);
  }

  /** As a row keeps it; null where there is none to keep. */
  summaryOf(frames: readonly Frame[]): string | null {
    return this.#summarise === null ? null : writeSummary(this.#summarise(frames));
  }

  get(firstSeq: Seq): SqlRow {
    return this.#driver.query("SELECT * FROM segments WHERE first_seq = ?", firstSeq)[0] as SqlRow;
  }

  /** The closed segments that are not packed, ascending: all that follow the newest that is packed or stays as it is. */
  closedAtEnd(): { readonly firstSeq: Seq; readonly size: number }[] {
    const rows = this.#driver.query(
      `SELECT first_seq, size FROM segments
       WHERE form = ? AND first_seq > coalesce((SELECT first_seq FROM segments WHERE form >= ? ORDER BY first_seq DESC LIMIT 1), 0)
       ORDER BY first_seq`,
      SegmentForm.closed,
      SegmentForm.packed,
    );
    return rows.map((row) => ({ firstSeq: row.first_seq as Seq, size: Number(row.size) }));
  }

  /** Bytes of the rows that begin after a position. */
  bytesBehind(seq: Seq): number {
    const row = this.#driver.query(
      "SELECT coalesce(sum(size), 0) AS bytes FROM segments WHERE first_seq > ?",
      seq,
    )[0];
    return Number(row?.bytes ?? 0);
  }

  /** Writes all parts but the first; @returns how many rows that were */
  writeParts(firstSeq: Seq, parts: readonly Uint8Array[]): number {
    for (let part = 1; part < parts.length; part++) {
      this.#driver.exec(
        "INSERT INTO segment_parts (first_seq, part, bytes) VALUES (?, ?, ?)",
        firstSeq,
        part,
        checked(parts[part] as Uint8Array),
      );
    }
    return parts.length - 1;
  }

  /**
   * Those of its frames that lie in (`after`, `through`].
   *
   * @throws Damage when the row is not what was written
   */
  decodeRange(row: SqlRow, after: Seq, through: Seq): Frame[] {
    const [firstSeq, lastSeq] = [row.first_seq as Seq, row.last_seq as Seq];
    if (row.form !== SegmentForm.packed) {
      return this.decode(row).filter(({ seq }) => seq > after && seq <= through);
    }
    const bytes = this.bytes(row);
    const decoded = orDamage(() => decodeRange(bytes, firstSeq, after, through), firstSeq, lastSeq);
    if (firstSeq + decoded.count - 1 !== lastSeq) throw new Damage("log", firstSeq, lastSeq);
    return decoded.frames;
  }

  /** @throws Damage when the row is not what was written */
  decode(row: SqlRow): Frame[] {
    const decode = row.form === SegmentForm.packed ? decodePack : decodeSegment;
    return framesOf(decode, this.bytes(row), row.first_seq as Seq, row.last_seq as Seq);
  }

  /**
   * The frames, of which only what stands beside their updates is sure to be there.
   *
   * @throws Damage when the row is not what was written
   */
  heads(row: SqlRow): Frame[] {
    const decode = row.form === SegmentForm.packed ? decodePackHeads : decodeSegment;
    return framesOf(decode, this.bytes(row), row.first_seq as Seq, row.last_seq as Seq);
  }

  /** @throws Damage when the row is not what was written */
  bytes(row: SqlRow): Uint8Array {
    const bytes = this.#joined(row);
    const { first_seq, last_seq, last_time, checksum } = row;
    const [firstSeq, lastSeq] = [first_seq as Seq, last_seq as Seq];
    if (rowChecksum(crc32(bytes), firstSeq, lastSeq, Number(last_time)) !== checksum)
      throw new Damage("log", firstSeq, lastSeq);
    return bytes;
  }

  /** The link of the newest segment before a position, and nothing of what stands behind it. */
  linkBefore(firstSeq: Seq): Uint8Array {
    const row = this.#driver.query(
      "SELECT link FROM segments WHERE first_seq < ? ORDER BY first_seq DESC LIMIT 1",
      firstSeq,
    )[0];
    return row === undefined ? readFloor(this.#driver).link : ((row.link ?? CHAIN_START) as Uint8Array);
  }

  /** The row that a frame is in, or the newest one before it. */
  at(seq: Seq): SqlRow | null {
    const rows = this.#driver.query(
      "SELECT * FROM segments WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1",
      seq,
    );
    return rows[0] ?? null;
  }

  /** Where the first row behind a position begins. */
  firstAfter(seq: Seq): Seq | null {
    const rows = this.#driver.query("SELECT min(first_seq) AS seq FROM segments WHERE first_seq > ?", seq);
    return (rows[0]?.seq ?? null) as Seq | null;
  }

  /** Where the closed segments end, ascending, with the link of each that is the last in its row. */
  links(): Link[] {
    const rows = this.#driver.query(
      "SELECT last_seq, ends, link FROM segments WHERE form <> ? ORDER BY first_seq",
      SegmentForm.open,
    );
    return rows.flatMap(({ last_seq, ends, link }) => [
      ...(ends instanceof Uint8Array ? decodeEnds(ends) : []).map((through) => ({ through, link: null })),
      { through: last_seq as Seq, link: link as Uint8Array | null },
    ]);
  }

  #joined(row: SqlRow): Uint8Array {
    const first = row.bytes as Uint8Array;
    if (row.extra_parts === 0) return first;
    const more = this.#driver.query(
      "SELECT bytes FROM segment_parts WHERE first_seq = ? ORDER BY part",
      row.first_seq as number,
    );
    const parts = [first, ...more.map((part) => part.bytes as Uint8Array)];
    const joined = join(parts);
    for (const part of parts) release(part);
    return joined;
  }
}

const place = new DataView(new ArrayBuffer(24));
const placeBytes = new Uint8Array(place.buffer);

/**
 * What a row of the log is checked against: its bytes, and where and when it says they stand.
 *
 * @param ofBytes their `crc32`
 */
export function rowChecksum(ofBytes: number, firstSeq: Seq, lastSeq: Seq, lastTime: number): number {
  place.setFloat64(0, firstSeq);
  place.setFloat64(8, lastSeq);
  place.setFloat64(16, lastTime);
  return crc32(placeBytes, ofBytes);
}

/** @throws Damage when `bytes` do not hold exactly these frames */
export function framesOf(
  decode: (bytes: Uint8Array, firstSeq: Seq) => Frame[],
  bytes: Uint8Array,
  firstSeq: Seq,
  lastSeq: Seq,
): Frame[] {
  const frames = orDamage(() => decode(bytes, firstSeq), firstSeq, lastSeq);
  if (firstSeq + frames.length - 1 !== lastSeq) throw new Damage("log", firstSeq, lastSeq);
  return frames;
}

function orDamage<T>(decode: () => T, firstSeq: Seq, lastSeq: Seq): T {
  try {
    return decode();
  } catch (cause) {
    throw new Damage("log", firstSeq, lastSeq, { cause });
  }
}

/** Refuses what production would refuse, before it is written. */
export function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_ROW_BYTES)
    throw new Error(`a row of ${bytes.length} bytes is too large to be stored`);
  return bytes;
}
