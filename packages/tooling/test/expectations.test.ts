import { expect, test } from "vitest";
import { compareExpectations, expectationsIn, taggedSpecs } from "../src/rules/expectations.ts";

const specs = new Map([
  ["writing", 'test("a", { tag: ["@ux32", "@ux33"] }, async () => {})'],
  ["blocks", 'test("b", { tag: ["@ux32"] }, async () => {})'],
]);

test("a table that says what the tests say is fine, and may say why there is no test", () => {
  const rows = expectationsIn(
    "| 32 | slash menu | blocks, writing |\n| 33 | toolbars | writing |\n| 50 | comments | *not yet* |\n",
  );
  expect(rows).toHaveLength(3);
  expect(compareExpectations(rows, taggedSpecs(specs))).toEqual([]);
});

test("a row that promises too much or too little, a test without a row and a row without a test are found", () => {
  const rows = expectationsIn("| 32 | slash menu | blocks |\n| 40 | pictures | images |\n");
  expect(compareExpectations(rows, taggedSpecs(specs))).toEqual([
    "tests are tagged @ux33, for which README.md has no row",
    "README.md's row 32 should name blocks, writing",
    "README.md's row 40 should name no spec",
  ]);
});
