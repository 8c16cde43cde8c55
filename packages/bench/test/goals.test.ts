import { describe, expect, it } from "vitest";
import { type Goal, judge } from "../src/goals.ts";

const floor = (value: number) => () => value;

describe("a goal", () => {
  it.each<[Goal, number, number, boolean]>([
    [{ kind: "at-most", limit: 5 }, 5, 0, true],
    [{ kind: "at-most", limit: 5 }, 5.01, 0, false],
    [{ kind: "at-least", limit: 20 }, 20, 0, true],
    [{ kind: "at-least", limit: 20 }, 19.9, 0, false],
    [{ kind: "at-most-times", limit: 1.1, floor: "do-insert" }, 11, 10, true],
    [{ kind: "at-most-times", limit: 1.1, floor: "do-insert" }, 11.1, 10, false],
    [{ kind: "at-least-times", limit: 8, floor: "do-insert" }, 80, 10, true],
    [{ kind: "at-least-times", limit: 8, floor: "do-insert" }, 79, 10, false],
    [{ kind: "times-faster", limit: 4, floor: "y-partyserver" }, 10, 40, true],
    [{ kind: "times-faster", limit: 4, floor: "y-partyserver" }, 10, 39, false],
  ])("%j with ours at %d and the other at %d: %s", (goal, ours, other, isMet) => {
    expect(judge(goal, ours, floor(other)).isMet).toBe(isMet);
  });

  it("is said in words, with the ratio that was found", () => {
    const goal = { kind: "at-least-times", limit: 2, floor: "null-relay" } as const;
    expect(judge(goal, 5, floor(2))).toEqual({
      goal: "≥ 2 × null-relay",
      ratio: "2.50 × null-relay",
      isMet: true,
    });
  });

  it("is neither met nor missed where a value is missing", () => {
    const goal = { kind: "at-most-times", limit: 1.1, floor: "do-insert" } as const;
    expect(judge(goal, 5, floor(Number.NaN))).toMatchObject({ ratio: null, isMet: null });
    expect(judge({ kind: "at-most", limit: 5 }, Number.NaN, floor(1)).isMet).toBeNull();
  });
});
