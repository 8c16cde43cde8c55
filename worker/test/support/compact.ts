import { runInDurableObject } from "cloudflare:test";
import { SqliteStore } from "@palimpsest/store";
import { compactNow } from "../../src/document/compaction.ts";
import { sqlDriver } from "../../src/document/sql-driver.ts";
import { stubOf } from "./api.ts";
import { hibernate } from "./hibernate.ts";

/** Writes a snapshot of the present, as the alarm does of longer documents, and lets the object begin anew. */
export async function compactAndRestart(id: string): Promise<void> {
  await hibernate(id);
  await runInDurableObject(stubOf(id), (_, { storage }) => {
    compactNow(new SqliteStore(sqlDriver(storage)), Date.now());
  });
  await hibernate(id);
}
