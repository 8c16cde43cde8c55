import type { Frame, Seq } from "@palimpsest/history";
import { Damage } from "./damage.ts";
import { MAX_ROW_BYTES } from "./document-store.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { decodePack, decodePackHeads } from "./pack.ts";
import { join, release } from "./parts.ts";
import { decodeSegment } from "./segment.ts";
import { SegmentForm } from "./tables.ts";

/** Segments as they stand in their tables: a row each, and what does not fit one row in parts behind it. */
export class SegmentRows {
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
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

  bytes(row: SqlRow): Uint8Array {
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

/** @throws Damage when `bytes` do not hold exactly these frames */
export function framesOf(
  decode: (bytes: Uint8Array, firstSeq: Seq) => Frame[],
  bytes: Uint8Array,
  firstSeq: Seq,
  lastSeq: Seq,
): Frame[] {
  let frames: Frame[];
  try {
    frames = decode(bytes, firstSeq);
  } catch (cause) {
    throw new Damage("log", firstSeq, { cause });
  }
  if (firstSeq + frames.length - 1 !== lastSeq) throw new Damage("log", firstSeq);
  return frames;
}

/** Refuses what production would refuse, before it is written. */
export function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_ROW_BYTES)
    throw new Error(`a row of ${bytes.length} bytes is too large to be stored`);
  return bytes;
}
