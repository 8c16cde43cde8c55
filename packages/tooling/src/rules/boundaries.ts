import { posix } from "node:path";
import { importsOf, packageOf } from "./imports.ts";
import { at, type SourceFile } from "./source-files.ts";

interface Boundary {
  /** The only packages that `src` may import; a trailing `*` stands for any ending. */
  readonly only?: readonly string[];
  /** Packages of ours that it may import, where third-party packages are free. */
  readonly ours?: readonly string[];
}

/** The arrows of the architecture. They never point back. */
export const boundaries: Readonly<Record<string, Boundary>> = {
  "packages/protocol/src": { only: ["lib0"] },
  "packages/history/src": { only: [] },
  "packages/ydoc/src": { only: ["yjs", "lib0"] },
  "packages/store/src": { only: ["@palimpsest/history", "fflate", "lib0"] },
  "packages/room/src": { only: ["@palimpsest/protocol", "@palimpsest/history", "@palimpsest/ydoc"] },
  "packages/provider/src": { only: ["@palimpsest/protocol", "yjs", "y-protocols", "lib0", "idb"] },
  "packages/schema/src": {
    only: [
      "@tiptap/*",
      "yjs",
      "marked",
      "mdast",
      "mdast-util-*",
      "micromark-*",
      "decode-named-character-reference",
    ],
  },
  "packages/bench/src": { ours: ["protocol", "provider", "tooling"].map((name) => `@palimpsest/${name}`) },
  "worker/src": {
    ours: ["protocol", "history", "ydoc", "store", "room", "schema"].map((name) => `@palimpsest/${name}`),
  },
  "web/src": { ours: ["provider", "protocol", "schema", "ydoc"].map((name) => `@palimpsest/${name}`) },
  // the provider is one of the product's clients, as y-websocket is
  e2e: { ours: ["@palimpsest/provider", "@palimpsest/tooling"] },
};

/** Built to be run by another package's tests, so it needs the test runner although it lives in `src`. */
const contractSuite = /^packages\/store\/src\/contract(-suite)?[./]/;

/** A command's first lines run before anything is installed, when no package can be found by its name. */
function isBootstrap(path: string, target: string): boolean {
  return /^packages\/\w+\/bin\/\w+\.mjs$/.test(path) && target === "packages/tooling/src/bootstrap.mjs";
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** `packages/room/src/room.ts` → `packages/room`; `web/src/main.tsx` → `web` */
export function workspaceOf(path: string): string {
  return path
    .split("/")
    .slice(0, path.startsWith("packages/") ? 2 : 1)
    .join("/");
}

/** One sentence for every import that crosses a boundary. */
export function checkBoundaries(files: readonly SourceFile[]): readonly string[] {
  const violations: string[] = [];
  for (const file of files) {
    const folder = Object.keys(boundaries).find((name) => file.path.startsWith(`${name}/`));
    const boundary = folder === undefined ? undefined : boundaries[folder];
    for (const { specifier, node } of importsOf(file)) {
      if (specifier.startsWith(".")) {
        const target = posix.join(posix.dirname(file.path), specifier);
        if (workspaceOf(target) !== workspaceOf(file.path) && !isBootstrap(file.path, target)) {
          violations.push(`${at(file, node)} reaches into another workspace by path: ${specifier}`);
        }
        continue;
      }
      if (folder === undefined || boundary === undefined) continue;
      const name = packageOf(specifier);
      if (boundary.only !== undefined) {
        if (contractSuite.test(file.path) && (name === "vitest" || name === "fast-check")) continue;
        if (name === undefined || !boundary.only.some((pattern) => matches(name, pattern))) {
          violations.push(`${at(file, node)} ${folder} may not import ${specifier}`);
        }
      } else if (name?.startsWith("@palimpsest/") && !boundary.ours?.includes(name)) {
        violations.push(`${at(file, node)} ${folder} may not import ${specifier}`);
      }
    }
  }
  return violations;
}
