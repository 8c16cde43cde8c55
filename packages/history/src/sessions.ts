import type { Seq } from "./seq.ts";

/** One frame as the history list sees it. */
export interface FrameSummary {
  readonly seq: Seq;
  /** Server time, ms since the epoch. */
  readonly time: number;
  /** The document's own number for the author. */
  readonly author: number;
  readonly kind: "edit" | "import" | "restore";
  /** For a restore: the position whose state was brought back. */
  readonly target: Seq | null;
  /** UTF-16 units of text the frame brought. */
  readonly inserted: number;
  /** Units (text or elements) the frame deleted. */
  readonly deleted: number;
}

/** What one person did in a session. */
export interface Share {
  readonly author: number;
  readonly edits: number;
  readonly inserted: number;
  readonly deleted: number;
}

/** A stretch of editing: consecutive edits, by whomever, without a long pause. */
export interface Session {
  readonly kind: "session";
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Who wrote the first and the last edit: what stands beside it may belong to it. */
  readonly firstAuthor: number;
  readonly lastAuthor: number;
  /** In order of their first edit. */
  readonly shares: readonly Share[];
}

/** A frame that stands alone in the list: a restore or an import. */
export interface Act {
  readonly kind: "act";
  readonly frame: FrameSummary;
}

/** A stretch of the log that cannot be read. */
export interface Lost {
  readonly kind: "damaged";
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
}

/** An entry of the history list, or the part of one that a stretch of the log holds. */
export type Entry = Session | Act | Lost;

/** A pause of this length ends a session, */
export const SESSION_GAP_MS = 5 * 60_000;
/** and one of this length where another person goes on. */
export const AUTHOR_GAP_MS = 60_000;

/** What decides whether two neighbouring frames belong together. */
export type Edge = Pick<FrameSummary, "time" | "author" | "kind">;

/**
 * Whether a new entry begins between two neighbouring frames. It looks at these two alone, so that a page of the
 * list gives the same entries wherever it begins, and a stretch can be summed up without the ones beside it.
 */
export function startsEntry(earlier: Edge, later: Edge): boolean {
  if (earlier.kind !== "edit" || later.kind !== "edit") return true;
  const pause = later.time - earlier.time;
  return pause > (earlier.author === later.author ? SESSION_GAP_MS : AUTHOR_GAP_MS);
}

/**
 * The entries of a stretch of the log, oldest first. The first and the last may go on beside it: `joinEntries`.
 *
 * @param frames in ascending order of seq, without holes
 */
export function entriesOf(frames: Iterable<FrameSummary>): Entry[] {
  const entries: Entry[] = [];
  let group: FrameSummary[] = [];
  for (const frame of frames) {
    const earlier = group.at(-1);
    if (earlier !== undefined && startsEntry(earlier, frame)) {
      entries.push(toEntry(group));
      group = [];
    }
    group.push(frame);
  }
  if (group.length > 0) entries.push(toEntry(group));
  return entries;
}

/**
 * Whole entries from those of neighbouring stretches.
 *
 * @param newestFirst in descending order, without holes
 */
export function* joinEntries(newestFirst: Iterable<Entry>): Generator<Entry> {
  let later: Entry | null = null;
  for (const entry of newestFirst) {
    if (later === null) later = entry;
    else if (entry.kind === "session" && later.kind === "session" && !isApart(entry, later)) {
      later = joined(entry, later);
    } else {
      yield later;
      later = entry;
    }
  }
  if (later !== null) yield later;
}

/** One session over all that two hold. */
export function joined(earlier: Session, later: Session): Session {
  return {
    ...earlier,
    lastSeq: later.lastSeq,
    endedAt: later.endedAt,
    lastAuthor: later.lastAuthor,
    shares: sumShares([...earlier.shares, ...later.shares]),
  };
}

export function firstSeqOf(entry: Entry): Seq {
  return entry.kind === "act" ? entry.frame.seq : entry.firstSeq;
}

export function lastSeqOf(entry: Entry): Seq {
  return entry.kind === "act" ? entry.frame.seq : entry.lastSeq;
}

function isApart(earlier: Session, later: Session): boolean {
  return startsEntry(
    { kind: "edit", time: earlier.endedAt, author: earlier.lastAuthor },
    { kind: "edit", time: later.startedAt, author: later.firstAuthor },
  );
}

function toEntry(frames: readonly FrameSummary[]): Session | Act {
  const [first, last] = [frames[0], frames.at(-1)];
  if (first === undefined || last === undefined) throw new Error("an entry has at least one frame");
  if (last.kind !== "edit") return { kind: "act", frame: last };
  return {
    kind: "session",
    firstSeq: first.seq,
    lastSeq: last.seq,
    startedAt: first.time,
    endedAt: last.time,
    firstAuthor: first.author,
    lastAuthor: last.author,
    shares: sumShares(
      frames.map(({ author, inserted, deleted }) => ({ author, edits: 1, inserted, deleted })),
    ),
  };
}

/** One for each author, in order of their first. */
function sumShares(shares: readonly Share[]): Share[] {
  const byAuthor = new Map<number, Share>();
  for (const share of shares) {
    const sum = byAuthor.get(share.author);
    byAuthor.set(share.author, {
      author: share.author,
      edits: (sum?.edits ?? 0) + share.edits,
      inserted: (sum?.inserted ?? 0) + share.inserted,
      deleted: (sum?.deleted ?? 0) + share.deleted,
    });
  }
  return [...byAuthor.values()];
}
