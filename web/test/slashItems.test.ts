import { expect, test } from "vitest";
import { matchingItems } from "../src/editor/slash/matchingItems.ts";
import { slashItems } from "../src/editor/slash/slashItems.ts";

const found = (query: string) => matchingItems(slashItems, query).map(({ id }) => id);

test("blocks are found by name, alias and any word of the name", () => {
  expect(found("head")[0]).toBe("heading1");
  expect(found("todo")).toEqual(["taskList"]);
  expect(found("h2")).toEqual(["heading2"]);
  expect(found("h5")).toEqual(["heading5"]);
  expect(found("list")).toContain("bulletList");
  expect(found("callout")).toHaveLength(5);
  expect(found("zzz")).toEqual([]);
});

test("nothing typed shows everything in its order, without what only those who ask for it want", () => {
  expect(found("")).toEqual(slashItems.filter(({ hidden }) => hidden !== true).map(({ id }) => id));
  expect(found("")).not.toContain("heading4");
  const groups = slashItems.map(({ group }) => group);
  expect(groups.filter((group, index) => group !== groups[index - 1])).toEqual([...new Set(groups)]);
});

test("an alias that was typed whole comes before names that begin alike", () => {
  expect(found("tip")[0]).toBe("callout-tip");
  expect(found("h1")[0]).toBe("heading1");
  expect(found("code")[0]).toBe("code");
});
