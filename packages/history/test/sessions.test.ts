import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Act,
  type FrameSummary,
  groupEntries,
  SESSION_GAP_MS,
  type Seq,
  type Session,
  startsEntry,
} from "../src/index.ts";

const seed = 20_261_122;

function frame(position: number, time: number, change: Partial<FrameSummary> = {}): FrameSummary {
  return {
    seq: position as Seq,
    time,
    author: 1,
    kind: "edit",
    target: null,
    inserted: 1,
    deleted: 0,
    ...change,
  };
}

/** Frames in the order of the log; the list gives entries newest first. */
const entries = (...oldestFirst: FrameSummary[]) => [...groupEntries(oldestFirst.toReversed())];

const histories = fc
  .array(
    fc.record({
      pause: fc.constantFrom(0, 1_000, SESSION_GAP_MS - 1, SESSION_GAP_MS, SESSION_GAP_MS + 1),
      kind: fc.constantFrom("edit", "edit", "edit", "restore", "import" as const),
      author: fc.integer({ min: 1, max: 3 }),
      inserted: fc.nat(9),
      deleted: fc.nat(9),
    }),
    { maxLength: 30 },
  )
  .map((steps) => {
    let time = 0;
    return steps.map(({ pause, kind, ...rest }, i) => {
      time += pause;
      return frame(i + 1, time, { ...rest, kind: kind as FrameSummary["kind"] });
    });
  });

test("[HI15] a pause of the full length joins, one millisecond more separates", () => {
  expect(entries(frame(1, 0), frame(2, SESSION_GAP_MS))).toHaveLength(1);
  expect(entries(frame(1, 0), frame(2, SESSION_GAP_MS + 1))).toHaveLength(2);
  expect(entries(frame(1, 0), frame(2, SESSION_GAP_MS), frame(3, 2 * SESSION_GAP_MS))).toHaveLength(1);
});

test("[HI15] time that runs backwards does not separate", () => {
  expect(entries(frame(1, 5_000), frame(2, 4_000))).toHaveLength(1);
});

test.each(["restore", "import"] as const)("[HI16] a %s stands alone between two sessions", (kind) => {
  const act = frame(2, 10, { kind, target: kind === "restore" ? (1 as Seq) : null });
  const found = entries(frame(1, 0), act, frame(3, 20));
  expect(found.map((entry) => entry.kind)).toEqual(["session", "act", "session"]);
  expect(found[1]).toEqual({ kind: "act", frame: act });
  expect(startsEntry(act, act)).toBe(true);
  expect(entries(act, { ...act, seq: 3 as Seq })).toHaveLength(2);
});

test("[HI17] no frames, no entries", () => {
  expect(entries()).toEqual([]);
});

test("[HI17] a session sums up its frames, with its authors in order of their first edit", () => {
  const found = entries(
    frame(4, 100, { author: 2, inserted: 5 }),
    frame(5, 200, { author: 1, deleted: 3 }),
    frame(6, 300, { author: 2, inserted: 2, deleted: 1 }),
  );
  expect(found).toEqual([
    {
      kind: "session",
      firstSeq: 4,
      lastSeq: 6,
      startedAt: 100,
      endedAt: 300,
      authors: [2, 1],
      edits: 3,
      inserted: 8,
      deleted: 4,
    },
  ]);
});

const span = (entry: Session | Act): readonly [number, number] =>
  entry.kind === "act" ? [entry.frame.seq, entry.frame.seq] : [entry.firstSeq, entry.lastSeq];

test("[HI17] every frame is in one entry, and the newest entry comes first", () => {
  fc.assert(
    fc.property(histories, (frames) => {
      let next = frames.length;
      for (const entry of entries(...frames)) {
        const [first, last] = span(entry);
        expect(last).toBe(next);
        if (entry.kind === "session") expect(entry.edits).toBe(last - first + 1);
        next = first - 1;
      }
      expect(next).toBe(0);
    }),
    { seed },
  );
});

test("[HI18] pages that begin with an entry give the same entries as the whole list", () => {
  fc.assert(
    fc.property(histories, fc.nat(30), (frames, where) => {
      const whole = entries(...frames);
      const entry = whole[where % Math.max(1, whole.length)];
      if (entry === undefined) return;
      const [first] = span(entry);
      const newer = entries(...frames.slice(first - 1));
      const older = entries(...frames.slice(0, first - 1));
      expect([...newer, ...older]).toEqual(whole);
    }),
    { seed },
  );
});
