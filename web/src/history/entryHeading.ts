import { clockRange, momentText, spanText } from "./days.ts";
import type { HistoryEntry, RestoreEntry } from "./entries.ts";
import type { Known } from "./known.ts";
import { historyText } from "./text.ts";

function restoreHeading(entry: RestoreEntry, now: number, known: Known): string {
  const by = entry.author?.name ?? historyText.nobody;
  switch (entry.how) {
    case "whole":
      return historyText.restoredBy(by, targetText(entry, now, known));
    case "part":
      return historyText.partRestoredBy(by, targetText(entry, now, known));
    case "person": {
      const of = entry.of?.name ?? historyText.nobody;
      const { from, through } = entry;
      const span = from === null || through === null ? null : known.span(from, through);
      const when = span === null ? null : spanText(span.from, span.to, now);
      return entry.of !== null && entry.of.id === entry.author?.id
        ? historyText.ownUndone(of, when)
        : historyText.personUndoneBy(of, when, by);
    }
    case "undo":
      return historyText.takenBackBy(by);
    case "rescue":
      return historyText.rescuedBy(entry.of?.name ?? null, by);
  }
}

function targetText({ target, targetTime }: RestoreEntry, now: number, known: Known): string {
  const name = known.nameAt(target);
  if (name !== null) return historyText.quoted(name);
  if (targetTime === null) return target === 0 ? historyText.beginning : `#${target}`;
  return momentText(Date.parse(targetTime), now);
}

/** What an entry is called in the list, and in the questions that its menu asks. */
export function entryHeading(entry: HistoryEntry, now: number, known: Known): string {
  switch (entry.kind) {
    case "session":
      return clockRange(Date.parse(entry.startedAt), Date.parse(entry.endedAt));
    case "version":
      return entry.name;
    case "import": {
      const by = entry.author?.name ?? historyText.nobody;
      return entry.seq === 1 ? historyText.importedBy(by) : historyText.replacedBy(by);
    }
    case "damaged":
      return historyText.damaged(entry.lastSeq - entry.firstSeq + 1);
    case "restore":
      return restoreHeading(entry, now, known);
  }
}
