import type { Frame, Seq } from "@palimpsest/history";
import { CHAIN_START, isSame, linkOf } from "./chain.ts";
import { Damage } from "./damage.ts";
import type { SqlRow } from "./driver.ts";
import type { Floor } from "./floor.ts";
import { encodeFrames } from "./segment.ts";
import { decodeEnds } from "./segment-ends.ts";
import type { SegmentRows } from "./segment-rows.ts";
import { SECTIONS, type SqliteSnapshots } from "./sqlite-snapshots.ts";
import type { SqliteVersions } from "./sqlite-versions.ts";
import { SegmentForm } from "./tables.ts";

/** What is wrong with something that is stored. */
export type BadReason =
  /** Its bytes are not those that were written. */
  | "unreadable"
  /** Its bytes can be read, but they are not the ones that its link was made over. */
  | "unlinked"
  /** These frames are not there. */
  | "missing"
  /** A frame is earlier than the one before it, or the row says another time than its frames. */
  | "time"
  /** The snapshot is not what the log gives. */
  | "state"
  /** The version's position cannot be read. */
  | "unreachable";

export interface Bad {
  readonly part: "log" | "snapshot" | "version";
  /** The first and the last position it is about. */
  readonly seq: Seq;
  readonly through: Seq;
  readonly reason: BadReason;
}

/** What a look at everything found. */
export interface Verification {
  /** What is as it was written: frames, rows of the log, snapshots, versions that can be read. */
  readonly frames: number;
  readonly segments: number;
  readonly snapshots: number;
  readonly versions: number;
  /** The links are right through here; what follows is not closed yet, or comes after something bad. */
  readonly sealed: Seq;
  /** The first thing in the order of the log, then of the snapshots, then of the versions; null when all is well. */
  readonly bad: Bad | null;
}

export interface VerifyOptions {
  /**
   * Whether the whole snapshot at this position is what replaying the log gives: what only those can tell who know what
   * the bytes mean. Asked for those that frames before them are still there of.
   */
  readonly sameState?: (snapshot: Seq) => boolean;
}

export interface Verified {
  readonly segments: SegmentRows;
  readonly snapshots: SqliteSnapshots;
  readonly versions: SqliteVersions;
  readonly head: Seq;
  readonly floor: Floor;
}

interface Tally {
  frames: number;
  segments: number;
  snapshots: number;
  versions: number;
  sealed: Seq;
  bad: Bad | null;
}

/** A row or a snapshot for each step, with nothing kept between them: the document may go on meanwhile. */
export function* verifyStored(stored: Verified, options: VerifyOptions): Generator<void, Verification> {
  const tally: Tally = { frames: 0, segments: 0, snapshots: 0, versions: 0, sealed: 0 as Seq, bad: null };
  yield* verifyLog(stored, tally);
  yield* verifySnapshots(stored, options, tally);
  const pinned = new Set(stored.snapshots.positions());
  for (const { seq } of stored.versions.list().reverse()) {
    if (seq <= stored.head && (seq >= stored.floor.seq || pinned.has(seq))) tally.versions++;
    else blame(tally, "version", seq, seq, "unreachable");
  }
  return tally;
}

function* verifyLog({ segments, head, floor }: Verified, tally: Tally): Generator<void> {
  let next = floor.firstSeq as number;
  /** Null behind something bad: then what the row says is taken for right. */
  let link: Uint8Array | null = floor.link;
  let time = 0;
  if (next > 1) tally.sealed = (next - 1) as Seq;
  while (next <= head) {
    const row = segments.at(next as Seq);
    if (row === null || Number(row.last_seq) < next) {
      const after = segments.firstAfter(next as Seq) ?? ((head + 1) as Seq);
      blame(tally, "log", next as Seq, (after - 1) as Seq, "missing");
      [next, link] = [after, null];
      continue;
    }
    const checked = checkRow(row, next as Seq, link, time, segments);
    if (typeof checked === "string") {
      blame(tally, "log", row.first_seq as Seq, row.last_seq as Seq, checked);
    } else {
      tally.frames += checked.frames;
      tally.segments++;
      if (row.link !== null && tally.bad === null) tally.sealed = row.last_seq as Seq;
    }
    link = (row.link ?? CHAIN_START) as Uint8Array;
    time = Number(row.last_time);
    next = Number(row.last_seq) + 1;
    yield;
  }
}

function checkRow(
  row: SqlRow,
  from: Seq,
  before: Uint8Array | null,
  notBefore: number,
  segments: SegmentRows,
): { readonly frames: number } | BadReason {
  let frames: readonly Frame[];
  let ends: readonly Seq[];
  try {
    frames = segments.decode(row);
    ends = row.form === SegmentForm.packed ? decodeEnds(row.ends as Uint8Array) : [];
  } catch (error) {
    if (error instanceof Damage) return "unreadable";
    throw error;
  }
  let time = frames[0]?.seq === from ? notBefore : 0;
  for (const frame of frames) {
    if (frame.time < time) return "time";
    time = frame.time;
  }
  if (time !== Number(row.last_time)) return "time";
  if (row.link instanceof Uint8Array && before !== null) {
    const link = linkThrough(frames, [...ends, row.last_seq as Seq], from, before);
    if (!isSame(link, row.link)) return "unlinked";
  }
  return { frames: frames.filter(({ seq }) => seq >= from).length };
}

/**
 * The link behind a row, made over its segments again.
 *
 * @param from where the walk stands: rows before it may have been packed with this one since
 */
function linkThrough(
  frames: readonly Frame[],
  ends: readonly Seq[],
  from: Seq,
  before: Uint8Array,
): Uint8Array {
  let link = before;
  let at = from as number;
  const [first] = frames;
  for (const end of ends) {
    if (end < at || first === undefined) continue;
    const segment = frames.slice(at - first.seq, end - first.seq + 1);
    link = linkOf(link, encodeFrames(segment, 0).bytes);
    at = end + 1;
  }
  return link;
}

function* verifySnapshots(
  { snapshots, head, floor }: Verified,
  { sameState }: VerifyOptions,
  tally: Tally,
): Generator<void> {
  for (const seq of snapshots.positions()) {
    // one that was dropped since the walk began is nobody's loss
    if (!snapshots.has(seq)) continue;
    if (seq > head || !isReadable(snapshots, seq)) blame(tally, "snapshot", seq, seq, "unreadable");
    else if (seq > floor.seq && sameState?.(seq) === false) blame(tally, "snapshot", seq, seq, "state");
    else tally.snapshots++;
    yield;
  }
}

function isReadable(snapshots: SqliteSnapshots, seq: Seq): boolean {
  try {
    for (const section of SECTIONS) snapshots.read(seq, section);
    return true;
  } catch (error) {
    if (error instanceof Damage) return false;
    throw error;
  }
}

function blame(tally: Tally, part: Bad["part"], seq: Seq, through: Seq, reason: BadReason): void {
  tally.bad ??= { part, seq, through, reason };
}
