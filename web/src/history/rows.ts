import { groupByDay } from "./days.ts";
import { keyOf, type Moment, type Placed, seqOf } from "./entries.ts";

/** A line of the list: an entry, and the name of its day where it is the first of one. */
export type Row = {
  readonly key: string;
  readonly placed: Placed;
  readonly day: string;
  readonly opensDay: boolean;
};

export function rowsOf(list: readonly Placed[], now: number): readonly Row[] {
  return groupByDay(list, now).flatMap(({ label, entries }) =>
    entries.map((placed, i) => ({
      key: keyOf(placed.entry),
      placed,
      day: label,
      opensDay: i === 0,
    })),
  );
}

/**
 * The row that stands for a moment: the one it was chosen from, else the one whose edits it lies in; -1 where that is not
 * loaded.
 */
export function rowAt(rows: readonly Row[], moment: Moment): number {
  const chosen = rows.findIndex(({ key }) => key === moment.key);
  if (chosen >= 0) return chosen;
  return rows.findIndex(({ placed: { entry } }) =>
    entry.kind === "session" || entry.kind === "damaged"
      ? entry.firstSeq <= moment.seq && moment.seq <= entry.lastSeq
      : entry.kind !== "version" && seqOf(entry) === moment.seq,
  );
}

/** A height near enough to the real one that the scroll bar does not jump when the row is measured. */
export function estimatedHeight({ placed: { entry }, opensDay }: Row): number {
  const day = opensDay ? 32 : 0;
  switch (entry.kind) {
    case "session":
      return day + 52 + 20 * Math.min(entry.authors.length, shownAuthors + 1);
    case "version":
      return day + (entry.automatic ? 34 : 56 + (entry.description === "" ? 0 : 36));
    default:
      return day + 70;
  }
}

/** More of those who took part are counted, not listed. */
export const shownAuthors = 4;
