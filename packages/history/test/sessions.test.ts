import fc from "fast-check";
import { expect, test } from "vitest";
import {
  AUTHOR_GAP_MS,
  bandsOf,
  decodeEntries,
  type Entry,
  encodeEntries,
  entriesOf,
  type FrameSummary,
  firstSeqOf,
  joinEntries,
  lastSeqOf,
  SESSION_GAP_MS,
  type Seq,
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
const entries = (...oldestFirst: FrameSummary[]) => entriesOf(oldestFirst).toReversed();

const histories = fc
  .array(
    fc.record({
      pause: fc.constantFrom(0, 1_000, AUTHOR_GAP_MS, AUTHOR_GAP_MS + 1, SESSION_GAP_MS, SESSION_GAP_MS + 1),
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

test("[HI23] a pause of a minute ends a session where another person goes on, a shorter one does not", () => {
  const [ada, bob] = [{ author: 1 }, { author: 2 }];
  expect(entries(frame(1, 0, ada), frame(2, AUTHOR_GAP_MS, bob))).toHaveLength(1);
  expect(entries(frame(1, 0, ada), frame(2, AUTHOR_GAP_MS + 1, bob))).toHaveLength(2);
  expect(entries(frame(1, 0, ada), frame(2, AUTHOR_GAP_MS + 1, ada))).toHaveLength(1);
  const taken = [frame(1, 0, ada), frame(2, 1_000, bob), frame(3, 2_000 + AUTHOR_GAP_MS, bob)];
  expect(entries(...taken)).toHaveLength(1);
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
      firstAuthor: 2,
      lastAuthor: 2,
      shares: [
        { author: 2, edits: 2, inserted: 7, deleted: 1 },
        { author: 1, edits: 1, inserted: 1, deleted: 3 },
      ],
    },
  ]);
});

const span = (entry: Entry) => [firstSeqOf(entry), lastSeqOf(entry)] as const;

test("[HI17] every frame is in one entry, and the newest entry comes first", () => {
  fc.assert(
    fc.property(histories, (frames) => {
      let next = frames.length;
      for (const entry of entries(...frames)) {
        const [first, last] = span(entry);
        expect(last).toBe(next);
        if (entry.kind === "session")
          expect(entry.shares.reduce((sum, { edits }) => sum + edits, 0)).toBe(last - first + 1);
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

test("[HI24] a stretch may be summed up in parts, wherever they are cut: joined they give the entries of the whole", () => {
  fc.assert(
    fc.property(histories, fc.array(fc.nat(30)), (frames, where) => {
      const cuts = [0, ...where, frames.length]
        .map((at) => Math.min(at, frames.length))
        .toSorted((a, b) => a - b);
      const parts = cuts.slice(1).flatMap((cut, i) => entriesOf(frames.slice(cuts[i], cut)));
      expect([...joinEntries(parts.toReversed())]).toEqual(entries(...frames));
    }),
    { seed },
  );
});

test("[HI24] what cannot be read stands between what can, and joins nothing", () => {
  const lost = { kind: "damaged", firstSeq: 2 as Seq, lastSeq: 4 as Seq } as const;
  const [one, other] = [entriesOf([frame(1, 0)]), entriesOf([frame(5, 10)])];
  expect([...joinEntries([...other, lost, ...one])]).toEqual([...other, lost, ...one]);
});

test("[HI25] entries come back from their text, with the positions that follow from the first", () => {
  const golden = entriesOf([
    frame(7, 1_000, { author: 3, inserted: 5 }),
    frame(8, 2_500, { author: 4, deleted: 2 }),
    frame(9, 3_000, { kind: "restore", target: 2 as Seq, deleted: 9 }),
    frame(10, 4_000, { kind: "import", author: 2, inserted: 800 }),
  ]);
  const text =
    '[[2,1000,1500,3,4,3,1,5,0,4,1,1,2],[0,3000,1,"restore",2,1,9],[0,4000,2,"import",null,800,0]]';
  expect(encodeEntries(golden)).toBe(text);
  expect(decodeEntries(text, 7 as Seq)).toEqual(golden);
  fc.assert(
    fc.property(histories, (frames) => {
      const whole = entriesOf(frames);
      expect(decodeEntries(encodeEntries(whole), 1 as Seq)).toEqual(whole);
    }),
    { seed },
  );
});

test("[HI26] a picture of the history has a band for each entry, and joins the nearest when there are too many", () => {
  const ascending = entriesOf([
    frame(1, 0, { kind: "import", author: 9 }),
    frame(2, 1_000_000, { author: 2 }),
    frame(3, 1_001_000, { author: 1 }),
    frame(4, 1_400_000, { author: 2 }),
    frame(5, 9_000_000, { kind: "restore", author: 3 }),
  ]);
  const one = { kind: "import", firstSeq: 1, lastSeq: 1, startedAt: 0, endedAt: 0, authors: [9] };
  const last = {
    kind: "restore",
    firstSeq: 5,
    lastSeq: 5,
    startedAt: 9_000_000,
    endedAt: 9_000_000,
    authors: [3],
  };
  const two = {
    kind: "session",
    firstSeq: 2,
    lastSeq: 3,
    startedAt: 1_000_000,
    endedAt: 1_001_000,
    authors: [2, 1],
  };
  const three = {
    kind: "session",
    firstSeq: 4,
    lastSeq: 4,
    startedAt: 1_400_000,
    endedAt: 1_400_000,
    authors: [2],
  };
  expect(bandsOf(ascending, 4)).toEqual([one, two, three, last]);
  const both = { ...two, lastSeq: 4, endedAt: 1_400_000 };
  expect(bandsOf(ascending, 3)).toEqual([one, both, last]);
  expect(bandsOf(ascending, 1)).toEqual([
    { ...both, firstSeq: 1, lastSeq: 5, startedAt: 0, endedAt: 9_000_000, authors: [9, 2, 1, 3] },
  ]);
  const lost = { kind: "damaged", firstSeq: 6 as Seq, lastSeq: 8 as Seq } as const;
  expect(bandsOf([...ascending, lost], 4)).toHaveLength(4);
});
