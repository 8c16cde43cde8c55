import { seeded, typingTimes } from "@palimpsest/testkit";
import { describe, expect, test } from "vitest";
import { Harness } from "./support/harness.ts";

/** From the sender's socket to the reader's screen, in ms. */
const WAY_MS = 10;
const CHARACTERS = 1_000;

interface Cost {
  /** For 1,000 characters. */
  readonly messages: number;
  /** From a key to the reader, in ms, for 95 of 100 characters, and for all. */
  readonly p95: number;
  readonly longest: number;
}

/** What somebody's typing costs who is told to gather for `coalesceMs`. */
async function typed(coalesceMs: number, seed: number, options: { coalesceMs?: number } = {}): Promise<Cost> {
  const h = new Harness(options);
  await h.live({ coalesceMs });
  const start = h.clock.now();
  const waits: number[] = [];
  let waiting: number[] = [];
  h.socket.onsend = (data) => {
    if (data === "ping") {
      h.socket.receive("pong");
      return;
    }
    for (const at of waiting) waits.push(h.clock.now() - at + WAY_MS);
    waiting = [];
  };
  const { length } = h.socket.sent;
  for (const at of typingTimes(CHARACTERS, seeded(seed))) {
    await h.clock.advance(start + at - h.clock.now());
    waiting.push(h.clock.now());
    h.type("x");
  }
  await h.clock.advance(20_000);
  expect(waits).toHaveLength(CHARACTERS);
  expect(h.pushed().getText("t").length).toBe(CHARACTERS);
  const messages = h.socket.sent.slice(length).filter((data) => data !== "ping").length;
  h.provider.destroy();
  waits.sort((a, b) => a - b);
  return { messages, p95: waits[CHARACTERS * 0.95] as number, longest: waits.at(-1) as number };
}

describe("a person's rhythm", () => {
  const seeds = [1, 2, 3, 4, 5];

  test("[PV20] usually: at most 600 messages for 1,000 characters, seen within 150 ms", async () => {
    for (const seed of seeds) {
      const { messages, p95, longest } = await typed(130, seed);
      expect(messages, `seed ${seed}`).toBeLessThanOrEqual(600);
      expect(p95, `seed ${seed}`).toBeLessThanOrEqual(150);
      expect(longest, `seed ${seed}`).toBeLessThanOrEqual(150);
    }
  }, 60_000);

  test("[PV20] the economy setting: at most 250 messages, and nobody waits for more than that", async () => {
    for (const seed of seeds) {
      const { messages, longest } = await typed(500, seed);
      expect(messages, `seed ${seed}`).toBeLessThanOrEqual(250);
      expect(longest, `seed ${seed}`).toBeLessThanOrEqual(510);
    }
  }, 60_000);

  test("[PV20] the option has the last word", async () => {
    const [told, chosen] = [await typed(130, 1), await typed(500, 1, { coalesceMs: 130 })];
    expect(chosen).toEqual(told);
  }, 60_000);

  test.runIf(process.env.CADENCE_TABLE)(
    "[PV20] what each window costs",
    async () => {
      for (const ms of [50, 100, 120, 130, 140, 150, 200, 300, 400, 500, 700, 1_000]) {
        const costs = await Promise.all(seeds.map((seed) => typed(ms, seed)));
        const mean = (of: (cost: Cost) => number) =>
          Math.round(costs.reduce((sum, cost) => sum + of(cost), 0) / 5);
        console.log(`${ms} ms: ${mean((c) => c.messages)} messages, p95 ${mean((c) => c.p95)} ms`);
      }
    },
    300_000,
  );
});
