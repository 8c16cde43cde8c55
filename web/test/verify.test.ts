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
  const bad = { part: "frame", seq: 14, through: 20, sentence: "They are not what was written." } as const;
  expect(findingOf({ ...whole, ok: false, bad })).toMatchObject({
    ok: false,
    title: "Something is damaged",
    text: expect.stringContaining("Edits 14 to 20: They are not what was written."),
  });
  expect(findingOf({ ...whole, ok: false, bad: { ...bad, through: 14 } }).text).toContain("Edit 14: They");
});
