import { describe, expect, test } from "vitest";
import {
  type CompactionPolicy,
  defaultCompactionPolicy,
  isTimeToTell,
  nextAlarm,
  planCompaction,
  type Seq,
  type Tail,
} from "../src/index.ts";

const seq = (position: number) => position as Seq;
const policy: CompactionPolicy = {
  idleMs: 5_000,
  firstMs: 10_000,
  busyMs: 30_000,
  tellMs: 60_000,
  tellIdleMs: 2_000,
  minTailBytes: 1_000,
  minTailFrames: 10,
  maxTailBytes: 50_000,
  retryFrames: 10,
};
const tail = (change: Partial<Tail> = {}): Tail => ({
  head: seq(100),
  snapshot: seq(50),
  bytes: 5_000,
  lastFrameAt: 1_000_000,
  failedAt: null,
  isDamaged: false,
  ...change,
});
const idle = 1_005_000;

describe("planCompaction", () => {
  test("[HI7] nothing behind the snapshot, nothing to do", () => {
    expect(planCompaction(tail({ snapshot: seq(100), bytes: 0 }), idle, policy)).toEqual({ kind: "none" });
    expect(planCompaction(tail({ head: seq(0), snapshot: seq(0), bytes: 0 }), 0, policy)).toEqual({
      kind: "none",
    });
  });

  test("[HI8] the largest tail does not wait for a pause, one byte less does", () => {
    const now = 1_000_000;
    expect(planCompaction(tail({ bytes: 50_000 }), now, policy)).toEqual({ kind: "compact", through: 100 });
    expect(planCompaction(tail({ bytes: 49_999 }), now, policy).kind).toBe("wait");
  });

  test("[HI9] one millisecond before the pause is long enough, it waits; then it does not", () => {
    expect(planCompaction(tail(), idle - 1, policy)).toEqual({ kind: "wait", at: idle - 1 + 30_000 });
    expect(planCompaction(tail(), idle, policy)).toEqual({ kind: "compact", through: 100 });
  });

  test("[HI9] it never looks again before the document can have been idle", () => {
    const impatient = { ...policy, busyMs: 10 };
    expect(planCompaction(tail(), 1_000_000, impatient)).toEqual({ kind: "wait", at: idle });
    expect(planCompaction(tail(), idle - 1, impatient)).toEqual({ kind: "wait", at: idle - 1 + 10 });
  });

  test("[HI19] a state that could not be compacted is left alone until the last frame of the wait", () => {
    const patient = { ...policy, retryFrames: 40 };
    const failed = { failedAt: seq(61), bytes: 60_000 };
    expect(planCompaction(tail(failed), idle, patient)).toEqual({ kind: "none" });
    expect(planCompaction(tail({ ...failed, head: seq(101) }), idle, patient)).toEqual({
      kind: "compact",
      through: 101,
    });
  });

  test("[HI10] a short tail stays; one frame or one byte more is compacted", () => {
    const short = { head: seq(59), bytes: 999 };
    expect(planCompaction(tail(short), idle, policy)).toEqual({ kind: "none" });
    expect(planCompaction(tail({ ...short, head: seq(60) }), idle, policy)).toEqual({
      kind: "compact",
      through: 60,
    });
    expect(planCompaction(tail({ ...short, bytes: 1_000 }), idle, policy)).toEqual({
      kind: "compact",
      through: 59,
    });
  });

  test("[HI22] in the place of a damaged snapshot one is written whatever the tail, but not while people type", () => {
    const damaged = { head: seq(51), bytes: 1, isDamaged: true };
    expect(planCompaction(tail(damaged), idle, policy)).toEqual({ kind: "compact", through: 51 });
    expect(planCompaction(tail(damaged), idle - 1, policy).kind).toBe("wait");
    expect(planCompaction(tail({ ...damaged, snapshot: seq(51) }), idle, policy)).toEqual({ kind: "none" });
    expect(planCompaction(tail({ ...damaged, failedAt: seq(51) }), idle, policy)).toEqual({ kind: "none" });
  });

  test("[HI11] an append sets the alarm once", () => {
    expect(nextAlarm(null, null, 1_000, policy)).toBe(11_000);
    expect(nextAlarm(11_000, null, 2_000, policy)).toBeNull();
    expect(nextAlarm(0, null, 2_000, policy)).toBeNull();
    expect(nextAlarm(12_001, null, 2_000, policy)).toBe(12_000);
  });

  test("[HI20] after work that is remembered the next alarm has time, unless that was long ago or the clock went back", () => {
    expect(nextAlarm(null, 1_000, 1_000, policy)).toBe(31_000);
    expect(nextAlarm(null, 1_000, 60_999, policy)).toBe(90_999);
    expect(nextAlarm(null, 1_000, 61_000, policy)).toBe(71_000);
    expect(nextAlarm(null, 5_000, 1_000, policy)).toBe(11_000);
  });

  test("[HI21] the directory is told in a pause, and now and then while people type", () => {
    expect(isTimeToTell(10_000, null, 11_999, policy)).toBe(false);
    expect(isTimeToTell(10_000, null, 12_000, policy)).toBe(true);
    expect(isTimeToTell(10_000, 9_000, 11_999, policy)).toBe(false);
    expect(isTimeToTell(69_000, 9_000, 68_999, policy)).toBe(false);
    expect(isTimeToTell(69_000, 9_000, 69_000, policy)).toBe(true);
  });

  test("[HI8] [HI10] the usual policy makes sense: pauses and sizes in ascending order", () => {
    const { idleMs, busyMs, minTailBytes, maxTailBytes } = defaultCompactionPolicy;
    expect(idleMs).toBeLessThan(busyMs);
    expect(minTailBytes).toBeLessThan(maxTailBytes);
  });
});
