import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface ServerOptions {
  /** Absent or 0: any free port. */
  readonly port?: number;
  /** The data folder; starting again on the same one continues with its documents. */
  readonly stateDir: string;
  /** Default true: only warnings and errors of the worker are shown. */
  readonly quiet?: boolean;
}

export interface Server {
  readonly url: string;
  readonly port: number;
  /** The Node process, leader of its own process group. */
  readonly pid: number;
  /** The Workers runtime (workerd) that it started. */
  readonly runtimePid: number;
  /** Asks it to stop, and waits until it and its runtime have ended. */
  readonly stop: () => Promise<void>;
  /** SIGKILL to the whole group, runtime included: what a power cut looks like to the data folder. */
  readonly kill: () => Promise<void>;
}

interface Ready {
  readonly url: string;
  readonly pid: number;
  readonly runtimePid: number;
}

/** A zombie counts as ended: in a container whose first process reaps nothing it would stay for ever. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(20);
}

/**
 * Starts the built product exactly as `npm start` serves it, in a process group of its own, and resolves when it
 * answers. Rejects with the server's own sentence when it cannot start.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const quiet = options.quiet ?? true;
  const script = fileURLToPath(new URL("../bin/serve.mjs", import.meta.url));
  const child = spawn(process.execPath, [script], {
    detached: true,
    // The server stops when this pipe closes: a test runner that is killed cannot stop it in any other way.
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...process.env,
      PORT: String(options.port ?? 0),
      STATE_DIR: options.stateDir,
      QUIET: quiet ? "1" : "0",
      STOP_WITH_STDIN: "1",
    },
  });
  const exited = once(child, "exit");
  const complaints: string[] = [];
  let isReady = false;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    // Before it is ready, what it says becomes the rejection.
    if (isReady) process.stderr.write(text);
    else complaints.push(text);
  });
  const ready = new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("READY ")) resolve(JSON.parse(line.slice("READY ".length)));
      else if (!quiet) console.log(line);
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(
        new Error(complaints.join("").trim() || `the server ended with code ${code} before it was ready`),
      );
    });
  });
  // A test run that ends early must not leave servers behind.
  const killGroup = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, "SIGKILL");
    }
  };
  process.once("exit", killGroup);
  // The caller's process may end while the server runs; "exit" above then kills it.
  child.stdin.on("error", killGroup);
  const { url, pid, runtimePid } = await ready;
  isReady = true;

  const ended = async () => {
    await exited;
    await gone(runtimePid);
    process.removeListener("exit", killGroup);
  };
  return {
    url,
    port: Number(new URL(url).port),
    pid,
    runtimePid,
    stop: async () => {
      child.kill("SIGTERM");
      await ended();
    },
    kill: async () => {
      killGroup();
      await ended();
    },
  };
}
