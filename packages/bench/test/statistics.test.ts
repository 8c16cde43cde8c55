import { describe, expect, it } from "vitest";
import { median, percentile } from "../src/statistics.ts";

describe("percentile", () => {
  it("is a value that was seen, whatever the order", () => {
    const values = [5, 1, 4, 2, 3];
    expect(percentile(values, 50)).toBe(3);
    expect(percentile(values, 100)).toBe(5);
    expect(percentile(values, 0)).toBe(1);
  });

  it("takes the smallest value that is large enough", () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(values, 99)).toBe(99);
    expect(percentile(values, 99.1)).toBe(100);
    expect(percentile([7], 99)).toBe(7);
  });

  it("sorts numbers as numbers", () => {
    expect(percentile([10, 9, 100], 50)).toBe(10);
  });

  it("of nothing is not a number", () => {
    expect(percentile([], 50)).toBeNaN();
  });
});

describe("median", () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])("of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it("of nothing is not a number", () => {
    expect(median([])).toBeNaN();
  });
});
