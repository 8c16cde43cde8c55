import { join, resolve } from "node:path";
import { root } from "../bootstrap.mjs";
import { buildStale, bundleDir } from "../build.ts";
import { orPlainError } from "../plain-error.ts";
import { claimPort, parsePort, prepareStateDir } from "../preflight.ts";
import { serveForever } from "../serve-forever.ts";

/** Builds what is stale, serves it, and says where. */
export async function main(): Promise<void> {
  await orPlainError(async () => {
    const stateDir = resolve(process.env.STATE_DIR ?? join(root, ".state"));
    const wanted = parsePort(process.env.PORT);
    // Before the build: nobody wants to wait for it only to learn that the port is taken.
    prepareStateDir(stateDir);
    const port = await claimPort(wanted);
    await buildStale();
    const { url } = await serveForever({ root, bundleDir, port, stateDir, quiet: false });
    console.log(
      `\nPalimpsest is ready: ${url}\n  documents are kept in ${stateDir}\n  press Ctrl-C to stop\n`,
    );
  });
}
