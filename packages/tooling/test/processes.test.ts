import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, it } from "vitest";
import { claimPort, parsePort, prepareStateDir } from "../src/preflight.ts";
import { lockStateDir } from "../src/state-lock.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "palimpsest-processes-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

it("reads PORT, and says what is wrong with one it cannot use", () => {
  expect(parsePort(undefined)).toBe(8787);
  expect(parsePort("65535")).toBe(65535);
  for (const text of ["65536", "-1", "http", "80.5"])
    expect(() => parsePort(text)).toThrow(/^PORT must be a number/);
});

it("says in one sentence that a port is taken, and how to choose another", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(claimPort(port)).rejects.toThrow(
    `Port ${port} is already in use. Stop the other program or choose another port: PORT=8788 npm start`,
  );
  other.close();
});

it("says in one sentence that the data folder cannot be written", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(() => prepareStateDir(join(file, "state"))).toThrow(
    /cannot be written \(\w+\)\. Choose another folder: STATE_DIR=/,
  );
});

it("gives a data folder to one holder at a time", () => {
  const first = lockStateDir(folder);
  expect(() => lockStateDir(folder)).toThrow(/is used by another running Palimpsest/);
  first.release();
  lockStateDir(folder).release();
});

it("kills the guarded process when its guardian dies of SIGKILL", async () => {
  const guard = JSON.stringify(new URL("../src/guard.ts", import.meta.url).href);
  const script = `
    import { spawn } from "node:child_process";
    const { guardRuntime } = await import(${guard});
    const runtime = spawn("sleep", ["600"], { stdio: ["ignore", 1, "ignore"], detached: true });
    guardRuntime(runtime.pid);
    console.log(runtime.pid);
    setInterval(() => {}, 1000);
  `;
  const guardian = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: guardian.stdout });
  const [pid]: string[] = await once(lines, "line");
  expect(Number(pid)).toBeGreaterThan(0);
  guardian.kill("SIGKILL");
  // The sleeper holds the pipe open too, so its end is the sleeper's end.
  await once(lines, "close");
});
