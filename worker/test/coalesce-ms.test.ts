import { COALESCE_MS } from "@palimpsest/protocol";
import { expect, it } from "vitest";
import { coalesceMs } from "../src/document/coalesce-ms.ts";
import { guest, newDocument } from "./support/api.ts";
import { Client } from "./support/client.ts";

it("[WK28] a deployer's number is obeyed, a mistake counts as none", () => {
  for (const [setting, ms] of [
    ["500", 500],
    [500, 500],
    ["0", 0],
    [10_000, 10_000],
  ] as const)
    expect(coalesceMs({ COALESCE_MS: setting })).toBe(ms);
  for (const setting of ["", " ", "fast", "-1", "1.5", 10_001, "1e9", "NaN"])
    expect(coalesceMs({ COALESCE_MS: setting }), `${setting}`).toBe(COALESCE_MS);
  expect(coalesceMs({})).toBe(COALESCE_MS);
});

it("[WK28] clients are told", async () => {
  const ada = await guest("Ada");
  const client = await Client.join(await newDocument(ada), ada);
  expect(client.received[0]).toMatchObject({ kind: "welcome", coalesceMs: COALESCE_MS });
});
