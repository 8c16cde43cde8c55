import {
  decodeEntries,
  type Entry,
  entriesOf,
  firstSeqOf,
  joinEntries,
  lastSeqOf,
  type Seq,
} from "@palimpsest/history";
import { Damage, type DocumentStore, type RowSummary } from "@palimpsest/store";
import { summaryOf } from "./summarise.ts";

/**
 * The entries of the history over the frames in (`floor`, `before`), newest first. Rows of the log keep what they show
 * here: only where one is cut in the middle of an entry are its frames read.
 */
export function entriesBelow(before: Seq, floor: Seq, store: DocumentStore): Generator<Entry> {
  return joinEntries(partsBelow(before, floor, store));
}

function* partsBelow(before: Seq, floor: Seq, store: DocumentStore): Generator<Entry> {
  for (const row of store.summaries(before)) {
    if (row.lastSeq <= floor) return;
    yield* within(row, before, floor, store).toReversed();
  }
}

function within(row: RowSummary, before: Seq, floor: Seq, store: DocumentStore): readonly Entry[] {
  const { firstSeq, lastSeq, text } = row;
  const first = Math.max(firstSeq, floor + 1) as Seq;
  const last = Math.min(lastSeq, before - 1) as Seq;
  if (text === null) return [{ kind: "damaged", firstSeq: first, lastSeq: last }];
  const entries = decodeEntries(text, firstSeq);
  const isCut = entries.some(
    (entry) => firstSeqOf(entry) <= last && lastSeqOf(entry) >= first && !isBetween(entry, first, last),
  );
  if (!isCut) return entries.filter((entry) => isBetween(entry, first, last));
  try {
    return entriesOf(Array.from(store.frames((first - 1) as Seq, last), summaryOf));
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return [{ kind: "damaged", firstSeq: first, lastSeq: last }];
  }
}

function isBetween(entry: Entry, first: Seq, last: Seq): boolean {
  return firstSeqOf(entry) >= first && lastSeqOf(entry) <= last;
}
