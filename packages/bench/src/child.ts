import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { get } from "node:http";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { guardRuntime } from "@palimpsest/tooling/guard";

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Takes what it prints. */
  readonly logFile: string;
  readonly port: number;
  /** SIGTERM has this long to work before SIGKILL comes. Default: 8,000. */
  readonly stopWithinMs?: number;
}

export interface Child {
  readonly pid: number;
  readonly stop: () => Promise<void>;
  /** SIGKILL to its process group, at once. */
  readonly kill: () => Promise<void>;
  /** How often `text` stands in its log. */
  readonly logged: (text: string) => number;
}

const READY_WITHIN_MS = 30_000;
/** Characters of its log that are shown when it does not. */
const LAST_WORDS = 500;

/** Starts a server in a process group of its own and waits until its port answers anything at all. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = openSync(options.logFile, "a");
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const exited = once(child, "exit");
  await once(child, "spawn");
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.command} did not start`);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const killGroup = () => {
    if (!hasEnded()) process.kill(-pid, "SIGKILL");
  };
  process.once("exit", killGroup);
  // its own process group hears no Ctrl-C, and our SIGKILL would leave it behind
  const guard = guardRuntime(pid);
  const ended = async () => {
    await exited;
    guard.release();
    process.removeListener("exit", killGroup);
  };
  await answers(options, hasEnded).catch(async (error: unknown) => {
    killGroup();
    await ended();
    throw error;
  });
  return {
    pid,
    stop: async () => {
      child.kill("SIGTERM");
      const late = setTimeout(killGroup, options.stopWithinMs ?? 8_000);
      await ended();
      clearTimeout(late);
    },
    kill: async () => {
      killGroup();
      await ended();
    },
    logged: (text) => readFileSync(options.logFile, "utf8").split(text).length - 1,
  };
}

async function answers(options: ChildOptions, hasEnded: () => boolean): Promise<void> {
  const end = performance.now() + READY_WITHIN_MS;
  while (performance.now() < end && !hasEnded()) {
    if (await isAnswered(options.port)) return;
    await sleep(30);
  }
  const lastWords = readFileSync(options.logFile, "utf8").trim().slice(-LAST_WORDS);
  throw new Error(`${basename(options.command)} did not get ready: ${lastWords || "it said nothing"}`);
}

/** On a connection of its own: one that is kept alive would keep the server from stopping. */
function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: "127.0.0.1", port, agent: false, timeout: 2000 }, (response) => {
      response.resume().once("end", () => resolve(true));
    })
      .once("timeout", () => resolve(false))
      .once("error", () => resolve(false));
  });
}
