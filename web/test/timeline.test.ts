import { expect, test } from "vitest";
import {
  bandsOf,
  fractionOf,
  momentAt,
  momentBefore,
  moved,
  seqAt,
  stretchAt,
  type Timeline,
  ticksOf,
  timeAround,
} from "../src/history/past/timeline.ts";

const iso = (minute: number) => new Date(Date.UTC(2026, 5, 3, 12, minute)).toISOString();

const timeline: Timeline = {
  floor: 0,
  head: 300,
  people: [
    { id: "a", name: "Ada", color: "#b4232c" },
    { id: "b", name: "Ben", color: "#2557c7" },
  ],
  sessions: [
    { firstSeq: 1, lastSeq: 1, startedAt: iso(0), endedAt: iso(0), authors: [0], kind: "import" },
    { firstSeq: 2, lastSeq: 100, startedAt: iso(1), endedAt: iso(10), authors: [0, 1], kind: "session" },
    { firstSeq: 101, lastSeq: 300, startedAt: iso(30), endedAt: iso(50), authors: [1], kind: "session" },
  ],
  versions: [
    { id: "v_1", seq: 50, name: "Draft", automatic: false },
    { id: "v_2", seq: 51, name: "Before restoring", automatic: true },
    { id: "v_3", seq: 300, name: "Done", automatic: false },
  ],
};

test("every position of the slider leads back to the edit it stands for", () => {
  for (const ends of [timeline, { floor: 40, head: 41 }, { floor: 7, head: 100_000 }])
    for (let seq = ends.floor; seq <= ends.head; seq += Math.ceil((ends.head - ends.floor) / 97))
      expect(seqAt(fractionOf(seq, ends), ends)).toBe(seq);
});

test("what lies outside of the history is at its nearest end", () => {
  expect(fractionOf(-5, timeline)).toBe(0);
  expect(fractionOf(999, timeline)).toBe(1);
  expect(seqAt(1.5, timeline)).toBe(300);
  expect(fractionOf(0, { floor: 0, head: 0 })).toBe(1);
});

test("a position knows its session, and about when it was written", () => {
  expect(stretchAt(0, timeline.sessions)).toBeNull();
  expect(stretchAt(100, timeline.sessions)?.firstSeq).toBe(2);
  expect(stretchAt(101, timeline.sessions)?.firstSeq).toBe(101);
  expect(timeAround(0, timeline.sessions)).toBeNull();
  expect(timeAround(1, timeline.sessions)).toBe(Date.parse(iso(0)));
  expect(timeAround(2, timeline.sessions)).toBe(Date.parse(iso(1)));
  expect(timeAround(51, timeline.sessions)).toBe((Date.parse(iso(1)) + Date.parse(iso(10))) / 2);
  expect(timeAround(300, timeline.sessions)).toBe(Date.parse(iso(50)));
});

test("keys go by edit, by session and to the ends, and stop there", () => {
  expect(moved(50, "edit", 1, timeline)).toBe(51);
  expect(moved(0, "edit", -1, timeline)).toBe(0);
  expect(moved(300, "edit", 1, timeline)).toBe(300);
  expect(moved(50, "session", 1, timeline)).toBe(100);
  expect(moved(100, "session", 1, timeline)).toBe(300);
  expect(moved(100, "session", -1, timeline)).toBe(1);
  expect(moved(1, "session", -1, timeline)).toBe(0);
  expect(moved(50, "all", -1, timeline)).toBe(0);
  expect(moved(50, "all", 1, timeline)).toBe(300);
});

test("a position is known by the key of the entry that the list shows for it", () => {
  expect(momentAt(1, timeline)).toMatchObject({ key: "import-1", by: ["Ada"], name: null });
  expect(momentAt(70, timeline)).toMatchObject({ key: "session-2", by: ["Ada", "Ben"] });
  expect(momentAt(50, timeline)).toMatchObject({ key: "version-v_1", name: "Draft" });
  expect(momentAt(51, timeline)).toMatchObject({ key: "session-2", name: null });
  expect(momentAt(0, timeline)).toMatchObject({ key: "seq-0", at: 0, by: [] });
});

test("a comparison starts before the session that it ends in, not before what is kept", () => {
  expect(momentBefore(150, timeline).seq).toBe(100);
  expect(momentBefore(150, { ...timeline, floor: 120 }).seq).toBe(120);
});

test("sessions too narrow to be seen are drawn together, with all of their authors", () => {
  expect(bandsOf(timeline, 0.01).map(({ authors }) => authors)).toEqual([[0, 1], [1]]);
  const bands = bandsOf(timeline, 0);
  expect(bands.map(({ left, width }) => [left, left + width])).toEqual([
    [0, 1 / 300],
    [1 / 300, 1 / 3],
    [1 / 3, 1],
  ]);
  const many = Array.from({ length: 2_000 }, (_, index) => ({
    ...timeline.sessions[1]!,
    firstSeq: 1 + index * 5,
    lastSeq: 5 + index * 5,
  }));
  expect(bandsOf({ ...timeline, head: 10_000, sessions: many }).length).toBeLessThan(600);
});

test("versions that would lie on each other share a tick, and named ones speak for it", () => {
  expect(ticksOf(timeline).map(({ seq, names, automatic }) => [seq, names, automatic])).toEqual([
    [50, ["Draft"], false],
    [51, ["Before restoring"], true],
    [300, ["Done"], false],
  ]);
  const [tick] = ticksOf({ ...timeline, head: 30_000 });
  expect(tick).toMatchObject({ seq: 50, names: ["Draft", "Before restoring"], automatic: false });
});
