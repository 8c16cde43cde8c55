import { type Author, type Entry, firstSeqOf, type Seq, type Share } from "@palimpsest/history";
import { Damage, type DocumentStore, type RestoreHow, type Version } from "@palimpsest/store";
import { entriesBelow } from "./entries.ts";

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
      /** In order of their first edit, each with what they did. */
      readonly authors: readonly (Person & Sizes)[];
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
      readonly how: RestoreHow;
      /** Whose edits were undone; null when it was not about one person. */
      readonly of: Person | null;
      /** It undid what was done in (`from`, `through`]; null where that says nothing. */
      readonly from: number | null;
      readonly through: number | null;
    }
  /** What was written here cannot be read. */
  | { readonly kind: "damaged"; readonly firstSeq: number; readonly lastSeq: number }
  | ({ readonly kind: "version" } & VersionEntry);

interface Sizes {
  readonly edits: number;
  readonly inserted: number;
  readonly deleted: number;
}

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
  /** The oldest position that can be read; 0 while nothing was dropped. */
  readonly floor: number;
  /** Pass it as `before` to get what is older; null at the beginning of the document. */
  readonly next: number | null;
  readonly entries: readonly HistoryEntry[];
}

/** Everything, or only the versions that people made. */
export type HistoryFilter = "all" | "named";

/**
 * Sessions, restores, imports and versions with seq < `before`, newest first.
 *
 * @param limit how many sessions and acts at the most; versions come on top of them. Of versions alone so many, and
 *   all that are at the last one's position
 */
export function historyPage(
  store: DocumentStore,
  authors: readonly Author[],
  before: Seq | null,
  limit: number,
  filter: HistoryFilter = "all",
): HistoryPage {
  const { head, floor } = store.stats();
  const top = before ?? (Number.MAX_SAFE_INTEGER as Seq);
  const people = peopleOf(authors);
  const page =
    filter === "named" ? namedPage(store, people, top, limit) : fullPage(store, people, top, floor, limit);
  return { head, floor, ...page };
}

type Part = Pick<HistoryPage, "next" | "entries">;
type People = (no: number) => Person;

function namedPage(store: DocumentStore, people: People, top: Seq, limit: number): Part {
  const versions = store.versions().filter(({ seq, automatic }) => !automatic && seq < top);
  const last = versions[limit - 1]?.seq ?? 0;
  const shown = versions.filter(({ seq }) => seq >= last);
  return {
    next: shown.length < versions.length ? last : null,
    entries: shown.map((version) => ({ kind: "version", ...toVersionEntry(version, people) })),
  };
}

function fullPage(store: DocumentStore, people: People, top: Seq, floor: Seq, limit: number): Part {
  const found: Entry[] = [];
  let more = false;
  for (const entry of entriesBelow(top, floor, store)) {
    more = found.length === limit;
    if (more) break;
    found.push(entry);
  }
  const lowest = found.at(-1);
  const bottom = more && lowest !== undefined ? firstSeqOf(lowest) : (0 as Seq);
  const versions = store.versions().filter(({ seq }) => seq >= bottom && seq < top);
  return { next: more ? bottom : null, entries: interleave(found, versions, store, people) };
}

/** A version stands above the entry whose edits it holds. */
function interleave(
  found: readonly Entry[],
  versions: readonly Version[],
  store: DocumentStore,
  people: People,
): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  const restores = new Map(store.restoreFacts().map((facts) => [facts.seq, facts]));
  let next = 0;
  for (const entry of found) {
    for (; next < versions.length && (versions[next] as Version).seq >= firstSeqOf(entry); next++) {
      entries.push({ kind: "version", ...toVersionEntry(versions[next] as Version, people) });
    }
    entries.push(toHistoryEntry(entry, restores, store, people));
  }
  for (const version of versions.slice(next))
    entries.push({ kind: "version", ...toVersionEntry(version, people) });
  return entries;
}

export function peopleOf(authors: readonly Author[]): People {
  const byNo = new Map(
    authors.map(({ no, userId, name, color }) => [no as number, { id: userId, name, color }]),
  );
  return (no) => byNo.get(no) ?? { id: "unknown", name: "Unknown", color: "#5f6368" };
}

export function toVersionEntry(version: Version, people: People): VersionEntry {
  const { createdAt, author, ...rest } = version;
  return { ...rest, createdAt: new Date(createdAt).toISOString(), author: people(author) };
}

type Restores = ReadonlyMap<Seq, ReturnType<DocumentStore["restoreFacts"]>[number]>;

function toHistoryEntry(
  entry: Entry,
  restores: Restores,
  store: DocumentStore,
  people: People,
): HistoryEntry {
  if (entry.kind === "damaged") return entry;
  if (entry.kind === "session") {
    const { kind, firstSeq, lastSeq, startedAt, endedAt, shares } = entry;
    return {
      kind,
      firstSeq,
      lastSeq,
      startedAt: new Date(startedAt).toISOString(),
      endedAt: new Date(endedAt).toISOString(),
      authors: shares.map(({ author, ...sizes }) => ({ ...people(author), ...sizes })),
      ...sumOf(shares),
    };
  }
  const { seq, time, author, kind, target, inserted } = entry.frame;
  const at = new Date(time).toISOString();
  if (kind !== "restore" || target === null)
    return { kind: "import", seq, at, author: people(author), inserted };
  const { how = "whole", of = null, from = null, through = null } = restores.get(seq) ?? {};
  return {
    kind,
    seq,
    at,
    author: people(author),
    target,
    targetTime: timeOf(target, store),
    how,
    of: of === null ? null : people(of),
    from,
    through,
  };
}

function sumOf(shares: readonly Share[]): Sizes {
  return shares.reduce(
    (sum, { edits, inserted, deleted }) => ({
      edits: sum.edits + edits,
      inserted: sum.inserted + inserted,
      deleted: sum.deleted + deleted,
    }),
    { edits: 0, inserted: 0, deleted: 0 },
  );
}

/** Null where nobody knows any more: the frame was dropped, or cannot be read. */
function timeOf(seq: Seq, store: DocumentStore): string | null {
  try {
    const head = store.frameHeadAt(seq);
    return head === null ? null : new Date(head.time).toISOString();
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return null;
  }
}
