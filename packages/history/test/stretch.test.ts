import { expect, test } from "vitest";
import { type Extent, planStretch, type Seq } from "../src/index.ts";

const seqs = (...numbers: number[]) => numbers as Seq[];
const at = (n: number) => n as Seq;
const extent: Extent = { floor: at(0), head: at(100), snapshots: seqs(80, 20, 50) };

test("[HI60] a stretch begins at the newest snapshot before the first moment and ends at the next behind the last", () => {
  const cases: [number, number, number, number][] = [
    [0, 0, 0, 20],
    [19, 20, 0, 20],
    [20, 20, 20, 50],
    [21, 49, 20, 50],
    [21, 51, 20, 80],
    [80, 80, 80, 100],
    [99, 100, 80, 100],
    [0, 100, 0, 100],
  ];
  for (const [first, last, base, end] of cases) {
    expect(planStretch(at(first), at(last), extent)).toEqual({ kind: "stretch", base, end });
  }
  expect(planStretch(at(100), at(100), { ...extent, snapshots: seqs(100) })).toEqual({
    kind: "stretch",
    base: 100,
    end: 100,
  });
});

test("[HI61] beyond the head there is no stretch, and none across what was dropped before the floor", () => {
  expect(planStretch(at(99), at(101), extent)).toEqual({ kind: "beyond-head", head: 100 });
  const thinned: Extent = { floor: at(50), head: at(100), snapshots: seqs(20, 50, 80) };
  expect(planStretch(at(10), at(60), thinned)).toEqual({ kind: "before-floor", floor: 50 });
  expect(planStretch(at(20), at(60), thinned)).toEqual({ kind: "before-floor", floor: 50 });
  expect(planStretch(at(50), at(60), thinned)).toEqual({ kind: "stretch", base: 50, end: 80 });
});
