import type { Frame, RowEnd, Seq } from "@palimpsest/history";
import { readCondensed, type Slice } from "./condensed.ts";
import { Damage } from "./damage.ts";
import type { FrameHead, RowSummary } from "./document-store.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { decodeSegment } from "./segment.ts";
import { framesOf, type SegmentRows } from "./segment-rows.ts";
import type { Open } from "./sqlite-log.ts";
import { readSummary } from "./summary.ts";

/** Rows read by one query while walking the log. */
const BATCH = 16;
/** … or fewer, when they hold this much. */
const BATCH_BYTES = 1024 * 1024;

/** Finds frames in the rows of the log, and walks along them. */
export class LogReader {
  readonly #driver: SqlDriver;
  readonly #segments: SegmentRows;
  readonly #open: () => Open | null;

  /** @param open the segment that grows, as far as it is in memory */
  constructor(driver: SqlDriver, segments: SegmentRows, open: () => Open | null) {
    this.#driver = driver;
    this.#segments = segments;
    this.#open = open;
  }

  *ascending(after: Seq, through: Seq): Generator<Frame> {
    const open = this.#open();
    if (open !== null && after + 1 >= open.firstSeq && through <= open.lastSeq) {
      if (open.isDamaged) throw new Damage("log", open.firstSeq, open.lastSeq);
      const frames = framesOf(decodeSegment, open.bytes, open.firstSeq, open.lastSeq);
      yield* frames.slice(after + 1 - open.firstSeq, through + 1 - open.firstSeq);
      return;
    }
    const start = this.#driver.query(
      "SELECT max(first_seq) AS seq FROM segments WHERE first_seq <= ?",
      after + 1,
    );
    let from = Number(start[0]?.seq ?? 0);
    while (from <= through) {
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
        const firstSeq = Number(row.first_seq);
        // without a row the frames behind it would be taken for those that follow
        if (from === 0 && firstSeq > after + 1) throw new Error(`the frames behind ${after} were dropped`);
        if (from > 0 && firstSeq > from) throw new Damage("log", from as Seq, (firstSeq - 1) as Seq);
        yield* this.#segments.decodeRange(row, after, through);
        from = Number(row.last_seq) + 1;
      }
    }
  }

  /** What stands between two rows that are condensed is read frame by frame, and with it what is missing there is met. */
  *updates(after: Seq, through: Seq): Generator<Uint8Array> {
    let at = after as number;
    for (const { firstSeq, lastSeq, update } of this.#slices(after, through)) {
      if (firstSeq <= at) continue;
      if (firstSeq > at + 1) yield* this.#oneByOne(at as Seq, (firstSeq - 1) as Seq);
      yield update;
      at = lastSeq;
    }
    if (at < through) yield* this.#oneByOne(at as Seq, through);
  }

  *#oneByOne(after: Seq, through: Seq): Generator<Uint8Array> {
    for (const { update } of this.ascending(after, through)) yield update;
  }

  /** Ascending; those that end in (`after`, `through`]. */
  *#slices(after: Seq, through: Seq): Generator<Slice> {
    for (let from = this.#rowAt((after + 1) as Seq)?.first_seq ?? null; from !== null; ) {
      const rows = this.#driver.query(
        `SELECT first_seq, last_seq, condensed FROM segments WHERE first_seq >= ? AND first_seq <= ?
         ORDER BY first_seq LIMIT ?`,
        from,
        through,
        BATCH,
      );
      for (const { first_seq: first, last_seq: last, condensed } of rows) {
        for (const slice of readCondensed(condensed ?? null, first as Seq, last as Seq) ?? []) {
          if (slice.lastSeq > after && slice.lastSeq <= through) yield slice;
        }
      }
      const last = rows.at(-1)?.last_seq;
      from = rows.length < BATCH || last === undefined ? null : Number(last) + 1;
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
        const lastSeq = Number(row.last_seq);
        if (below < before && lastSeq < below - 1)
          throw new Damage("log", (lastSeq + 1) as Seq, (below - 1) as Seq);
        const frames = this.#segments.decode(row);
        for (let i = frames.length - 1; i >= 0; i--) {
          const frame = frames[i] as Frame;
          if (frame.seq < before) yield frame;
        }
        below = Number(row.first_seq);
      }
    }
  }

  rowEnds(): RowEnd[] {
    let logBytes = 0;
    return this.#driver.query("SELECT last_seq, size FROM segments ORDER BY first_seq").map((row) => {
      logBytes += Number(row.size);
      return { seq: row.last_seq as Seq, logBytes };
    });
  }

  *summaries(before: Seq): Generator<RowSummary> {
    let below = before as number;
    for (;;) {
      const rows = this.#driver.query(
        "SELECT first_seq, last_seq, summary FROM segments WHERE first_seq < ? ORDER BY first_seq DESC LIMIT ?",
        below,
        BATCH,
      );
      if (rows.length === 0) return;
      for (const row of rows) {
        const [firstSeq, lastSeq] = [row.first_seq as Seq, row.last_seq as Seq];
        yield { firstSeq, lastSeq, text: readSummary(row.summary ?? null) ?? this.#summaryNow(firstSeq) };
        below = firstSeq;
      }
    }
  }

  /** Null when the frames cannot be read. */
  #summaryNow(firstSeq: Seq): string | null {
    const row = this.#segments.get(firstSeq);
    try {
      return this.#segments.summarise(this.#segments.decode(row));
    } catch (error) {
      if (error instanceof Damage) return null;
      throw error;
    }
  }

  positionAt(time: number): Seq {
    // halving what is left reads a few rows; an index over times would be one more row for each that is written
    let low = 0; // no frame up to here is later
    let high = Number(this.#rowAt(Number.MAX_SAFE_INTEGER as Seq)?.last_seq ?? 0);
    let later: SqlRow | null = null; // the row behind `high`, whose newest frame is later
    while (low < high) {
      const middle = Math.floor((low + 1 + high) / 2) as Seq;
      const row = this.#rowAt(middle);
      if (row === null) low = middle;
      else if (Number(row.last_time) <= time) low = Number(row.last_seq);
      else {
        later = row;
        high = Number(row.first_seq) - 1;
      }
    }
    if (later === null) return low as Seq;
    const within = this.#segments.heads(this.#segments.get(later.first_seq as Seq));
    return within.findLast((frame) => frame.time <= time)?.seq ?? (low as Seq);
  }

  headAt(seq: Seq): FrameHead | null {
    const row = this.#rowAt(seq);
    if (row === null || Number(row.last_seq) < seq) return null;
    const firstSeq = row.first_seq as Seq;
    const frame = this.#segments.heads(this.#segments.get(firstSeq))[seq - firstSeq];
    if (frame === undefined) throw new Damage("log", firstSeq);
    const { time, author, kind } = frame;
    return { seq, time, author, kind, target: kind === "restore" ? frame.target : null };
  }

  /** The row that a frame is in, or the newest one before it, without its bytes. */
  #rowAt(seq: Seq): SqlRow | null {
    const rows = this.#driver.query(
      "SELECT first_seq, last_seq, last_time FROM segments WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1",
      seq,
    );
    return rows[0] ?? null;
  }
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
