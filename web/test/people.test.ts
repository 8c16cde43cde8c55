import { expect, test } from "vitest";
import { scrollToFollow } from "../src/people/scrollToFollow.ts";
import { peopleFrom } from "../src/people/usePeople.ts";

const user = (id: string) => ({ id, name: id.toUpperCase(), color: "#b4232c" });

test("who writes in one tab and reads in another is somebody who writes", () => {
  const states = new Map<number, unknown>([
    [1, { user: user("ada"), viewing: "past" }],
    [2, { user: user("ben"), viewing: "role" }],
    [3, { user: user("ada") }],
    [4, { user: user("ben"), viewing: "past" }],
    [5, { user: user("cleo"), viewing: { any: "thing" } }],
    [6, null],
    [7, { viewing: "past" }],
  ]);
  expect(peopleFrom(states).map(({ id, viewing, clientIds }) => [id, viewing, clientIds])).toEqual([
    ["ada", null, [1, 3]],
    ["ben", "past", [2, 4]],
    ["cleo", null, [5]],
  ]);
});

test("a followed caret that is well in sight does not move the page", () => {
  const view = { height: 800, top: 112, bottom: 72 };
  expect(scrollToFollow({ top: 300, bottom: 320 }, view)).toBe(0);
  expect(scrollToFollow({ top: 150, bottom: 170 }, view)).toBeLessThan(0);
  expect(scrollToFollow({ top: 700, bottom: 720 }, view)).toBeGreaterThan(0);
  const by = scrollToFollow({ top: 5_000, bottom: 5_020 }, view);
  expect(scrollToFollow({ top: 5_000 - by, bottom: 5_020 - by }, view)).toBe(0);
  // a small window between header and toolbar, as over a phone's keyboard
  const small = { height: 320, top: 112, bottom: 72 };
  const up = scrollToFollow({ top: 900, bottom: 920 }, small);
  expect(scrollToFollow({ top: 900 - up, bottom: 920 - up }, small)).toBe(0);
});
