import { expect, test } from "vitest";
import { agoText, clockRange, dayLabel, groupByDay, momentText } from "../src/history/days.ts";
import { type HistoryEntry, placed } from "../src/history/entries.ts";

const at = (year: number, month: number, day: number, hour = 12, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).getTime();

const version = (name: string, ms: number): HistoryEntry => ({
  kind: "version",
  id: name,
  name,
  description: "",
  seq: 1,
  createdAt: new Date(ms).toISOString(),
  author: null,
  automatic: false,
});

test("entries are gathered by calendar day, newest first, midnight being the border", () => {
  const now = at(2026, 6, 3, 15);
  const days = groupByDay(
    placed([
      version("d", at(2026, 6, 3, 0, 1)),
      version("c", at(2026, 6, 2, 23, 59)),
      version("b", at(2026, 6, 2, 0, 0)),
      version("a", at(2025, 12, 31)),
    ]),
    now,
  );
  expect(days.map(({ label, entries }) => [label, entries.length])).toEqual([
    ["Today", 1],
    ["Yesterday", 2],
    ["31 December 2025", 1],
  ]);
});

test("days within a week are called by their weekday", () => {
  expect(dayLabel(at(2026, 6, 1), at(2026, 6, 3))).toBe("Monday 1 June");
  expect(dayLabel(at(2026, 5, 20), at(2026, 6, 3))).toBe("20 May");
});

test("a stretch inside one minute is one time", () => {
  expect(clockRange(at(2026, 6, 3, 14, 32), at(2026, 6, 3, 14, 32))).toBe("14:32");
  expect(clockRange(at(2026, 6, 3, 14, 32), at(2026, 6, 3, 14, 50))).toBe("14:32–14:50");
});

test("a moment has its year only when it is not this one", () => {
  expect(momentText(at(2026, 6, 3, 14, 32), at(2026, 11, 1))).toBe("14:32, 3 June");
  expect(momentText(at(2025, 6, 3, 14, 32), at(2026, 11, 1))).toBe("14:32, 3 June 2025");
});

test("a version that was named later stays with the edits it holds", () => {
  const session: HistoryEntry = {
    kind: "session",
    firstSeq: 1,
    lastSeq: 1,
    startedAt: new Date(at(2026, 6, 1, 9)).toISOString(),
    endedAt: new Date(at(2026, 6, 1, 10)).toISOString(),
    authors: [],
    edits: 1,
    inserted: 1,
    deleted: 0,
  };
  const [named] = placed([version("named today", at(2026, 6, 3)), session]);
  expect(named?.at).toBe(at(2026, 6, 1, 10));
});

test("how long ago is counted in the days that stand above the entries", () => {
  const now = at(2026, 6, 3, 19);
  expect(agoText(at(2026, 6, 1, 22), now)).toBe("2 days ago");
  expect(agoText(at(2026, 6, 2, 23, 59), now)).toBe("yesterday");
  expect(agoText(at(2026, 6, 3, 17), now)).toBe("2 hours ago");
});
