import { caseCount } from "@palimpsest/testkit";
import { expect, it } from "vitest";
import { simulate } from "./simulation/world.ts";
import { LosesFrames } from "./simulation/wrong-servers.ts";

const seeds = caseCount("SIM_SEEDS", 20);
const REST_MS = 30_000;

it("[I4] without audits, frames that a server loses stay lost for somebody", async () => {
  let noticed = 0;
  for (let seed = 1; seed <= 60 && noticed === 0; seed++) {
    await simulate(seed, {
      server: LosesFrames,
      auditEvery: Number.POSITIVE_INFINITY,
      restMs: REST_MS,
      expectsAll: false,
    }).catch((error: Error) => {
      expect(error.message).toMatch(/\[I4\]/);
      noticed++;
    });
  }
  expect(noticed).toBeGreaterThan(0);
}, 120_000);

it(`[RO61][I4] with audits everybody gets them after all, in ${seeds} lives`, async () => {
  let found = 0;
  let lost = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const { differences, server } = await simulate(seed, {
      server: LosesFrames,
      auditEvery: 1,
      restMs: REST_MS,
      expectsAll: false,
    });
    found += differences.filter(({ isBehind }) => isBehind).length;
    lost += (server as LosesFrames).lost;
  }
  if (process.env.SIM_VERBOSE) console.log({ lost, found });
  expect(found).toBeGreaterThan(0);
}, 600_000);

it(`[RO62] in ${seeds} lives without a mistake nobody is ever behind, and deletions are told in few frames`, async () => {
  let told = 0;
  let frames = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const world = await simulate(seed, { auditEvery: 1, restMs: REST_MS });
    for (const difference of world.differences)
      expect(difference, `seed ${seed}`).toEqual({ isBehind: false, serverLacks: "deletions" });
    told += world.differences.length;
    frames += world.head;
  }
  if (process.env.SIM_VERBOSE) console.log({ told, frames });
  expect(told).toBeLessThan(frames / 10);
}, 600_000);
