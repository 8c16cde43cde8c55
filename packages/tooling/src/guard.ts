import { type ChildProcess, execFileSync, spawn } from "node:child_process";

/** The runtime process that this process started, or undefined while there is none. */
export function findRuntimePid(parentPid: number): number | undefined {
  if (process.platform === "win32") return undefined;
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  const pids = table.split("\n").flatMap((line) => {
    const [pid, parent, ...command] = line.trim().split(/\s+/);
    return Number(parent) === parentPid && command.join(" ").includes("workerd") ? [Number(pid)] : [];
  });
  return pids.length > 0 ? Math.max(...pids) : undefined;
}

/**
 * The runtime does not notice when its parent dies of SIGKILL: it would keep the port and the data folder for ever.
 * This shell blocks on a pipe that only this process holds open; end of file means that the process is gone without
 * having said "stop", and the runtime is killed. Ctrl-C reaches the whole terminal group, hence the ignored signals.
 */
export function guardRuntime(runtimePid: number): { readonly release: () => void } {
  const script = `trap '' INT TERM HUP; read -r word || kill -9 ${runtimePid} 2>/dev/null`;
  const guard: ChildProcess = spawn("sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"] });
  guard.unref();
  guard.stdin?.on("error", () => guard.kill("SIGKILL"));
  const { stdin } = guard;
  if (stdin !== null && "unref" in stdin && typeof stdin.unref === "function") stdin.unref();
  return { release: () => stdin?.end("stop\n") };
}
