import { type Band, bandsOf, type Seq } from "@palimpsest/history";
import type { DocumentStore } from "@palimpsest/store";
import { entriesBelow } from "./entries.ts";
import { type Person, peopleOf } from "./history-page.ts";

/** More than a screen has pixels for. */
const MAX_BANDS = 2_000;

/** The whole history at a glance, oldest first. Times are ISO. */
export interface HistoryTimeline {
  readonly head: number;
  readonly floor: number;
  /** Everybody who is in `sessions`. */
  readonly people: readonly Person[];
  readonly sessions: readonly (Omit<Band, "startedAt" | "endedAt"> & {
    readonly startedAt: string;
    readonly endedAt: string;
    /** Indexes in `people`, in order of their first edit. */
    readonly authors: readonly number[];
  })[];
  readonly versions: readonly {
    readonly id: string;
    readonly seq: number;
    readonly name: string;
    readonly automatic: boolean;
  }[];
}

export function timeline(store: DocumentStore): HistoryTimeline {
  const { head, floor } = store.stats();
  const person = peopleOf(store.authors());
  const indexes = new Map<number, number>();
  const indexOf = (author: number) => {
    const index = indexes.get(author) ?? indexes.size;
    indexes.set(author, index);
    return index;
  };
  const entries = [...entriesBelow(Number.MAX_SAFE_INTEGER as Seq, floor, store)].reverse();
  const sessions = bandsOf(entries, MAX_BANDS).map(({ startedAt, endedAt, authors, ...band }) => ({
    ...band,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(endedAt).toISOString(),
    authors: authors.map(indexOf),
  }));
  const versions = store
    .versions()
    .map(({ id, seq, name, automatic }) => ({ id, seq, name, automatic }))
    .reverse();
  return { head, floor, people: [...indexes.keys()].map(person), sessions, versions };
}
