import { expect, test } from "vitest";
import { relativeTime } from "../src/app/relativeTime.ts";

const now = Date.UTC(2026, 5, 3);
const ago = (seconds: number) => relativeTime(now - seconds * 1_000, now);

test("time is said in the largest whole unit", () => {
  expect(ago(20)).toBe("just now");
  expect(ago(60)).toBe("1 minute ago");
  expect(ago(3_599)).toBe("59 minutes ago");
  expect(ago(86_400)).toBe("yesterday");
  expect(ago(8 * 86_400)).toBe("last week");
});

test("a clock that runs ahead of the server's is not the future", () => {
  expect(ago(-5)).toBe("just now");
});
