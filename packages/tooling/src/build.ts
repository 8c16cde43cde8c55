import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./bootstrap.mjs";
import { whenStale } from "./fingerprint.ts";
import { PlainError } from "./plain-error.ts";
import { runTool, seconds } from "./run-tool.ts";

/** The worker as one bundle, as wrangler would upload it. */
export const bundleDir = join(root, "worker/dist");
/** The built web app; wrangler.toml names the same folder. */
export const webDir = join(root, "web/dist");

const shared = [
  "package-lock.json",
  "tsconfig.base.json",
  ...["protocol", "history", "ydoc", "store", "room", "provider", "schema"].flatMap((name) => [
    `packages/${name}/src`,
    `packages/${name}/package.json`,
  ]),
];
const stamps = join(root, "node_modules/.cache/palimpsest");

async function step(sentence: string, command: string, args: readonly string[]): Promise<void> {
  console.log(`${sentence}…`);
  const { code, output, durationMs } = await runTool(command, args);
  if (code !== 0) {
    console.error(output.trimEnd());
    throw new PlainError(`${sentence} failed: see the message above.`);
  }
  console.log(`  done in ${seconds(durationMs)}`);
}

/** Bundles the worker with wrangler, so that what runs here is what a deploy would upload. Sends nothing anywhere. */
export async function buildWorker(): Promise<void> {
  // Wrangler refuses a configuration whose assets folder is absent.
  mkdirSync(webDir, { recursive: true });
  await step("Building the worker", "wrangler", ["deploy", "--dry-run", "--outdir", bundleDir]);
}

/** Builds the web app and the worker, each only when something that it is made of has changed. */
export async function buildStale(): Promise<void> {
  await whenStale(
    {
      root,
      inputs: ["web", ...shared],
      output: join(webDir, "index.html"),
      stampFile: join(stamps, "web"),
    },
    () => step("Building the web app", "npm", ["run", "build", "--workspace", "@palimpsest/web"]),
  );
  await whenStale(
    {
      root,
      inputs: ["worker", "wrangler.toml", ...shared],
      output: join(bundleDir, "index.js"),
      stampFile: join(stamps, "worker"),
    },
    buildWorker,
  );
}
