import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BEFORE_ALL, type Extent, planReplay, planRollBack, type Seq } from "../src/index.ts";

const seed = 20_261_122;
const seq = (position: number) => position as Seq;

function extent(floor: number, head: number, ...snapshots: number[]): Extent {
  return { floor: seq(floor), head: seq(head), snapshots: snapshots.map(seq) };
}

const extents = fc
  .record({ head: fc.nat(50), floor: fc.nat(50), snapshots: fc.array(fc.nat(50)) })
  .filter(({ head, floor }) => floor <= head)
  .map(({ head, floor, snapshots }) => extent(floor, head, ...snapshots.filter((at) => at <= head)));

describe("planReplay", () => {
  test("[HI1] one past the head is beyond it, the head is not", () => {
    expect(planReplay(seq(11), extent(0, 10))).toEqual({ kind: "beyond-head", head: 10 });
    expect(planReplay(seq(10), extent(0, 10))).toEqual({ kind: "from-start", through: 10 });
  });

  test("[HI2] one before the floor is gone, the floor is not", () => {
    expect(planReplay(seq(4), extent(5, 10, 5))).toEqual({ kind: "before-floor", floor: 5 });
    expect(planReplay(seq(5), extent(5, 10, 5))).toEqual({ kind: "from-snapshot", snapshot: 5, through: 5 });
  });

  test("[HI3] a snapshot at the target needs no frames; one past it does not help", () => {
    expect(planReplay(seq(6), extent(0, 10, 7, 2, 6))).toEqual({
      kind: "from-snapshot",
      snapshot: 6,
      through: 6,
    });
    expect(planReplay(seq(5), extent(0, 10, 7, 2, 6))).toMatchObject({ snapshot: 2, through: 5 });
    expect(planReplay(seq(1), extent(0, 10, 7, 2, 6))).toEqual({ kind: "from-start", through: 1 });
  });

  test("[HI3] always the newest snapshot that is not newer than the target", () => {
    fc.assert(
      fc.property(extents, fc.nat(50), (within, at) => {
        const plan = planReplay(seq(at), within);
        const usable = within.snapshots.filter((snapshot) => snapshot <= at && snapshot >= within.floor);
        if (at > within.head) expect(plan.kind).toBe("beyond-head");
        else if (at < within.floor)
          expect(plan.kind).toBe(within.snapshots.includes(seq(at)) ? "from-snapshot" : "before-floor");
        else if (usable.length > 0) {
          expect(plan).toEqual({ kind: "from-snapshot", snapshot: Math.max(...usable), through: at });
        } else expect(plan.kind).toBe(within.floor === 0 ? "from-start" : "before-floor");
      }),
      { seed },
    );
  });

  test("[HI4] the empty document is the replay of nothing", () => {
    expect(planReplay(BEFORE_ALL, extent(0, 0))).toEqual({ kind: "from-start", through: 0 });
    expect(planReplay(BEFORE_ALL, extent(0, 9, 4))).toEqual({ kind: "from-start", through: 0 });
  });

  test("[HI4] without a snapshot to hold up the floor its frames are gone", () => {
    expect(planReplay(seq(7), extent(5, 10, 8))).toEqual({ kind: "before-floor", floor: 5 });
  });
});

describe("planRollBack", () => {
  test("[HI5] the head is nothing to roll back to, one before it is", () => {
    expect(planRollBack(seq(10), extent(0, 10))).toEqual({ kind: "nothing", head: 10 });
    expect(planRollBack(seq(9), extent(0, 10))).toEqual({ kind: "roll-back", target: 9, head: 10 });
    expect(planRollBack(BEFORE_ALL, extent(0, 0))).toEqual({ kind: "nothing", head: 0 });
  });

  test("[HI6] every moment within the extent can be rolled back to, others as they can be read", () => {
    expect(planRollBack(BEFORE_ALL, extent(0, 10))).toEqual({ kind: "roll-back", target: 0, head: 10 });
    fc.assert(
      fc.property(extents, fc.nat(50), (within, at) => {
        const plan = planRollBack(seq(at), within);
        if (at > within.head) expect(plan).toEqual({ kind: "beyond-head", head: within.head });
        else if (at < within.floor) expect(plan).toEqual({ kind: "before-floor", floor: within.floor });
        else if (at === within.head) expect(plan.kind).toBe("nothing");
        else expect(plan).toEqual({ kind: "roll-back", target: at, head: within.head });
      }),
      { seed },
    );
  });
});
