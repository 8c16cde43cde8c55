import { expect, it } from "vitest";
import { interleave, rotate } from "../src/schedule.ts";

it("runs everybody once before anybody twice, each time beginning with the next one", () => {
  const turns = interleave(["a", "b", "c"], 4).map(({ target, rep }) => `${target}${rep}`);
  expect(turns).toEqual(["a1", "b1", "c1", "b2", "c2", "a2", "c3", "a3", "b3", "a4", "b4", "c4"]);
});

it("rotates nothing into nothing", () => {
  expect(rotate([], 3)).toEqual([]);
  expect(interleave([], 3)).toEqual([]);
});
