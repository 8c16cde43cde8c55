import { expect, test } from "vitest";
import { type HistoryEntry, momentBefore, type Part, placed } from "../src/history/entries.ts";
import { entryHeading } from "../src/history/entryHeading.ts";
import { knownFrom } from "../src/history/known.ts";
import { rowAt, rowsOf } from "../src/history/rows.ts";
import { comparison, momentBelow } from "../src/history/useEntryActions.ts";
import { rowAfterKey } from "../src/history/useListKeys.ts";

const now = new Date(2026, 5, 3, 16).getTime();
const iso = (hour: number, minute = 0, day = 3) => new Date(2026, 5, day, hour, minute).toISOString();
const ada = { id: "a", name: "Ada", color: "#2557c7" };
const ben = { id: "b", name: "Ben", color: "#b4232c" };
const part = (who: typeof ada): Part => ({ ...who, edits: 1, inserted: 2, deleted: 1 });

const session = (firstSeq: number, lastSeq: number, from: string, to: string): HistoryEntry => ({
  kind: "session",
  firstSeq,
  lastSeq,
  startedAt: from,
  endedAt: to,
  authors: [part(ada), part(ben)],
  edits: 2,
  inserted: 4,
  deleted: 2,
});

const version = (name: string, seq: number, createdAt: string, automatic = false): HistoryEntry => ({
  kind: "version",
  id: name,
  name,
  description: "",
  seq,
  createdAt,
  author: ada,
  automatic,
});

const restore = (fields: Partial<Extract<HistoryEntry, { kind: "restore" }>>): HistoryEntry => ({
  kind: "restore",
  seq: 30,
  at: iso(15),
  author: ada,
  target: 10,
  targetTime: iso(9, 32),
  how: "whole",
  of: null,
  from: null,
  through: null,
  ...fields,
});

const list = placed([
  session(21, 29, iso(14), iso(14, 30)),
  version("Second draft", 20, iso(13)),
  session(11, 20, iso(11), iso(12)),
  version("First draft", 10, iso(10)),
  session(1, 10, iso(9), iso(9, 32)),
]);
const known = knownFrom(list);
const say = (entry: HistoryEntry) => entryHeading(entry, now, known);

test("a restore says who brought back what: a named version by its name, else a moment by its time", () => {
  expect(say(restore({}))).toBe("Restored by Ada to “First draft”");
  expect(say(restore({ target: 15, targetTime: iso(11, 40) }))).toBe("Restored by Ada to 11:40, 3 June");
  expect(say(restore({ target: 0, targetTime: null }))).toBe("Restored by Ada to the empty beginning");
});

test("a restore of a part, of a person's changes, of a restore and of what was kept aside each have their own words", () => {
  const target = { target: 15, targetTime: iso(11, 40) };
  expect(say(restore({ how: "part", ...target }))).toBe("One passage restored by Ada as of 11:40, 3 June");
  expect(say(restore({ how: "person", of: ben, from: 10, through: 20 }))).toBe(
    "Ben’s changes of 11:00–12:00, 3 June undone by Ada",
  );
  expect(say(restore({ how: "person", of: ada, from: 10, through: 20 }))).toBe(
    "Ada undid their own changes of 11:00–12:00, 3 June",
  );
  expect(say(restore({ how: "person", of: ben, from: 90, through: 95 }))).toBe("Ben’s changes undone by Ada");
  expect(say(restore({ how: "undo" }))).toBe("A restore was taken back by Ada");
  expect(say(restore({ how: "rescue", of: ben }))).toBe("Kept text of Ben put back by Ada");
});

test("the first edit of a document that came from a file is its import, a later one replaced the text", () => {
  const imported = { kind: "import", at: iso(9), author: ada, inserted: 5 } as const;
  expect(say({ ...imported, seq: 1 })).toBe("Imported by Ada");
  expect(say({ ...imported, seq: 7 })).toBe("Text replaced from a file by Ada");
});

test("each day is opened by its newest entry", () => {
  const rows = rowsOf(
    placed([
      session(5, 6, iso(9), iso(10)),
      session(3, 4, iso(8), iso(8, 30)),
      session(1, 2, iso(9, 0, 2), iso(10, 0, 2)),
    ]),
    now,
  );
  expect(rows.map(({ day, opensDay }) => [day, opensDay])).toEqual([
    ["Today", true],
    ["Today", false],
    ["Yesterday", true],
  ]);
});

test("among named versions alone, one that was named late is no younger than the one above it", () => {
  const late = placed([version("b", 20, iso(9)), version("a", 10, iso(15))]);
  expect(late.map(({ at }) => new Date(at).toISOString())).toEqual([iso(9), iso(9)]);
});

test("a session is compared with the moment before it, a version with the one named before it", () => {
  const rows = rowsOf(list, now);
  expect(momentBefore(list[2]!)).toMatchObject({ seq: 10, at: Date.parse(iso(11)) });
  expect(momentBelow(rows[2]!, rows)).toMatchObject({ seq: 10 });
  expect(momentBelow(rows[1]!, rows)).toMatchObject({ seq: 10, name: "First draft" });
  expect(momentBelow(rows[3]!, rows)).toMatchObject({ seq: 0 });
});

test("of two moments that are compared the earlier one comes first, whichever was chosen first", () => {
  const [one, other] = [momentBefore(list[0]!), momentBefore(list[2]!)];
  expect(comparison(one, other)).toEqual({ mode: "compare", moment: one, from: other });
  expect(comparison(other, one)).toEqual({ mode: "compare", moment: one, from: other });
});

test("the keys stop at both ends of the list", () => {
  expect(rowAfterKey("ArrowUp", 0, 3)).toBe(0);
  expect(rowAfterKey("ArrowDown", 2, 3)).toBe(2);
  expect(rowAfterKey("PageDown", 1, 3)).toBe(2);
  expect(rowAfterKey("End", 0, 3)).toBe(2);
  expect(rowAfterKey("a", 1, 3)).toBeNull();
});

test("a moment is marked where it was chosen, else at the edits that it lies in", () => {
  const rows = rowsOf(list, now);
  const at = (key: string, seq: number) => rowAt(rows, { key, seq, at: 0, by: [], name: null });
  expect(at("version-First draft", 10)).toBe(3);
  expect(at("seq-10", 10)).toBe(4);
  expect(at("seq-15", 15)).toBe(2);
  expect(at("seq-90", 90)).toBe(-1);
});

test("what cannot be read stands on the day of what is below it, and does not disturb the times around it", () => {
  const damaged: HistoryEntry = { kind: "damaged", firstSeq: 21, lastSeq: 24 };
  const around = placed([
    session(25, 30, iso(14), iso(15)),
    damaged,
    session(11, 20, iso(9, 0, 2), iso(10, 0, 2)),
  ]);
  expect(rowsOf(around, now).map(({ key, day }) => [key, day])).toEqual([
    ["session-25", "Today"],
    ["damaged-21", "Yesterday"],
    ["session-11", "Yesterday"],
  ]);
  expect(say(damaged)).toBe("4 edits here cannot be read");
  expect(placed([damaged])).toEqual([{ entry: damaged, at: 0 }]);
});
