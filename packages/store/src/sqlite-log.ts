import type { Frame, NewFrame, Seq } from "@palimpsest/history";
import { Damage } from "./damage.ts";
import { MAX_ROW_BYTES } from "./document-store.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { decodePack, encodePack } from "./pack.ts";
import { join, release, split } from "./parts.ts";
import { SegmentForm } from "./schema.ts";
import { decodeSegment, encodeFrames } from "./segment.ts";

/** Bytes at which rows of the log change their form. Tests take small ones, so that short documents show them all. */
export interface LogSizes {
  /** An open segment is written whole with each message: longer costs bytes per write, shorter costs rows. */
  readonly segment: number;
  /**
   * Closed segments are packed together when they hold this much. Larger packs save few more bytes, and a moment in the
   * past unpacks one; at the time of packing, because space that is freed later is not given back to the disk.
   */
  readonly pack: number;
  /** A segment of this size is one large paste: to deflate it would take the turn's time and memory, and gain little. */
  readonly kept: number;
}

const logSizes: LogSizes = { segment: 4096, pack: 64 * 1024, kept: 256 * 1024 };

/** … or fewer, when they hold this much. */
const BATCH_BYTES = 1024 * 1024;
/** A kind, and four integers of at most eight bytes. */
const MAX_HEAD_BYTES = 33;
/** Rows read by one query while walking the log. */
const BATCH = 16;

/** Where the log ends. */
interface End {
  /** The segment that grows; null when the next frame begins a new one. */
  readonly open: { readonly firstSeq: Seq; readonly bytes: Uint8Array } | null;
  /** Time of the newest frame, whichever segment it is in. */
  readonly time: number;
  /** Bytes in closed segments that are not packed. */
  readonly unpacked: number;
  /** Bytes of frames since a state vector was stored. */
  readonly sinceBase: number;
}

/** Running totals, kept in the newest segment's row. */
export interface Totals {
  rows: number;
  wakes: number;
}

/** A position, and the encoded state vector that the document had there. */
export interface Base {
  readonly seq: Seq;
  readonly stateVector: Uint8Array;
}

/** The log as rows of segments; the newest one grows until it is closed. */
export class SqliteLog {
  readonly #driver: SqlDriver;
  readonly #sizes: LogSizes;
  /** Undefined until read. */
  #end: End | undefined;

  constructor(driver: SqlDriver, sizes = logSizes) {
    this.#driver = driver;
    this.#sizes = sizes;
  }

  /** After a failed write memory may be ahead of the rows: read again. */
  forget(): void {
    this.#end = undefined;
  }

  head(): { readonly seq: Seq; readonly time: number; readonly totals: Totals } {
    const row = this.#driver.query(
      "SELECT last_seq, last_time, rows, wakes FROM segments ORDER BY first_seq DESC LIMIT 1",
    )[0];
    if (row === undefined) return { seq: 0 as Seq, time: 0, totals: { rows: 0, wakes: 0 } };
    return {
      seq: row.last_seq as Seq,
      time: Number(row.last_time),
      totals: { rows: Number(row.rows), wakes: Number(row.wakes) },
    };
  }

  /** The newest positions whose state vector is stored, newest first. */
  bases(limit: number): Base[] {
    return this.#driver
      .query(
        "SELECT last_seq, state_vector FROM segments WHERE state_vector IS NOT NULL ORDER BY first_seq DESC LIMIT ?",
        limit,
      )
      .map((row) => ({ seq: row.last_seq as Seq, stateVector: row.state_vector as Uint8Array }));
  }

  /** Whether appending these frames is one statement: it closes nothing. */
  staysOpenWith(frames: readonly NewFrame[]): boolean {
    this.#end ??= this.#readEnd();
    let bytes = this.#end.open?.bytes.length ?? 0;
    for (const { update } of frames) bytes += update.length + MAX_HEAD_BYTES;
    return frames.length > 0 && bytes < this.#sizes.segment;
  }

  /**
   * @param stateVector the encoded state vector after these frames
   * @returns the seq of the last frame
   */
  append(frames: readonly NewFrame[], head: Seq, totals: Totals, stateVector: () => Uint8Array): Seq {
    this.#end ??= this.#readEnd();
    const { open, time } = this.#end;
    const firstSeq = open?.firstSeq ?? ((head + 1) as Seq);
    const lastSeq = (head + frames.length) as Seq;
    const added = encodeFrames(frames, open === null ? 0 : time, time);
    const bytes = open === null ? added.bytes : join([open.bytes, added.bytes]);
    const isClosed = bytes.length >= this.#sizes.segment;
    const sinceBase = this.#end.sinceBase + added.bytes.length;
    const base = isClosed ? worthKeeping(stateVector(), sinceBase) : null;
    const parts = split(bytes, base);
    // before the row that keeps the totals is written: it counts what packing costs as well
    const isKept = bytes.length >= this.#sizes.kept;
    const packs = isClosed && (isKept || this.#end.unpacked + bytes.length >= this.#sizes.pack);
    const unpacked = packs ? this.#pack(totals) : this.#end.unpacked;
    totals.rows += parts.length;
    const written = this.#driver.exec(
      `INSERT INTO segments (first_seq, last_seq, last_time, form, extra_parts, size, rows, wakes, state_vector, bytes)
       SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
       WHERE coalesce((SELECT last_seq FROM segments ORDER BY first_seq DESC LIMIT 1), 0) = ?
       ON CONFLICT (first_seq) DO UPDATE SET last_seq = excluded.last_seq, last_time = excluded.last_time,
         form = excluded.form, extra_parts = excluded.extra_parts, size = excluded.size, rows = excluded.rows,
         wakes = excluded.wakes, state_vector = excluded.state_vector, bytes = excluded.bytes`,
      firstSeq,
      lastSeq,
      added.lastTime,
      isKept ? SegmentForm.kept : isClosed ? SegmentForm.closed : SegmentForm.open,
      parts.length - 1,
      bytes.length,
      totals.rows,
      totals.wakes,
      base,
      checked(parts[0] as Uint8Array),
      head,
    );
    // another object of this document, one that is about to be replaced, may have written since this one has read. It
    // may even have packed the row away that this one would go on in: so the end of the log is compared, not that row
    if (written === 0) throw overtaken(head);
    this.#writeParts(firstSeq, parts);
    this.#end = {
      open: isClosed ? null : { firstSeq, bytes },
      time: added.lastTime,
      unpacked: unpacked + (isClosed && !isKept ? bytes.length : 0),
      sinceBase: base === null ? sinceBase : 0,
    };
    return lastSeq;
  }

  *ascending(after: Seq, through: Seq): Generator<Frame> {
    const start = this.#driver.query(
      "SELECT max(first_seq) AS seq FROM segments WHERE first_seq <= ?",
      after + 1,
    );
    let from = Number(start[0]?.seq ?? 0);
    for (;;) {
      const next = this.#driver.query(
        "SELECT first_seq, size FROM segments WHERE first_seq >= ? AND first_seq <= ? ORDER BY first_seq LIMIT ?",
        from,
        through,
        BATCH,
      );
      if (next.length === 0) return;
      const rows = this.#driver.query(
        "SELECT * FROM segments WHERE first_seq >= ? AND first_seq <= ? ORDER BY first_seq",
        from,
        lastWithin(next),
      );
      for (const row of rows) {
        for (const frame of this.#decode(row)) {
          if (frame.seq > after && frame.seq <= through) yield frame;
        }
        from = Number(row.last_seq) + 1;
      }
    }
  }

  *descending(before: Seq): Generator<Frame> {
    let below = before as number;
    for (;;) {
      const next = this.#driver.query(
        "SELECT first_seq, size FROM segments WHERE first_seq < ? ORDER BY first_seq DESC LIMIT ?",
        below,
        BATCH,
      );
      if (next.length === 0) return;
      const rows = this.#driver.query(
        "SELECT * FROM segments WHERE first_seq < ? AND first_seq >= ? ORDER BY first_seq DESC",
        below,
        lastWithin(next),
      );
      for (const row of rows) {
        const frames = this.#decode(row);
        for (let i = frames.length - 1; i >= 0; i--) {
          const frame = frames[i] as Frame;
          if (frame.seq < before) yield frame;
        }
        below = Number(row.first_seq);
      }
    }
  }

  tailBytes(after: Seq): number {
    const row = this.#driver.query(
      `SELECT coalesce(sum(size), 0) AS bytes FROM segments
       WHERE last_seq > ? AND first_seq >= coalesce((SELECT max(first_seq) FROM segments WHERE first_seq <= ?), 0)`,
      after,
      after + 1,
    )[0];
    return Number(row?.bytes ?? 0);
  }

  /** `bytes` as the frames were sent; packed they take less. */
  size(): { readonly bytes: number; readonly segments: number } {
    const row = this.#driver.query(
      "SELECT coalesce(sum(size), 0) AS bytes, count(*) AS segments FROM segments",
    )[0];
    return { bytes: Number(row?.bytes ?? 0), segments: Number(row?.segments ?? 0) };
  }

  #readEnd(): End {
    const row = this.#driver.query("SELECT * FROM segments ORDER BY first_seq DESC LIMIT 1")[0];
    if (row === undefined) return { open: null, time: 0, unpacked: 0, sinceBase: 0 };
    const firstSeq = row.first_seq as Seq;
    const open = row.form === SegmentForm.open ? { firstSeq, bytes: this.#bytes(row) } : null;
    const unpacked = sizeOf(this.#closedAtEnd());
    const since = this.#driver.query(
      "SELECT coalesce(sum(size), 0) AS bytes FROM segments WHERE first_seq > ?",
      this.bases(1)[0]?.seq ?? 0,
    )[0];
    return { open, time: Number(row.last_time), unpacked, sinceBase: Number(since?.bytes ?? 0) };
  }

  /** The closed segments that are not packed, ascending: all that follow the newest that is packed or stays as it is. */
  #closedAtEnd(): { readonly firstSeq: Seq; readonly size: number }[] {
    const rows = this.#driver.query(
      `SELECT first_seq, size FROM segments
       WHERE form = ? AND first_seq > coalesce((SELECT first_seq FROM segments WHERE form >= ? ORDER BY first_seq DESC LIMIT 1), 0)
       ORDER BY first_seq`,
      SegmentForm.closed,
      SegmentForm.packed,
    );
    return rows.map((row) => ({ firstSeq: row.first_seq as Seq, size: Number(row.size) }));
  }

  /**
   * Replaces closed segments by one row, at the place of the first.
   *
   * @returns bytes in closed segments that stay: those after the last state vector, which must stay at the end of a row
   */
  #pack(totals: Totals): number {
    const closed = this.#closedAtEnd();
    const rows = closed.map(({ firstSeq }) => this.#row(firstSeq));
    const withBase = rows.findLastIndex((row) => row.state_vector !== null);
    const packed = withBase === -1 ? rows : rows.slice(0, withBase + 1);
    const first = packed[0];
    const last = packed.at(-1);
    if (first === undefined || last === undefined) return 0;
    const base = last.state_vector as Uint8Array | null;
    const parts = split(encodePack(packed.flatMap((row) => this.#decode(row))), base);
    const firstSeq = first.first_seq as Seq;
    const range = [firstSeq, last.first_seq as number] as const;
    totals.rows += this.#driver.exec("DELETE FROM segments WHERE first_seq > ? AND first_seq <= ?", ...range);
    totals.rows += this.#driver.exec(
      "DELETE FROM segment_parts WHERE first_seq >= ? AND first_seq <= ?",
      ...range,
    );
    totals.rows += this.#driver.exec(
      `UPDATE segments SET last_seq = ?, last_time = ?, form = ?, extra_parts = ?, size = ?, state_vector = ?, bytes = ?
       WHERE first_seq = ?`,
      last.last_seq as number,
      last.last_time as number,
      SegmentForm.packed,
      parts.length - 1,
      sizeOf(closed.slice(0, packed.length)),
      base,
      checked(parts[0] as Uint8Array),
      firstSeq,
    );
    totals.rows += this.#writeParts(firstSeq, parts);
    return sizeOf(closed.slice(packed.length));
  }

  #row(firstSeq: Seq): SqlRow {
    return this.#driver.query("SELECT * FROM segments WHERE first_seq = ?", firstSeq)[0] as SqlRow;
  }

  /** Writes all but the first; @returns how many rows that were */
  #writeParts(firstSeq: Seq, parts: readonly Uint8Array[]): number {
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
  #decode(row: SqlRow): Frame[] {
    const firstSeq = row.first_seq as Seq;
    const bytes = this.#bytes(row);
    let frames: Frame[];
    try {
      frames = row.form === SegmentForm.packed ? decodePack(bytes, firstSeq) : decodeSegment(bytes, firstSeq);
    } catch (cause) {
      throw new Damage("log", firstSeq, { cause });
    }
    if (firstSeq + frames.length - 1 !== row.last_seq) throw new Damage("log", firstSeq);
    return frames;
  }

  #bytes(row: SqlRow): Uint8Array {
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

/**
 * Null where storing it would cost more than replaying what came since the one before, or where it fits no row: a
 * write that throws here would end the document, an older base only costs a longer replay on waking.
 */
function worthKeeping(stateVector: Uint8Array, sinceBase: number): Uint8Array | null {
  return stateVector.length <= Math.min(sinceBase, MAX_ROW_BYTES) ? stateVector : null;
}

/** The position of the last of the first rows that hold no more than a batch may; of the first in any case. */
function lastWithin(rows: readonly SqlRow[]): number {
  let last = rows[0];
  let bytes = 0;
  for (const row of rows) {
    bytes += Number(row.size);
    if (bytes > BATCH_BYTES && row !== rows[0]) break;
    last = row;
  }
  return Number(last?.first_seq);
}

/** Another object of this document, one that is about to be replaced or that replaces this one, was faster. */
export function overtaken(head: Seq): Error {
  return new Error(`the log went on behind ${head} without this store`);
}

function sizeOf(segments: readonly { readonly size: number }[]): number {
  return segments.reduce((sum, { size }) => sum + size, 0);
}

/** Refuses what production would refuse, before it is written. */
export function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_ROW_BYTES)
    throw new Error(`a row of ${bytes.length} bytes is too large to be stored`);
  return bytes;
}
