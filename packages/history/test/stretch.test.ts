import { expect, test } from "vitest";
import { type Extent, planStretch, type Seq } from "../src/index.ts";

const seqs = (...numbers: number[]) => numbers as Seq[];
const at = (n: number) => n as Seq;
const extent: Extent = { floor: at(0), head: at(100), snapshots: seqs(80, 20, 50) };

test("[HI60] a stretch reaches around its moments, from the snapshot before the first to the head", () => {
  const cases: [number, number, number, number, number, number][] = [
    [0, 0, 0, 0, 0, 0],
    [19, 20, 0, 0, 19, 20],
    [20, 20, 0, 20, 20, 20],
    [49, 49, 10, 20, 39, 59],
    [21, 49, 10, 20, 20, 59],
    [5, 5, 10, 0, 0, 15],
    [95, 100, 10, 80, 85, 100],
    [0, 100, 7, 0, 0, 100],
  ];
  for (const [first, last, reach, base, start, end] of cases) {
    expect(planStretch(at(first), at(last), extent, reach)).toEqual({ kind: "stretch", base, start, end });
  }
});

test("[HI61] beyond the head there is no stretch, and none across what was dropped before the floor", () => {
  expect(planStretch(at(99), at(101), extent, 0)).toEqual({ kind: "beyond-head", head: 100 });
  const thinned: Extent = { floor: at(50), head: at(100), snapshots: seqs(20, 50, 80) };
  expect(planStretch(at(10), at(60), thinned, 9)).toEqual({ kind: "before-floor", floor: 50 });
  expect(planStretch(at(20), at(60), thinned, 9)).toEqual({ kind: "before-floor", floor: 50 });
  expect(planStretch(at(20), at(20), thinned, 9)).toEqual({ kind: "stretch", base: 20, start: 20, end: 20 });
  expect(planStretch(at(50), at(60), thinned, 9)).toEqual({ kind: "stretch", base: 50, start: 50, end: 69 });
});
