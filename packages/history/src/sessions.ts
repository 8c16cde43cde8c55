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

/** A stretch of editing: consecutive edits, by whomever, without a long pause. */
export interface Session {
  readonly kind: "session";
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
  readonly startedAt: number;
  readonly endedAt: number;
  /** In order of their first edit. */
  readonly authors: readonly number[];
  readonly edits: number;
  readonly inserted: number;
  readonly deleted: number;
}

/** A frame that stands alone in the list: a restore or an import. */
export interface Act {
  readonly kind: "act";
  readonly frame: FrameSummary;
}

/** A pause of this length ends a session. */
export const SESSION_GAP_MS = 5 * 60_000;

/**
 * Whether a new entry begins between two neighbouring frames. It looks at these two alone, so that a page of the
 * list gives the same entries wherever it begins.
 */
export function startsEntry(earlier: FrameSummary, later: FrameSummary): boolean {
  if (earlier.kind !== "edit" || later.kind !== "edit") return true;
  return later.time - earlier.time > SESSION_GAP_MS;
}

/**
 * Groups frames into history entries, newest first.
 *
 * @param newestFirst frames in descending order of seq, without holes
 */
export function* groupEntries(newestFirst: Iterable<FrameSummary>): Generator<Session | Act> {
  let group: FrameSummary[] = [];
  for (const frame of newestFirst) {
    const later = group.at(-1);
    if (later !== undefined && startsEntry(frame, later)) {
      yield toEntry(group);
      group = [];
    }
    group.push(frame);
  }
  if (group.length > 0) yield toEntry(group);
}

function toEntry(newestFirst: readonly FrameSummary[]): Session | Act {
  const last = newestFirst[0];
  const first = newestFirst.at(-1);
  if (first === undefined || last === undefined) throw new Error("an entry has at least one frame");
  if (last.kind !== "edit") return { kind: "act", frame: last };
  const authors = new Set<number>();
  let inserted = 0;
  let deleted = 0;
  for (let i = newestFirst.length - 1; i >= 0; i--) {
    const frame = newestFirst[i] as FrameSummary;
    authors.add(frame.author);
    inserted += frame.inserted;
    deleted += frame.deleted;
  }
  return {
    kind: "session",
    firstSeq: first.seq,
    lastSeq: last.seq,
    startedAt: first.time,
    endedAt: last.time,
    authors: [...authors],
    edits: newestFirst.length,
    inserted,
    deleted,
  };
}
