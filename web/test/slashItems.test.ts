import { expect, test } from "vitest";
import { matchingItems, slashItems } from "../src/editor/slashItems.ts";

const found = (query: string) => matchingItems(slashItems, query).map(({ id }) => id);

test("blocks are found by name, alias and any word of the name", () => {
  expect(found("head")[0]).toBe("heading1");
  expect(found("todo")).toEqual(["taskList"]);
  expect(found("h2")).toEqual(["heading2"]);
  expect(found("list")).toContain("bulletList");
  expect(found("zzz")).toEqual([]);
});

test("nothing typed shows everything in its order", () => {
  expect(found("")).toEqual(slashItems.map(({ id }) => id));
});
