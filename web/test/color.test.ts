import { expect, test } from "vitest";
import { inkOn, safeColor, swatches } from "../src/people/color.ts";

test("only #rrggbb reaches a style attribute", () => {
  expect(safeColor("#A1b2C3")).toBe("#A1b2C3");
  for (const color of ["red", "#fff", "#ffffff;background:url(x)", 7, null])
    expect(safeColor(color)).toBe("#6b6459");
});

test("flags are readable on light and dark colours", () => {
  expect(inkOn("#ffe066")).toBe("#14120f");
  for (const swatch of swatches) expect(inkOn(swatch)).toBe("#ffffff");
});
