import { expect, it } from "vitest";
import type { Server } from "./simulation/server.ts";
import { simulate } from "./simulation/world.ts";
import * as crowds from "./simulation/wrong-crowds.ts";
import * as wrong from "./simulation/wrong-servers.ts";
import * as stores from "./simulation/wrong-stores.ts";

/** Not those with which the simulation was tuned. */
const FIRST_SEED = 10_000;

/** Each mistake, the rules by which the simulation may notice it, and how many seeds it may need. */
const mistakes: readonly (readonly [typeof Server, RegExp, number])[] = [
  [wrong.DebouncedSave, /\[I[12]\]/, 3],
  [wrong.AcknowledgesGaps, /\[I1\]|\[I20\]/, 50],
  [wrong.CompactsInTwoTurns, /\[I[56]\]/, 50],
  [wrong.CompactsOneFrameShort, /\[I5\]|updates have a gap/, 10],
  [wrong.KeepsMemoryAfterFailure, /\[I[1234]\]|\[I20\]/, 20],
  [wrong.ShowsBeforeAppending, /\[I[129]\]/, 20],
  [wrong.LeavesGhosts, /\[I13\]/, 20],
  [wrong.ForgetsWhomToTakeLeaveOf, /\[I13\]/, 50],
  [wrong.LosesAttachments, /\[I4\]|\[I13\]/, 20],
  [wrong.AppendsDuplicates, /\[I8\]/, 50],
  [crowds.LosesAnAckOfABatch, /\[I4\]/, 50],
  [crowds.ShowsABatchBeforeAppending, /\[I[1249]\]/, 50],
  [crowds.ForgetsWhoIsBehind, /\[I4\]|\[RO62\]/, 50],
  [crowds.BringsReadersOnAFrameShort, /\[I4\]|\[RO62\]/, 50],
  [crowds.KeepsTheDepartedInTheQueue, /\[I13\]/, 50],
  [crowds.AcknowledgesATornBatch, /\[I1\]|\[I20\]/, 50],
  [crowds.SweepsWithoutTelling, /\[I13\]/, 50],
  [crowds.ResumesAFrameLate, /\[I4\]|\[RO62\]/, 50],
  [stores.WritesOverTheOther, /\[I[12347]\]|\[I20\]/, 50],
  [stores.PacksLoseAFrame, /\[I[57]\]|updates have a gap/, 50],
];

for (const [server, rule, limit] of mistakes) {
  it(`[I1][I2][I6][I13] the simulation notices a server that ${words(server.name)}, within ${limit} seeds`, async () => {
    let noticed: { seed: number; message: string } | null = null;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + limit && noticed === null; seed++) {
      try {
        await simulate(seed, { server });
      } catch (error) {
        noticed = { seed, message: (error as Error).message };
      }
    }
    if (process.env.SIM_VERBOSE) console.log(server.name, noticed?.seed, noticed?.message.split("\n")[0]);
    expect(noticed?.message ?? "unnoticed").toMatch(rule);
  }, 120_000);
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
}
