import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Past, planReplay, planRollBack, planThinning, type Seq } from "../src/index.ts";

const seed = 20_261_122;
const seqs = (...list: number[]) => list as Seq[];

function past(change: Partial<Record<keyof Past, number | readonly number[] | null>> = {}): Past {
  const usual = { floor: 0, mayGoThrough: 0, snapshots: [10, 20, 30], versions: [], unpinnable: null };
  return { ...usual, ...change } as unknown as Past;
}

describe("planThinning", () => {
  test("[HI29] everything is kept where nothing is old enough", () => {
    expect(planThinning(past())).toEqual({ kind: "none" });
    expect(planThinning(past({ mayGoThrough: 9 }))).toEqual({ kind: "none" });
    expect(planThinning(past({ mayGoThrough: 99, snapshots: [] }))).toEqual({ kind: "none" });
  });

  test("[HI29] the floor rises to the newest snapshot that is old enough, and no further", () => {
    expect(planThinning(past({ mayGoThrough: 10 }))).toEqual({ kind: "thin", floor: 10, drop: [] });
    expect(planThinning(past({ mayGoThrough: 29 }))).toEqual({ kind: "thin", floor: 20, drop: [10] });
    expect(planThinning(past({ mayGoThrough: 99 }))).toEqual({ kind: "thin", floor: 30, drop: [10, 20] });
    expect(planThinning(past({ floor: 20, mayGoThrough: 29, snapshots: [20, 30] }))).toEqual({
      kind: "none",
    });
  });

  test("[HI30] a version below gets its snapshot first, the oldest one first; one at the floor has one", () => {
    const named = { mayGoThrough: 25, versions: [0, 20, 22, 7, 3] };
    expect(planThinning(past(named))).toEqual({ kind: "pin", seq: 3 });
    expect(planThinning(past({ ...named, snapshots: [3, 10, 20, 30] }))).toEqual({ kind: "pin", seq: 7 });
    const pinned = { ...named, snapshots: [3, 7, 10, 20, 30] };
    expect(planThinning(past(pinned))).toEqual({ kind: "thin", floor: 20, drop: [10] });
  });

  test("[HI30] where one cannot be written the log from there on stays", () => {
    const named = { mayGoThrough: 30, versions: [15], unpinnable: 15 };
    expect(planThinning(past(named))).toEqual({ kind: "thin", floor: 10, drop: [] });
    expect(planThinning(past({ ...named, floor: 10, snapshots: [10, 20, 30] }))).toEqual({ kind: "none" });
  });

  test("[HI30] what a version held that is gone is dropped with the next thinning, even where the floor stays", () => {
    const thinned = { floor: 20, snapshots: [3, 7, 20, 30], versions: [7] };
    expect(planThinning(past(thinned))).toEqual({ kind: "thin", floor: 20, drop: [3] });
    // one that was lost below the floor cannot come back: nothing waits for it
    expect(planThinning(past({ ...thinned, versions: [5, 7], snapshots: [7, 20] }))).toEqual({
      kind: "none",
    });
  });

  test("[HI29] [HI30] step by step, what versions hold and all from the floor on stays readable", () => {
    const positions = fc.uniqueArray(fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(positions, positions, fc.nat(60), (snapshots, versions, mayGoThrough) => {
        const head = 60 as Seq;
        let [there, floor] = [seqs(...snapshots), 0 as Seq];
        for (let step = 0; step < 200; step++) {
          const plan = planThinning(past({ floor, mayGoThrough, snapshots: there, versions }));
          if (plan.kind === "none") break;
          if (plan.kind === "pin") {
            expect(planReplay(plan.seq, { floor, head, snapshots: there }).kind).toMatch(/^from-/);
            there = [...there, plan.seq];
            continue;
          }
          expect(plan.floor).toBeGreaterThanOrEqual(floor);
          expect(plan.floor).toBeLessThanOrEqual(Math.max(mayGoThrough, floor));
          floor = plan.floor;
          there = there.filter((seq) => !plan.drop.includes(seq));
        }
        const extent = { floor, head, snapshots: there };
        for (const seq of seqs(...versions)) expect(planReplay(seq, extent).kind).toMatch(/^from-/);
        for (let seq = floor as number; seq <= head; seq++)
          expect(planReplay(seq as Seq, extent).kind).toMatch(/^from-/);
        expect(planThinning(past({ floor, mayGoThrough, snapshots: there, versions })).kind).toBe("none");
      }),
      { seed },
    );
  });
});

test("[HI31] below the floor a moment can be read where a snapshot is pinned, and nowhere else; it cannot be rolled back to", () => {
  const extent = { floor: 20 as Seq, head: 30 as Seq, snapshots: seqs(7, 20) };
  expect(planReplay(7 as Seq, extent)).toEqual({ kind: "from-snapshot", snapshot: 7, through: 7 });
  expect(planReplay(8 as Seq, extent)).toEqual({ kind: "before-floor", floor: 20 });
  expect(planReplay(6 as Seq, extent)).toEqual({ kind: "before-floor", floor: 20 });
  expect(planRollBack(7 as Seq, extent)).toEqual({ kind: "before-floor", floor: 20 });
  // what is pinned below it says nothing of what comes after the floor
  expect(planReplay(25 as Seq, { ...extent, snapshots: seqs(7) })).toEqual({
    kind: "before-floor",
    floor: 20,
  });
});
