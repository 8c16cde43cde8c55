import { describe, expect, it } from "vitest";
import { typingRhythm } from "../src/rhythm.ts";
import { seededRandom } from "../src/seeded-random.ts";

const HOUR = 3600;
const hour = typingRhythm(seededRandom(1), HOUR);
const gaps = hour.slice(1).map(({ atMs }, index) => atMs - (hour[index]?.atMs ?? 0));

describe("a typist", () => {
  it("is the same person for the same seed, and another for another", () => {
    expect(typingRhythm(seededRandom(7), 30)).toEqual(typingRhythm(seededRandom(7), 30));
    expect(typingRhythm(seededRandom(7), 30)).not.toEqual(typingRhythm(seededRandom(8), 30));
  });

  it("keeps to the time", () => {
    expect(gaps.every((gap) => gap > 0)).toBe(true);
    expect(hour.every(({ atMs }) => atMs >= 0 && atMs < HOUR * 1000)).toBe(true);
  });

  it("presses the keys of a word 60 to 120 ms apart, and pauses between words and thoughts", () => {
    const after = (ends: RegExp) => gaps.filter((_, index) => ends.test(hour[index]?.character ?? ""));
    expect(Math.min(...after(/[a-z]/))).toBeGreaterThanOrEqual(59.99);
    expect(Math.max(...after(/[a-z]/))).toBeLessThanOrEqual(120.01);
    expect(Math.min(...after(/ /))).toBeGreaterThan(119);
    expect(Math.min(...after(/\./))).toBeGreaterThan(1_300);
  });

  it("writes about as much as people do: 40 to 90 words a minute", () => {
    const words = hour.filter(({ character }) => /[ .]/.test(character)).length;
    expect(words / 60).toBeGreaterThan(40);
    expect(words / 60).toBeLessThan(90);
  });
});
