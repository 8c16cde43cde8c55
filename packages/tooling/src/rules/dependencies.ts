import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow } from "../fingerprint.ts";
import { workspaceOf } from "./boundaries.ts";
import { importsOf, packageOf } from "./imports.ts";
import type { SourceFile } from "./source-files.ts";

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Named without being imported: run as programs, or listed to pin what another package would resolve differently. */
const usedOtherwise = new Set([
  "@tiptap/extension-bubble-menu",
  "@tiptap/extension-floating-menu",
  "@tiptap/pm",
  "wrangler",
]);

function typesPackage(name: string): string {
  return `@types/${name.replace(/^@/, "").replace("/", "__")}`;
}

function checkWorkspace(root: string, folder: string, files: readonly SourceFile[]): readonly string[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const rootManifest: Manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const forRun = manifest.dependencies ?? {};
  const forWork = { ...forRun, ...manifest.devDependencies, ...rootManifest.devDependencies };
  const used = new Set<string>();
  const violations: string[] = [];
  for (const file of files) {
    const shipped = file.path.startsWith(`${folder}/src/`) && manifest.name !== "@palimpsest/tooling";
    for (const { specifier, typeOnly } of importsOf(file)) {
      const name = packageOf(specifier);
      if (name === undefined || name === manifest.name) continue;
      used.add(name).add(typesPackage(name));
      const runs = shipped && !typeOnly && name !== "vitest";
      const listed = runs ? name in forRun : name in forWork || typesPackage(name) in forWork;
      if (!listed)
        violations.push(`${file.path} imports ${name}, which ${folder}/package.json does not list`);
    }
  }
  const styles = ["src", "index.html"].flatMap((name) => filesBelow(join(root, folder, name)));
  const otherText = styles
    .filter((path) => /\.(css|html)$/.test(path))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  for (const name of Object.keys({ ...forRun, ...manifest.devDependencies })) {
    const needed =
      used.has(name) ||
      usedOtherwise.has(name) ||
      name.startsWith("@types/") ||
      otherText.includes(`"${name}`);
    if (!needed && name !== "@cloudflare/workers-types") {
      violations.push(`${folder}/package.json lists ${name}, which nothing there imports`);
    }
  }
  return [...new Set(violations)];
}

/** Each workspace lists exactly what it imports: what is missing works only while hoisting happens to help. */
export function checkDependencies(root: string, files: readonly SourceFile[]): readonly string[] {
  const byFolder = Map.groupBy(files, (file) => workspaceOf(file.path));
  return [...byFolder].flatMap(([folder, own]) =>
    existsSync(join(root, folder, "package.json")) ? checkWorkspace(root, folder, own) : [],
  );
}
