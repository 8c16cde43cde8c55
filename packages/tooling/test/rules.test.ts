import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boundaries, checkBoundaries } from "../src/rules/boundaries.ts";
import { checkDependencies } from "../src/rules/dependencies.ts";
import { checkPurity } from "../src/rules/purity.ts";
import { readSources } from "../src/rules/source-files.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "palimpsest-rules-"));
  put("package.json", JSON.stringify({ name: "palimpsest", devDependencies: { vitest: "1" } }));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function sources() {
  return readSources(root, ["packages", "worker", "web", "e2e"]);
}

describe("boundaries", () => {
  const forbidden: Readonly<Record<string, string>> = {
    "packages/protocol/src": "y-protocols/sync",
    "packages/history/src": "lib0/encoding",
    "packages/ydoc/src": "@palimpsest/protocol",
    "packages/store/src": "yjs",
    "packages/room/src": "@palimpsest/store",
    "packages/provider/src": "@palimpsest/room",
    "packages/schema/src": "@palimpsest/ydoc",
    "packages/bench/src": "@palimpsest/room",
    "worker/src": "@palimpsest/provider",
    "web/src": "@palimpsest/store",
    e2e: "@palimpsest/room",
  };

  it("covers every folder of the table", () => {
    expect(Object.keys(forbidden).sort()).toEqual(Object.keys(boundaries).sort());
  });

  for (const [folder, name] of Object.entries(forbidden)) {
    it(`refuses ${name} in ${folder}`, () => {
      put(`${folder}/a.ts`, `import { a } from "${name}";\n`);
      expect(checkBoundaries(sources())).toEqual([`${folder}/a.ts:1 ${folder} may not import ${name}`]);
    });
  }

  it.each([
    'import type { A } from "yjs";',
    'export * from "yjs";',
    'export { A } from "yjs";',
    'const a = await import("yjs");',
    'type A = import("yjs").Doc;',
    'import a = require("yjs");',
  ])("sees %s", (line) => {
    put("packages/history/src/a.ts", `\n${line}\n`);
    expect(checkBoundaries(sources())).toEqual([
      "packages/history/src/a.ts:2 packages/history/src may not import yjs",
    ]);
  });

  it("refuses the runtime's own modules in a pure package", () => {
    put("packages/room/src/a.ts", 'import { setTimeout } from "node:timers/promises";');
    expect(checkBoundaries(sources())).toHaveLength(1);
  });

  it("refuses a path into another workspace", () => {
    put("web/src/a.ts", 'import { a } from "../../worker/src/index.ts";');
    expect(checkBoundaries(sources())).toEqual([
      "web/src/a.ts:1 reaches into another workspace by path: ../../worker/src/index.ts",
    ]);
  });

  it("lets a command find the bootstrap by its path, and nothing else", () => {
    const line = (file: string) => `import { a } from "../../tooling/src/${file}";`;
    put("packages/bench/bin/a.mjs", `${line("bootstrap.mjs")}\n${line("build.ts")}`);
    put("packages/bench/src/a.ts", line("bootstrap.mjs"));
    expect(checkBoundaries(sources())).toEqual([
      "packages/bench/bin/a.mjs:2 reaches into another workspace by path: ../../tooling/src/build.ts",
      "packages/bench/src/a.ts:1 reaches into another workspace by path: ../../tooling/src/bootstrap.mjs",
    ]);
  });

  it("allows what the table allows, and the test runner in the contract suite", () => {
    put(
      "packages/ydoc/src/a.ts",
      'import * as Y from "yjs";\nimport { b } from "lib0/encoding";\nimport "./b.ts";',
    );
    put("packages/store/src/contract-suite.ts", 'import { it } from "vitest";');
    put("worker/src/a.ts", 'import { Hono } from "hono";\nimport { a } from "@palimpsest/room";');
    expect(checkBoundaries(sources())).toEqual([]);
  });
});

describe("purity", () => {
  it.each(["Math.random()", 'Math["random"]()', "globalThis.crypto", "self.fetch"])(
    "refuses %s",
    (expression) => {
      put("packages/room/src/a.ts", `export const a = ${expression};`);
      expect(checkPurity(sources())).toHaveLength(1);
    },
  );

  it("leaves the shells their randomness", () => {
    put("worker/src/a.ts", "export const a = Math.random();");
    expect(checkPurity(sources())).toEqual([]);
  });

  it("refuses an empty catch everywhere, and accepts one that says why", () => {
    put("web/src/a.ts", "try { a() } catch {}");
    put(
      "web/src/b.ts",
      "try { a() } catch {\n  // Storage is refused in private windows: the default stays.\n}",
    );
    expect(checkPurity(sources())).toEqual([
      "web/src/a.ts:1 catches an error and says nothing about why that is right",
    ]);
  });
});

describe("dependencies", () => {
  it("wants every import listed, and nothing more", () => {
    put(
      "web/package.json",
      JSON.stringify({ name: "@palimpsest/web", dependencies: { react: "1", sonner: "1" } }),
    );
    put("web/src/a.ts", 'import { a } from "react/jsx-runtime";\nimport { b } from "wouter";');
    expect(checkDependencies(root, sources())).toEqual([
      "web/src/a.ts imports wouter, which web/package.json does not list",
      "web/package.json lists sonner, which nothing there imports",
    ]);
  });

  it("does not let shipped code live on a development dependency", () => {
    put("web/package.json", JSON.stringify({ name: "@palimpsest/web", devDependencies: { react: "1" } }));
    put("web/src/a.ts", 'import { a } from "react";');
    expect(checkDependencies(root, sources())).toEqual([
      "web/src/a.ts imports react, which web/package.json does not list",
    ]);
  });

  it("counts what a style sheet imports", () => {
    put("web/package.json", JSON.stringify({ name: "@palimpsest/web", dependencies: { tailwindcss: "1" } }));
    put("web/src/a.ts", "export {};");
    put("web/src/a.css", '@import "tailwindcss/theme";');
    expect(checkDependencies(root, sources())).toEqual([]);
  });
});
