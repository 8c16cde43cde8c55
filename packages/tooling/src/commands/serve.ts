import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "../bootstrap.mjs";
import { bundleDir, webDir } from "../build.ts";
import { orPlainError, PlainError } from "../plain-error.ts";
import { parsePort } from "../preflight.ts";
import { serveForever } from "../serve-forever.ts";

/** Serves what is already built. The last line printed is `READY <json>`, for programs that start it. */
export async function main(): Promise<void> {
  await orPlainError(async () => {
    if (!existsSync(join(bundleDir, "index.js")) || !existsSync(join(webDir, "index.html"))) {
      throw new PlainError("The product is not built yet. Run npm start once, which builds it.");
    }
    const product = await serveForever({
      root,
      bundleDir,
      port: parsePort(process.env.PORT),
      stateDir: resolve(process.env.STATE_DIR ?? join(root, ".state")),
      quiet: process.env.QUIET === "1",
    });
    if (process.env.STOP_WITH_STDIN === "1") {
      process.stdin.resume().once("end", () => process.kill(process.pid, "SIGTERM"));
    }
    console.log(`Palimpsest is ready: ${product.url}`);
    console.log(
      `READY ${JSON.stringify({ url: product.url, pid: process.pid, runtimePid: product.runtimePid() })}`,
    );
  });
}
