// Runs before anything is installed, under whatever Node (20 or newer) the machine has:
// node builtins only, no TypeScript, no imports from node_modules.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(fileURLToPath(new URL("../../..", import.meta.url)));

const ownNode = join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");

/** Environment for everything we start: no telemetry, no update checks, no questions. */
export const quietEnv = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  DO_NOT_TRACK: "1",
  NO_UPDATE_NOTIFIER: "1",
  npm_config_update_notifier: "false",
};

/** Ends the command with one plain sentence: for what the user can put right, where a stack would only frighten. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** True when node_modules holds what package-lock.json names, whoever installed it. */
function isInstalled(lockText, stampFile) {
  const hash = createHash("sha256").update(lockText).digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === hash && existsSync(ownNode)) return true;
  const hidden = join(root, "node_modules/.package-lock.json");
  if (!existsSync(hidden) || !existsSync(ownNode)) return false;
  const wanted = JSON.parse(lockText).packages;
  const present = JSON.parse(readFileSync(hidden, "utf8")).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    // Optional packages are those of other platforms; "" is the root itself.
    if (path === "" || entry.optional || entry.devOptional || entry.peer || !path.includes("node_modules/"))
      continue;
    if (present[path]?.version !== entry.version) return false;
  }
  writeFileSync(stampFile, hash);
  return true;
}

/** Installs exactly the lock file's packages unless they are there already. Never asks a question. */
export function ensureInstalled() {
  const lockText = readFileSync(join(root, "package-lock.json"), "utf8");
  const stampFile = join(root, "node_modules/.palimpsest-lock");
  if (isInstalled(lockText, stampFile)) return;
  console.log("Installing the packages this needs (a minute or two the first time)…");
  // `--include=dev`: with NODE_ENV=production npm would leave out the runtime and the build tools.
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const byScript = npm !== undefined && /npm-cli\.c?js$/.test(npm);
  const done = spawnSync(byScript ? process.execPath : "npm", byScript ? [npm, ...args] : args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...quietEnv },
    shell: !byScript && process.platform === "win32",
  });
  if (done.status !== 0)
    fail("The packages could not be installed: see npm's message above, then run this again.");
  const hash = createHash("sha256").update(lockText).digest("hex");
  writeFileSync(stampFile, hash);
  console.log("Installed.");
}

/** The parent of a process that may be gone by now. */
function parentOf(pid) {
  const status = `/proc/${pid}/status`;
  if (existsSync("/proc/self/status")) {
    return existsSync(status) ? Number(/^PPid:\s*(\d+)/m.exec(readFileSync(status, "utf8"))?.[1]) : 0;
  }
  const { stdout } = spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" });
  return Number(stdout ?? "");
}

/**
 * npm runs the script in a shell and dies of SIGHUP or SIGKILL without telling it; of SIGTERM it tells the shell, which
 * dies without telling us. Without this look upwards the server would stay behind as an orphan.
 */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, 1000);
  timer.unref();
}

/**
 * Runs `entry` (a module with `main()`) under the Node that the lock file pins. The system's Node may be too old for
 * the Workers runtime's tools or unable to read TypeScript.
 */
export async function runUnderOwnNode(script, entry) {
  const [major = 0] = process.versions.node.split(".").map(Number);
  Object.assign(process.env, quietEnv);
  stopWithNpm();
  if (major >= 24) {
    if (process.env.PALIMPSEST_WRAPPED === "1") {
      delete process.env.PALIMPSEST_WRAPPED;
      // The outer Node was killed without a chance to pass a signal on: do not outlive it.
      process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
      process.channel?.unref();
    }
    const { main } = await import(entry);
    await main();
    return;
  }
  if (!existsSync(ownNode)) {
    fail(
      `This needs Node 24, and none could be installed for this system. Install Node 24 and run this again.`,
    );
  }
  const child = spawn(ownNode, [fileURLToPath(script), ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PALIMPSEST_WRAPPED: "1", PATH: binPath() },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}

/** A PATH in which our Node and our tools come first. */
export function binPath() {
  const separator = process.platform === "win32" ? ";" : ":";
  return [join(root, "node_modules/node/bin"), join(root, "node_modules/.bin"), process.env.PATH].join(
    separator,
  );
}
