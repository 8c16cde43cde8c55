import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { PlainError } from "@palimpsest/tooling/plain-error";
import { claimPort } from "@palimpsest/tooling/preflight";
import { runTool } from "@palimpsest/tooling/run-tool";
import { startChild } from "../child.ts";
import { plainFraming } from "../framing.ts";
import { workDir } from "../places.ts";
import type { RunningServer, ServerCounts, Target } from "../target.ts";
import { workerdConfig } from "./workerd-config.ts";

export interface WorkerdProgram {
  readonly target: Omit<Target, "prepare" | "start">;
  /** The folder with its configuration and its entry. */
  readonly folder: string;
  readonly configFile: string;
  /** Relative to `folder`. */
  readonly entry: string;
  readonly binding: string;
  readonly className: string;
  /** The path of a room's socket. */
  readonly path: (room: string) => string;
  /** What its log says when an object is started. */
  readonly startLine: string;
  /** Whether a plain GET of a room's path tells its counters. */
  readonly tellsCounts: boolean;
  /** Runs before it is bundled. */
  readonly install?: () => Promise<void>;
}

/** The same for all: the date of our own worker's configuration. */
const COMPATIBILITY_DATE = "2026-10-15";

/** The runtime that the project's own wrangler brings. */
function runtimePath(): string {
  const requireHere = createRequire(import.meta.url);
  const requireFromWrangler = createRequire(requireHere.resolve("wrangler/package.json"));
  const { default: path }: { readonly default: string } = requireFromWrangler("workerd");
  return path;
}

/**
 * A Worker on `workerd serve`, bundled as wrangler would upload it. Not `wrangler dev`: its proxy stands in the way of
 * every message twice and makes a fan-out fifty times slower.
 */
export function workerdTarget(program: WorkerdProgram): Target {
  const bundleDir = join(workDir, "bundles", program.target.name);
  return {
    ...program.target,
    prepare: async () => {
      await program.install?.();
      const { code, output } = await runTool(
        "wrangler",
        ["deploy", "--dry-run", "--config", program.configFile, "--outdir", bundleDir],
        { cwd: program.folder },
      );
      if (code !== 0) throw new PlainError(`it could not be bundled: ${output.trim()}`);
    },
    start: (dataDir) => start(program, bundleDir, dataDir),
  };
}

async function start(program: WorkerdProgram, bundleDir: string, dataDir: string): Promise<RunningServer> {
  const objectsDir = join(dataDir, "objects");
  if (!existsSync(objectsDir)) mkdirSync(objectsDir, { recursive: true });
  const port = await claimPort(0);
  const { binding, className } = program;
  const configFile = join(bundleDir, `${port}.capnp`);
  writeFileSync(
    configFile,
    workerdConfig({
      port,
      module: `${basename(program.entry).replace(/\.ts$/, "")}.js`,
      compatibilityDate: COMPATIBILITY_DATE,
      binding,
      className,
      uniqueKey: `${program.target.name}-${className}`,
      objectsDir,
    }),
  );
  const child = await startChild({
    command: runtimePath(),
    args: ["serve", configFile, "config"],
    cwd: bundleDir,
    logFile: `${dataDir}.log`,
    port,
    // an object that has met a socket keeps the runtime from ending, and what it wrote is on disk already
    stopWithinMs: 1_000,
  });
  return {
    runtimePid: child.pid,
    address: async (room) => `ws://127.0.0.1:${port}${program.path(room)}`,
    framing: () => plainFraming,
    counts: async (room) =>
      program.tellsCounts ? readCounts(`http://127.0.0.1:${port}${program.path(room)}`) : null,
    own: async () => null,
    starts: () => child.logged(program.startLine),
    stop: child.stop,
    kill: child.kill,
  };
}

async function readCounts(url: string): Promise<ServerCounts> {
  // a connection that is kept alive would keep the runtime from stopping
  const response = await fetch(url, { headers: { connection: "close" } });
  const counts: Omit<ServerCounts, "wakes"> = JSON.parse(await response.text());
  return { ...counts, wakes: null };
}
