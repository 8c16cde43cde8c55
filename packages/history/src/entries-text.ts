import type { Seq } from "./seq.ts";
import type { Entry, FrameSummary, Session } from "./sessions.ts";

/**
 * Entries as a row of the log keeps them, so that a list of a year's sessions reads some rows and no frame. JSON, in
 * which an entry is one list; positions follow from where the row begins:
 *
 *     session := [edits, startedAt, endedAt - startedAt, firstAuthor, lastAuthor, author, edits, inserted, deleted, …]
 *     act     := [0, time, author, "import" | "restore", target, inserted, deleted]
 */
export function encodeEntries(entries: readonly Entry[]): string {
  return JSON.stringify(entries.flatMap((entry) => (entry.kind === "damaged" ? [] : [listOf(entry)])));
}

function listOf(entry: Exclude<Entry, { kind: "damaged" }>): unknown[] {
  if (entry.kind === "act") {
    const { time, author, kind, target, inserted, deleted } = entry.frame;
    return [0, time, author, kind, target, inserted, deleted];
  }
  const { firstSeq, lastSeq, startedAt, endedAt, firstAuthor, lastAuthor, shares } = entry;
  const numbers = shares.flatMap(({ author, edits, inserted, deleted }) => [
    author,
    edits,
    inserted,
    deleted,
  ]);
  return [lastSeq - firstSeq + 1, startedAt, endedAt - startedAt, firstAuthor, lastAuthor, ...numbers];
}

/** @param firstSeq where the row begins */
export function decodeEntries(text: string, firstSeq: Seq): Entry[] {
  let seq = firstSeq as number;
  return (JSON.parse(text) as (readonly number[])[]).map((list) => {
    const entry = entryOf(list, seq as Seq);
    seq += Math.max(1, list[0] as number);
    return entry;
  });
}

function entryOf(list: readonly unknown[], seq: Seq): Entry {
  if (list[0] === 0) {
    const [, time, author, kind, target, inserted, deleted] = list;
    return { kind: "act", frame: { seq, time, author, kind, target, inserted, deleted } as FrameSummary };
  }
  const [edits = 0, startedAt = 0, took = 0, firstAuthor = 0, lastAuthor = 0, ...numbers] = list as number[];
  const session: Session = {
    kind: "session",
    firstSeq: seq,
    lastSeq: (seq + edits - 1) as Seq,
    startedAt,
    endedAt: startedAt + took,
    firstAuthor,
    lastAuthor,
    shares: Array.from({ length: numbers.length / 4 }, (_, i) => {
      const [author = 0, edits = 0, inserted = 0, deleted = 0] = numbers.slice(4 * i, 4 * i + 4);
      return { author, edits, inserted, deleted };
    }),
  };
  return session;
}
