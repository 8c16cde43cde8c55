import {
  type Act,
  type Author,
  type FrameSummary,
  groupEntries,
  type Seq,
  type Session,
} from "@palimpsest/history";
import type { DocumentStore, Version } from "@palimpsest/store";
import { measure } from "@palimpsest/ydoc";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly color: string;
}

/** One line of the history list. Times are ISO; sizes in UTF-16 units of text. */
export type HistoryEntry =
  | {
      readonly kind: "session";
      readonly firstSeq: number;
      readonly lastSeq: number;
      readonly startedAt: string;
      readonly endedAt: string;
      readonly authors: readonly Person[];
      readonly edits: number;
      readonly inserted: number;
      readonly deleted: number;
    }
  | {
      readonly kind: "import";
      readonly seq: number;
      readonly at: string;
      readonly author: Person;
      readonly inserted: number;
    }
  | {
      readonly kind: "restore";
      readonly seq: number;
      readonly at: string;
      readonly author: Person;
      /** The position that was brought back, and when it was the present; null for the empty beginning. */
      readonly target: number;
      readonly targetTime: string | null;
    }
  | ({ readonly kind: "version" } & VersionEntry);

export interface VersionEntry {
  readonly id: string;
  readonly name: string;
  /** What its maker wants remembered about it; empty when nothing. */
  readonly description: string;
  readonly seq: number;
  readonly createdAt: string;
  readonly author: Person;
  /** Made by the program, before a restore. */
  readonly automatic: boolean;
}

export interface HistoryPage {
  readonly head: number;
  /** Pass it as `before` to get what is older; null at the beginning of the document. */
  readonly next: number | null;
  readonly entries: readonly HistoryEntry[];
}

/**
 * Sessions, restores, imports and versions with seq < `before`, newest first.
 *
 * @param limit how many sessions and acts at the most; versions come on top of them
 */
export function historyPage(
  store: DocumentStore,
  authors: readonly Author[],
  before: Seq | null,
  limit: number,
): HistoryPage {
  const { head } = store.stats();
  const top = before ?? (Number.MAX_SAFE_INTEGER as Seq);
  const people = peopleOf(authors);
  const groups: (Session | Act)[] = [];
  let more = false;
  for (const group of groupEntries(summaries(store, top))) {
    more = groups.length === limit;
    if (more) break;
    groups.push(group);
  }
  const lowest = groups.at(-1);
  const bottom = more && lowest !== undefined ? firstSeqOf(lowest) : (0 as Seq);
  const versions = store.versions().filter(({ seq }) => seq >= bottom && seq < top);
  return { head, next: more ? bottom : null, entries: interleave(groups, versions, store, people) };
}

/** A version stands above the entry whose edits it holds. */
function interleave(
  groups: readonly (Session | Act)[],
  versions: readonly Version[],
  store: DocumentStore,
  people: (no: number) => Person,
): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  let next = 0;
  for (const group of groups) {
    for (; next < versions.length && (versions[next] as Version).seq >= firstSeqOf(group); next++) {
      entries.push({ kind: "version", ...toVersionEntry(versions[next] as Version, people) });
    }
    entries.push(toEntry(group, store, people));
  }
  for (const version of versions.slice(next))
    entries.push({ kind: "version", ...toVersionEntry(version, people) });
  return entries;
}

export function peopleOf(authors: readonly Author[]): (no: number) => Person {
  const byNo = new Map(
    authors.map(({ no, userId, name, color }) => [no as number, { id: userId, name, color }]),
  );
  return (no) => byNo.get(no) ?? { id: "unknown", name: "Unknown", color: "#5f6368" };
}

export function toVersionEntry(version: Version, people: (no: number) => Person): VersionEntry {
  const { createdAt, author, ...rest } = version;
  return { ...rest, createdAt: new Date(createdAt).toISOString(), author: people(author) };
}

function* summaries(store: DocumentStore, before: Seq): Generator<FrameSummary> {
  for (const frame of store.framesDescending(before)) {
    const { seq, time, author, kind } = frame;
    yield {
      seq,
      time,
      author,
      kind,
      target: kind === "restore" ? frame.target : null,
      ...measure(frame.update),
    };
  }
}

function firstSeqOf(group: Session | Act): Seq {
  return group.kind === "session" ? group.firstSeq : group.frame.seq;
}

function toEntry(group: Session | Act, store: DocumentStore, people: (no: number) => Person): HistoryEntry {
  if (group.kind === "session") {
    const { startedAt, endedAt, authors, ...rest } = group;
    return {
      ...rest,
      startedAt: new Date(startedAt).toISOString(),
      endedAt: new Date(endedAt).toISOString(),
      authors: authors.map(people),
    };
  }
  const { seq, time, author, kind, target, inserted } = group.frame;
  const at = new Date(time).toISOString();
  if (kind !== "restore" || target === null)
    return { kind: "import", seq, at, author: people(author), inserted };
  return { kind, seq, at, author: people(author), target, targetTime: timeOf(target, store) };
}

function timeOf(seq: Seq, store: DocumentStore): string | null {
  for (const frame of store.frames((seq - 1) as Seq, seq)) return new Date(frame.time).toISOString();
  return null;
}
