import { caseCount } from "@palimpsest/testkit";
import { expect, it } from "vitest";
import { Tally } from "./simulation/tally.ts";
import { simulate } from "./simulation/world.ts";

const seeds = caseCount("SIM_SEEDS", 200);
/** By hand: where to begin, so that several runs share the work. */
const first = caseCount("SIM_FIRST", 1);
/** So few lives need not have seen everything. */
const ENOUGH = 150;

/** What must have happened in enough lives, or the simulation shows nothing about it. */
const mishaps = [
  "crashes at a statement",
  "crashes before sending",
  "deaths in between",
  "turns that threw",
  ...["crash", "throw"].flatMap((kind) => [1, 2].map((k) => `torn batches: ${kind} at statement ${k}`)),
  "deploys",
  "refusals of an object that was overtaken",
  "the server's clock jumps back",
  "the server's clock jumps forward",
  "a client's clock jumps back",
  "a client's clock jumps forward",
  "readers slow for seconds",
  "readers left behind",
  "readers brought on",
  "sweeps of a living negotiated client",
  "sweeps of a living plain client",
  "presences told late",
  "hibernations",
  "repetitions",
  "restores",
  "compactions",
  "audits",
];

it(`[I1][I2][I3][I4][I5][I7][I8][I9][I13][I17][I20] hold in ${seeds} simulated lives of a document`, async () => {
  const tally = new Tally();
  const start = performance.now();
  for (let seed = first; seed < first + seeds; seed++) tally.add((await simulate(seed)).tally);
  if (process.env.SIM_VERBOSE) {
    const perMinute = Math.round((seeds / (performance.now() - start)) * 60_000);
    console.log(`${tally}\n${seeds} seeds from ${first}, ${perMinute} per minute`);
  }
  if (seeds >= ENOUGH) expect(mishaps.filter((what) => tally.of(what) === 0)).toEqual([]);
}, 6_000_000);

it("[I14] hibernation between any two events changes no output", async () => {
  for (let seed = first; seed < first + Math.ceil(seeds / 20); seed++) {
    const awake = await simulate(seed, { hibernation: "never", faults: false });
    const forgetful = await simulate(seed, { hibernation: "always", faults: false });
    expect(forgetful.watch.transcript, `seed ${seed}`).toEqual(awake.watch.transcript);
  }
}, 6_000_000);
