import type { Frame, NewFrame, Seq } from "@palimpsest/history";
import { linkOf } from "./chain.ts";
import type { Condense } from "./condensed.ts";
import { crc32 } from "./crc32.ts";
import { Damage } from "./damage.ts";
import { MAX_ROW_BYTES } from "./document-store.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { LogReader } from "./log-reader.ts";
import { packClosed } from "./packing.ts";
import { join, split } from "./parts.ts";
import { decodeSegment, encodeFrames } from "./segment.ts";
import { checked, rowChecksum, SegmentRows } from "./segment-rows.ts";
import { SegmentForm } from "./tables.ts";

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

/** What a list of the history shows of frames that follow each other: a text that is opaque here. */
export type Summarise = (frames: readonly Frame[]) => string;

export const logSizes: LogSizes = { segment: 4096, pack: 128 * 1024, kept: 256 * 1024 };

/** A kind, and four integers of at most eight bytes. */
const MAX_HEAD_BYTES = 33;

/** The segment that grows. */
export interface Open {
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
  readonly bytes: Uint8Array;
  /** Of `bytes`: with it the checksum of what grows is made without reading it again. */
  readonly crc: number;
  /** They are not what was written. */
  readonly isDamaged: boolean;
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

/** Where the log ends, and what is needed to go on there. */
export interface End {
  /** Of the newest frame; 0 while there is none. */
  readonly seq: Seq;
  /** Of the newest frame, whichever segment it is in, ms since the epoch. */
  readonly time: number;
  readonly totals: Readonly<Totals>;
  /** The newest whose state vector is stored. */
  readonly base: Base;
  /** Null when the next frame begins a new segment. */
  readonly open: Open | null;
  /** Where the oldest row begins that was read: behind `base`, where that is the beginning of the log. */
  readonly firstSeq: Seq;
}

const noBase: Base = { seq: 0 as Seq, stateVector: new Uint8Array([0]) };
const start: End = {
  seq: 0 as Seq,
  time: 0,
  totals: { rows: 0, wakes: 0 },
  base: noBase,
  open: null,
  firstSeq: 1 as Seq,
};

/** The log as rows of segments; the newest one grows until it is closed. */
export class SqliteLog {
  readonly #driver: SqlDriver;
  readonly #segments: SegmentRows;
  readonly reader: LogReader;
  readonly #sizes: LogSizes;
  /** Undefined until read. */
  #end: End | undefined;

  constructor(driver: SqlDriver, sizes: LogSizes, summarise: Summarise | null, condense: Condense | null) {
    this.#driver = driver;
    this.#segments = new SegmentRows(driver, summarise, condense);
    this.reader = new LogReader(driver, this.#segments, () => this.#end?.open ?? null);
    this.#sizes = sizes;
  }

  /** After a failed write memory may be ahead of the rows: read again. */
  forget(): void {
    this.#end = undefined;
  }

  /** Where the log ended when it was read or written last here. */
  get end(): End {
    this.#end ??= this.#readEnd();
    return this.#end;
  }

  /** Where the log ends in storage, where another object of this document may have written. */
  look(): End {
    this.#end = this.#readEnd();
    return this.#end;
  }

  /** The newest positions whose state vector is stored, newest first. */
  bases(limit: number): Base[] {
    return this.#driver
      .query(
        "SELECT last_seq, vector_checksum, state_vector FROM segments WHERE state_vector IS NOT NULL ORDER BY first_seq DESC LIMIT ?",
        limit,
      )
      .filter(isWhole)
      .map(baseOf);
  }

  /** Whether appending these frames is one statement: it closes nothing. */
  staysOpenWith(frames: readonly NewFrame[]): boolean {
    let bytes = this.end.open?.bytes.length ?? 0;
    for (const { update } of frames) bytes += update.length + MAX_HEAD_BYTES;
    return frames.length > 0 && bytes < this.#sizes.segment;
  }

  /**
   * @param stateVector the encoded state vector after these frames
   * @returns the seq of the last frame
   */
  append(frames: readonly NewFrame[], head: Seq, totals: Totals, stateVector: () => Uint8Array): Seq {
    const { open, time, base: before, firstSeq: begins } = this.end;
    // a checksum over what is added to it would make the damage look right
    if (open?.isDamaged) throw new Damage("log", open.firstSeq, open.lastSeq);
    const firstSeq = open?.firstSeq ?? ((head + 1) as Seq);
    const lastSeq = (head + frames.length) as Seq;
    const added = encodeFrames(frames, open === null ? 0 : time, time);
    const bytes = open === null ? added.bytes : join([open.bytes, added.bytes]);
    const crc = crc32(added.bytes, open?.crc);
    const isClosed = bytes.length >= this.#sizes.segment;
    const isKept = bytes.length >= this.#sizes.kept;
    const base = isClosed ? this.#worthKeeping(stateVector(), before, added.bytes.length) : null;
    const summary = isKept ? this.#segments.summaryOf(decodeSegment(bytes, firstSeq)) : null;
    const parts = split(bytes, (base?.length ?? 0) + (summary?.length ?? 0));
    // before the row that keeps the totals is written: it counts what packing costs as well
    if (isClosed && (isKept || this.#unpacked() + bytes.length >= this.#sizes.pack))
      totals.rows += packClosed(this.#driver, this.#segments);
    const link = isClosed ? linkOf(this.#segments.linkBefore(firstSeq), bytes) : null;
    totals.rows += parts.length;
    const written = this.#driver.exec(
      `INSERT INTO segments (first_seq, last_seq, last_time, form, extra_parts, size, rows, wakes, checksum,
         vector_checksum, link, summary, state_vector, bytes)
       SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
       WHERE coalesce((SELECT last_seq FROM segments ORDER BY first_seq DESC LIMIT 1), 0) = ?
       ON CONFLICT (first_seq) DO UPDATE SET last_seq = excluded.last_seq, last_time = excluded.last_time,
         form = excluded.form, extra_parts = excluded.extra_parts, size = excluded.size, rows = excluded.rows,
         wakes = excluded.wakes, checksum = excluded.checksum, vector_checksum = excluded.vector_checksum,
         link = excluded.link, summary = excluded.summary, state_vector = excluded.state_vector, bytes = excluded.bytes`,
      firstSeq,
      lastSeq,
      added.lastTime,
      isKept ? SegmentForm.kept : isClosed ? SegmentForm.closed : SegmentForm.open,
      parts.length - 1,
      bytes.length,
      totals.rows,
      totals.wakes,
      rowChecksum(crc, firstSeq, lastSeq, added.lastTime),
      base === null ? null : crc32(base),
      link,
      summary,
      base,
      checked(parts[0] as Uint8Array),
      head,
    );
    // another object of this document, one that is about to be replaced, may have written since this one has read. It
    // may even have packed the row away that this one would go on in: so the end of the log is compared, not that row
    if (written === 0) throw overtaken(head);
    this.#segments.writeParts(firstSeq, parts);
    this.#end = {
      seq: lastSeq,
      time: added.lastTime,
      totals: { ...totals },
      base: base === null ? before : { seq: lastSeq, stateVector: base },
      open: isClosed ? null : { firstSeq, lastSeq, bytes, crc, isDamaged: false },
      firstSeq: begins,
    };
    return lastSeq;
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

  /** One query, because it stands at the beginning of each wake: the rows from the newest state vector on. */
  #readEnd(): End {
    let before = Number.MAX_SAFE_INTEGER;
    let rows = this.#rowsFromBase(before);
    // one that is damaged is passed over: an older state vector only costs a longer replay
    for (let oldest = rows[0]; oldest !== undefined && !isWhole(oldest); oldest = rows[0]) {
      if (Number(oldest.first_seq) >= before) break;
      before = Number(oldest.first_seq);
      rows = this.#rowsFromBase(before);
    }
    const [oldest, newest] = [rows[0], rows.at(-1)];
    if (oldest === undefined || newest === undefined) return start;
    return {
      seq: newest.last_seq as Seq,
      time: Number(newest.last_time),
      totals: { rows: Number(newest.rows), wakes: Number(newest.wakes) },
      base: oldest.state_vector === null || !isWhole(oldest) ? noBase : baseOf(oldest),
      open: newest.bytes === null ? null : openOf(newest),
      firstSeq: oldest.first_seq as Seq,
    };
  }

  /** @param before rows from here on are not asked for a state vector */
  #rowsFromBase(before: number): readonly SqlRow[] {
    return this.#driver.query(
      `SELECT first_seq, last_seq, last_time, form, rows, wakes, checksum, vector_checksum, state_vector,
         CASE form WHEN ? THEN bytes END AS bytes
       FROM segments
       WHERE first_seq >= coalesce((
         SELECT first_seq FROM segments WHERE state_vector IS NOT NULL AND first_seq < ? ORDER BY first_seq DESC LIMIT 1
       ), 0)
       ORDER BY first_seq`,
      SegmentForm.open,
      before,
    );
  }

  #unpacked(): number {
    return this.#segments.closedAtEnd().reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Null where storing it would cost more than replaying what came since the one before, or where it fits no row: a
   * write that throws here would end the document, an older base only costs a longer replay on waking.
   *
   * @param added bytes that are not stored yet
   */
  #worthKeeping(stateVector: Uint8Array, { seq }: Base, added: number): Uint8Array | null {
    const since = this.#segments.bytesBehind(seq) + added;
    return stateVector.length <= Math.min(since, MAX_ROW_BYTES) ? stateVector : null;
  }
}

/** Whether its state vector is what was written. */
function isWhole(row: SqlRow): boolean {
  return row.state_vector === null || crc32(row.state_vector as Uint8Array) === row.vector_checksum;
}

function openOf(row: SqlRow): Open {
  const [firstSeq, lastSeq, bytes] = [row.first_seq as Seq, row.last_seq as Seq, row.bytes as Uint8Array];
  const crc = crc32(bytes);
  const isDamaged = rowChecksum(crc, firstSeq, lastSeq, Number(row.last_time)) !== row.checksum;
  return { firstSeq, lastSeq, bytes, crc, isDamaged };
}

function baseOf(row: SqlRow): Base {
  return { seq: row.last_seq as Seq, stateVector: row.state_vector as Uint8Array };
}

/** Another object of this document, one that is about to be replaced or that replaces this one, was faster. */
export function overtaken(head: Seq): Error {
  return new Error(`the log went on behind ${head} without this store`);
}
