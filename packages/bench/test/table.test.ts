import { describe, expect, it } from "vitest";
import type { Row } from "../src/rows.ts";
import { format, renderFaults, renderTable, type TurnRecord } from "../src/table.ts";

const row: Row = {
  measure: "a",
  key: "p99",
  label: "fan-out, p99",
  unit: "ms",
  goals: [{ kind: "at-most-times", limit: 1.1, floor: "floor" }],
};

function record(target: string, rep: number, p99: number, faults: readonly string[] = []): TurnRecord {
  return { measure: "a", target, rep, values: { p99 }, faults };
}

describe("the table", () => {
  it("shows medians, the ratio, the goal and whether it is met", () => {
    const records = [
      record("ours", 1, 9),
      record("ours", 2, 10),
      record("ours", 3, 90),
      record("floor", 1, 20),
    ];
    expect(renderTable([row], records, ["ours", "floor"]).split("\n")).toEqual([
      "| measure (medians) | ours | floor | ours is | goal | met |",
      "| --- | ---: | ---: | --- | --- | --- |",
      "| a. fan-out, p99, ms | 10 | 20 | 0.50 × floor | ≤ 1.1 × floor | yes |",
    ]);
  });

  it("points out a goal that is not met, and one that cannot be judged", () => {
    const [, , missed] = renderTable(
      [row],
      [record("ours", 1, 30), record("floor", 1, 20)],
      ["ours", "floor"],
    ).split("\n");
    expect(missed).toBe("| a. fan-out, p99, ms | 30 | 20 | 1.50 × floor | ≤ 1.1 × floor | **no** |");
    const [, , alone] = renderTable([row], [record("ours", 1, 30)], ["ours"]).split("\n");
    expect(alone).toBe("| a. fan-out, p99, ms | 30 |  | ≤ 1.1 × floor | – |");
  });

  it("leaves out rows that nobody has, and judges nothing without ours", () => {
    const other: Row = { ...row, key: "p50" };
    const lines = renderTable([other, row], [record("floor", 1, 20)], ["floor"]).split("\n");
    expect(lines.slice(2)).toEqual(["| a. fan-out, p99, ms | 20 |  |  |  |"]);
  });

  it("shows a value that could not be told as a dash, and takes no median of it", () => {
    const records = [record("ours", 1, Number.NaN), record("ours", 2, 8), record("floor", 1, Number.NaN)];
    expect(renderTable([row], records, ["ours", "floor"])).toContain("| 8 | – |");
  });
});

describe("a value", () => {
  it.each([
    [33_812.4, "33,812"],
    [148.2, "148"],
    [12.34, "12.3"],
    [5.218, "5.22"],
    [0.1234, "0.12"],
    [0.0000512, "0.000051"],
    [0, "0"],
    [20, "20"],
    [Number.NaN, "–"],
  ])("%d reads %s", (value, text) => {
    expect(format(value)).toBe(text);
  });
});

it("says what went wrong, with whom and when", () => {
  expect(renderFaults([record("ours", 1, 1), record("floor", 2, 1, ["a client has gaps"])])).toEqual([
    "a, floor, run 2: a client has gaps",
  ]);
});
