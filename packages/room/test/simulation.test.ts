import { caseCount } from "@palimpsest/testkit";
import { expect, it } from "vitest";
import { simulate } from "./simulation/world.ts";

const seeds = caseCount("SIM_SEEDS", 200);

it(`[I1][I2][I3][I4][I5][I7][I8][I9][I13][I17][I20] hold in ${seeds} simulated lives of a document`, async () => {
  for (let seed = 1; seed <= seeds; seed++) await simulate(seed);
}, 600_000);

it("[I14] hibernation between any two events changes no output", async () => {
  for (let seed = 1; seed <= Math.ceil(seeds / 20); seed++) {
    const awake = await simulate(seed, { hibernation: "never", faults: false });
    const forgetful = await simulate(seed, { hibernation: "always", faults: false });
    expect(forgetful.watch.transcript, `seed ${seed}`).toEqual(awake.watch.transcript);
  }
}, 600_000);
