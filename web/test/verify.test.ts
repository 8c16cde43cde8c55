import { expect, test } from "vitest";
import { findingOf, type Verification } from "../src/history/keeping/verify.ts";

const whole: Verification = { ok: true, frames: 1_204, snapshots: 3, versions: 1, bad: null };

test("a whole history says what was checked, and does not count what there is none of", () => {
  expect(findingOf(whole)).toEqual({
    ok: true,
    title: "Everything is whole",
    text: "1,204 edits, 3 snapshots and 1 version were checked.",
  });
  expect(findingOf({ ...whole, frames: 1, snapshots: 0, versions: 0 }).text).toBe("1 edit was checked.");
});

test("a damaged history names the first bad place in plain words", () => {
  const bad = { sentence: "The changes at 14 to 20 cannot be read." };
  expect(findingOf({ ...whole, ok: false, bad })).toEqual({
    ok: false,
    title: "Something is damaged",
    text: "The changes at 14 to 20 cannot be read. 1,204 edits, 3 snapshots and 1 version were checked.",
  });
});
