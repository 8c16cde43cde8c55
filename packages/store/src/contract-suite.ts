import { describe } from "vitest";
import { assetRules } from "./contract/asset-rules.ts";
import { atomicityRules } from "./contract/atomicity-rules.ts";
import { besideRules } from "./contract/beside-rules.ts";
import { condensedRules } from "./contract/condensed-rules.ts";
import { integrityRules } from "./contract/integrity-rules.ts";
import { logRules } from "./contract/log-rules.ts";
import { packRules } from "./contract/pack-rules.ts";
import { snapshotRules } from "./contract/snapshot-rules.ts";
import { summaryRules } from "./contract/summary-rules.ts";
import { thinningRules } from "./contract/thinning-rules.ts";
import type { SqlDriver } from "./driver.ts";

/**
 * Runs `use` with a driver over an empty database that is its own. A callback, because a Durable Object's database
 * can be touched only inside its object (`runInDurableObject`).
 */
export type WithDriver = (use: (driver: SqlDriver) => void) => void | Promise<void>;

/** The rules ST… of SPEC.md that every database under a store has to meet. Imports nothing of any platform. */
export function describeDocumentStore(name: string, withDriver: WithDriver): void {
  describe(`document store over ${name}`, () => {
    logRules(withDriver);
    packRules(withDriver);
    condensedRules(withDriver);
    snapshotRules(withDriver);
    besideRules(withDriver);
    assetRules(withDriver);
    integrityRules(withDriver);
    summaryRules(withDriver);
    thinningRules(withDriver);
    atomicityRules(withDriver);
  });
}
