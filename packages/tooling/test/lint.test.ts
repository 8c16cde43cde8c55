import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { binPath, root } from "../src/bootstrap.mjs";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "palimpsest-lint-"));
  for (const name of ["biome.json", ".gitignore"]) cpSync(join(root, name), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The names of the rules that fire as errors on one file at `path`. */
function errorsFor(path: string, text: string): readonly string[] {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  const { stdout } = spawnSync("biome", ["lint", "--reporter=json", "--diagnostic-level=error", path], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH: binPath() },
  });
  rmSync(join(folder, path));
  return [...stdout.matchAll(/"category":\s*"lint\/\w+\/(\w+)"/g)].flatMap(([, rule]) => rule ?? []);
}

const denied = {
  Date: "new Date()",
  setTimeout: "setTimeout(() => {}, 1)",
  setInterval: "setInterval(() => {}, 1)",
  queueMicrotask: "queueMicrotask(() => {})",
  crypto: "crypto.randomUUID()",
  fetch: 'fetch("/")',
  console: 'console.log("")',
  performance: "performance.now()",
};

for (const pure of ["history", "protocol", "ydoc", "room"]) {
  it.each(Object.entries(denied))(`refuses %s in packages/${pure}/src`, (_name, expression) => {
    expect(errorsFor(`packages/${pure}/src/a.ts`, `export const a = ${expression};\n`)).toContain(
      "noRestrictedGlobals",
    );
  });
}

it("leaves the shells and the tests their globals", () => {
  expect(errorsFor("worker/src/a.ts", "export const a = Date.now();\n")).toEqual([]);
  expect(errorsFor("packages/room/test/a.test.ts", "export const a = Date.now();\n")).toEqual([]);
});

it("refuses any and enums everywhere", () => {
  expect(errorsFor("web/src/a.ts", "export const a: any = 1;\n")).toEqual(["noExplicitAny"]);
  expect(errorsFor("e2e/a.spec.ts", "export const a: any = 1;\n")).toEqual(["noExplicitAny"]);
  expect(errorsFor("web/src/a.ts", "export enum A {\n  B,\n}\n")).toEqual(["noEnum"]);
});

it("refuses non-null assertions outside tests", () => {
  const text = "export const a = (b: string | null) => b!;\n";
  expect(errorsFor("web/src/a.ts", text)).toEqual(["noNonNullAssertion"]);
  expect(errorsFor("web/test/a.test.ts", text)).toEqual([]);
});
