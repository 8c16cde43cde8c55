import type { Frame, NewFrame, Seq } from "@palimpsest/history";
import { MAX_ROW_BYTES } from "./document-store.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { join, split } from "./parts.ts";
import { decodeSegment, encodeFrames } from "./segment.ts";

/** An open segment is written whole with each message: longer costs bytes per write, shorter costs rows. */
const SEGMENT_BYTES = 4096;
/** Segments read by one query while walking the log. */
const BATCH = 16;

/** Where the log ends. */
interface End {
  /** The segment that grows; null when the next frame begins a new one. */
  readonly open: { readonly firstSeq: Seq; readonly bytes: Uint8Array } | null;
  /** Time of the newest frame, whichever segment it is in. */
  readonly time: number;
}

/** Running totals, kept in the newest segment's row. */
export interface Totals {
  rows: number;
  wakes: number;
}

/** The log as rows of segments; the newest one grows until it is closed. */
export class SqliteLog {
  readonly #driver: SqlDriver;
  /** Undefined until read. */
  #end: End | undefined;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** After a failed write memory may be ahead of the rows: read again. */
  forget(): void {
    this.#end = undefined;
  }

  head(): { readonly seq: Seq; readonly time: number; readonly totals: Totals } {
    const row = this.#driver.query("SELECT * FROM segments ORDER BY first_seq DESC LIMIT 1")[0];
    if (row === undefined) return { seq: 0 as Seq, time: 0, totals: { rows: 0, wakes: 0 } };
    const time = this.#decode(row).at(-1)?.time ?? 0;
    return { seq: row.last_seq as Seq, time, totals: { rows: Number(row.rows), wakes: Number(row.wakes) } };
  }

  /** @returns the seq of the last frame, and whether a segment was closed after it */
  append(
    frames: readonly NewFrame[],
    head: Seq,
    totals: Totals,
  ): { readonly seq: Seq; readonly closed: boolean } {
    this.#end ??= this.#readEnd();
    const { open, time } = this.#end;
    const firstSeq = open?.firstSeq ?? ((head + 1) as Seq);
    const lastSeq = (head + frames.length) as Seq;
    const added = encodeFrames(frames, open === null ? 0 : time, time);
    const bytes = open === null ? added.bytes : join([open.bytes, added.bytes]);
    const closed = bytes.length >= SEGMENT_BYTES;
    const parts = split(bytes);
    totals.rows += parts.length;
    this.#driver.exec(
      `INSERT INTO segments (first_seq, last_seq, closed, extra_parts, size, rows, wakes, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (first_seq) DO UPDATE SET last_seq = excluded.last_seq, closed = excluded.closed,
         extra_parts = excluded.extra_parts, size = excluded.size, rows = excluded.rows, wakes = excluded.wakes,
         bytes = excluded.bytes`,
      firstSeq,
      lastSeq,
      closed ? 1 : 0,
      parts.length - 1,
      bytes.length,
      totals.rows,
      totals.wakes,
      checked(parts[0] as Uint8Array),
    );
    for (let part = 1; part < parts.length; part++) {
      this.#driver.exec(
        "INSERT INTO segment_parts (first_seq, part, bytes) VALUES (?, ?, ?)",
        firstSeq,
        part,
        checked(parts[part] as Uint8Array),
      );
    }
    this.#end = { open: closed ? null : { firstSeq, bytes }, time: added.lastTime };
    return { seq: lastSeq, closed };
  }

  *ascending(after: Seq, through: Seq): Generator<Frame> {
    const start = this.#driver.query(
      "SELECT max(first_seq) AS seq FROM segments WHERE first_seq <= ?",
      after + 1,
    );
    let from = Number(start[0]?.seq ?? 0);
    for (;;) {
      const rows = this.#driver.query(
        "SELECT * FROM segments WHERE first_seq >= ? AND first_seq <= ? ORDER BY first_seq LIMIT ?",
        from,
        through,
        BATCH,
      );
      for (const row of rows) {
        for (const frame of this.#decode(row)) {
          if (frame.seq > after && frame.seq <= through) yield frame;
        }
        from = Number(row.last_seq) + 1;
      }
      if (rows.length < BATCH) return;
    }
  }

  *descending(before: Seq): Generator<Frame> {
    let below = before as number;
    for (;;) {
      const rows = this.#driver.query(
        "SELECT * FROM segments WHERE first_seq < ? ORDER BY first_seq DESC LIMIT ?",
        below,
        BATCH,
      );
      for (const row of rows) {
        const frames = this.#decode(row);
        for (let i = frames.length - 1; i >= 0; i--) {
          const frame = frames[i] as Frame;
          if (frame.seq < before) yield frame;
        }
        below = Number(row.first_seq);
      }
      if (rows.length < BATCH) return;
    }
  }

  size(): { readonly bytes: number; readonly segments: number } {
    const row = this.#driver.query(
      "SELECT coalesce(sum(size), 0) AS bytes, count(*) AS segments FROM segments",
    )[0];
    return { bytes: Number(row?.bytes ?? 0), segments: Number(row?.segments ?? 0) };
  }

  #readEnd(): End {
    const row = this.#driver.query("SELECT * FROM segments ORDER BY first_seq DESC LIMIT 1")[0];
    if (row === undefined) return { open: null, time: 0 };
    const bytes = this.#bytes(row);
    const firstSeq = row.first_seq as Seq;
    const time = decodeSegment(bytes, firstSeq).at(-1)?.time ?? 0;
    return { open: row.closed === 1 ? null : { firstSeq, bytes }, time };
  }

  #decode(row: SqlRow): Frame[] {
    return decodeSegment(this.#bytes(row), row.first_seq as Seq);
  }

  #bytes(row: SqlRow): Uint8Array {
    const first = row.bytes as Uint8Array;
    if (row.extra_parts === 0) return first;
    const more = this.#driver.query(
      "SELECT bytes FROM segment_parts WHERE first_seq = ? ORDER BY part",
      row.first_seq as number,
    );
    return join([first, ...more.map((part) => part.bytes as Uint8Array)]);
  }
}

/** Refuses what production would refuse, before it is written. */
export function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_ROW_BYTES)
    throw new Error(`a row of ${bytes.length} bytes is too large to be stored`);
  return bytes;
}
