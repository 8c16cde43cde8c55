import { expect, test } from "vitest";
import { type Instant, nextStride, paceMs, play } from "../src/history/past/pacing.ts";

test("edits follow each other as they did, faster by the speed, and pauses are cut to a second", () => {
  const from = { seq: 1, at: 1_000 };
  expect(paceMs(from, { seq: 2, at: 1_300 }, 1)).toBe(300);
  expect(paceMs(from, { seq: 2, at: 1_300 }, 4)).toBe(75);
  expect(paceMs(from, { seq: 2, at: 3_601_000 }, 1)).toBe(1_000);
  expect(paceMs(from, { seq: 11, at: 3_601_000 }, 1)).toBe(10_000);
  expect(paceMs(from, { seq: 2, at: 1_000 }, 1)).toBe(0);
  expect(paceMs({ seq: 0, at: null }, { seq: 1, at: 5 }, 2)).toBe(500);
});

test("a clock that was set back does not stop the time", () => {
  expect(paceMs({ seq: 1, at: 9_000 }, { seq: 2, at: 1_000 }, 1)).toBe(0);
});

test("steps grow while they are due faster than pictures can follow, and shrink when there is time", () => {
  expect(nextStride(1, 5, 50, 10)).toBe(2);
  expect(nextStride(8, 60, 50, 10)).toBe(8);
  expect(nextStride(8, 300, 50, 10)).toBe(4);
  expect(nextStride(1, 300, 50, 10)).toBe(1);
  expect(nextStride(1, 60, 50, 400)).toBe(2);
});

/** Plays `ats[seq]` on a clock of its own, on which loading takes `loadMs`. */
async function played(ats: readonly number[], speed: number, loadMs = 0) {
  let clock = 0;
  const shown: (Instant & { readonly shownAt: number })[] = [];
  const pictures = (seq: number): Instant => ({ seq, at: ats[seq] ?? null });
  const result = await play<Instant>({
    start: pictures(0),
    end: ats.length - 1,
    speed,
    pictureMs: 50,
    ahead: 1,
    load: async (seq) => {
      clock += loadMs;
      return pictures(seq);
    },
    show: (picture) => shown.push({ ...picture, shownAt: clock }),
    now: () => clock,
    wait: async (ms) => {
      clock += ms;
    },
    stopped: () => false,
  });
  return { result, shown, clock };
}

test("at the real speed every edit is shown, at its own time", async () => {
  const { result, shown } = await played([0, 200, 900, 60_900, 61_000], 1);
  expect(result).toBe("ended");
  expect(shown.map(({ seq, shownAt }) => [seq, shownAt])).toEqual([
    [1, 200],
    [2, 900],
    [3, 1_900],
    [4, 2_000],
  ]);
});

test("at high speed pictures come more than twenty times a second, and the last one is the end", async () => {
  const ats = Array.from({ length: 5_001 }, (_, seq) => seq * 100);
  const { shown, clock } = await played(ats, 64);
  expect(shown.at(-1)?.seq).toBe(5_000);
  expect(clock).toBeGreaterThan(500_000 / 64 / 1.2);
  expect(clock).toBeLessThan((500_000 / 64) * 1.2);
  expect(shown.length / (clock / 1_000)).toBeGreaterThan(15);
});

test("a slow server costs moments, not time", async () => {
  const ats = Array.from({ length: 2_001 }, (_, seq) => seq * 100);
  const { shown, clock } = await played(ats, 16, 300);
  expect(shown.length).toBeLessThan(80);
  expect(clock).toBeLessThan((200_000 / 16) * 1.5);
});

test("a moment that cannot be loaded ends it", async () => {
  const broken = play<Instant>({
    start: { seq: 0, at: 0 },
    end: 9,
    speed: 1,
    pictureMs: 50,
    ahead: 3,
    load: async (seq) => {
      if (seq > 2) throw new Error("gone");
      return { seq, at: seq };
    },
    show: () => undefined,
    now: () => 0,
    wait: async () => undefined,
    stopped: () => false,
  });
  await expect(broken).rejects.toThrow("gone");
});
