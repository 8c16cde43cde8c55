import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildStale } from "./build.ts";
import { startServer } from "./server.ts";

/** One server on a free port with an empty data folder for all ordinary tests; its address is `PALIMPSEST_URL`. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  await buildStale();
  const stateDir = mkdtempSync(join(tmpdir(), "palimpsest-e2e-"));
  const server = await startServer({ stateDir });
  process.env.PALIMPSEST_URL = server.url;
  return async () => {
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  };
}
