import { expect, test } from "vitest";
import { newRescues, type Rescue } from "../src/history/keeping/rescues.ts";

const rescue = (id: string, seq: number): Rescue => ({
  id,
  restore: 1,
  seq,
  at: "2026-06-03T12:00:00Z",
  author: { id: "b", name: "Ben", color: "#b4232c" },
  text: "typed",
});

test("what was kept before this page was opened is no news, and no news is told twice", () => {
  const rescues = [rescue("old", 4), rescue("told", 6), rescue("new", 7)];
  expect(newRescues(rescues, 4, new Set(["told"])).map(({ id }) => id)).toEqual(["new"]);
});
