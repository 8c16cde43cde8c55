import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseSync } from "vite";

/** A node of the syntax tree; which further fields exist depends on `type` (ESTree with TypeScript's additions). */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
}

/** `peers` are other people's servers with manifests of their own, `work` is what a benchmark leaves behind. */
const skipped = new Set(["node_modules", "dist", "fixtures", ".turbo", ".wrangler", "peers", "work"]);

function pathsBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? pathsBelow(path) : [path];
  });
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The TypeScript and JavaScript below `folders`, parsed. */
export function readSources(root: string, folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) => pathsBelow(join(root, folder)))
    .filter((path) => /\.m?[tj]sx?$/.test(path) && !/\.d\.m?ts$/.test(path))
    .map((path) => {
      const text = readFileSync(path, "utf8");
      const parsed = parseSync(path, text);
      const [error] = parsed.errors;
      const name = relative(root, path).replaceAll("\\", "/");
      if (error !== undefined) throw new Error(`${name} cannot be parsed: ${error.message}`);
      const program: unknown = parsed.program;
      if (!isNode(program)) throw new Error(`${name} parsed to nothing`);
      return { path: name, text, program };
    });
}

/** Calls `visit` for `node` and everything inside it, outermost first. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

/** "packages/room/src/room.ts:12" */
export function at(file: SourceFile, node: SyntaxNode): string {
  return `${file.path}:${file.text.slice(0, node.start).split("\n").length}`;
}
