import data from "emojibase-data/en/compact.json" with { type: "json" };
import codes from "emojibase-data/en/shortcodes/github.json" with { type: "json" };
import { expect, test } from "vitest";
import { emojiFrom, emojiOfCode, matchingEmoji } from "../src/editor/emoji/emojiSearch.ts";

const all = emojiFrom(data, codes);
const found = (query: string, recent: readonly string[] = []) =>
  matchingEmoji(all, query, { recent, limit: 8 }).map(({ unicode }) => unicode);

test("by the name between colons, by words, by what it is about", () => {
  expect(found("tada")[0]).toBe("🎉");
  expect(found("party popper")[0]).toBe("🎉");
  expect(found("celebrat")).toContain("🥳");
  expect(found("+1")[0]).toBe("👍️");
  expect(found("no such emoji")).toEqual([]);
});

test("of those that match alike the ones used before come first", () => {
  const [first, second] = found("heart_eyes");
  expect(first).toBe("😍");
  const grin = found("grin");
  const last = grin.at(-1) as string;
  expect(found("grin", [last]).indexOf(last)).toBeLessThanOrEqual(grin.indexOf(last));
  expect(second).not.toBe(first);
});

test("a code is one emoji; parts of others are none", () => {
  expect(emojiOfCode(all, "rocket")?.unicode).toBe("🚀");
  expect(emojiOfCode(all, "rocke")).toBeNull();
  expect(all.every(({ group }) => group !== 2)).toBe(true);
  expect(all.length).toBeGreaterThan(1_800);
});
