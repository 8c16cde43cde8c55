import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Plugin, type Rollup } from "vite";
import type { Shell } from "../src/offline/shellPlan.ts";

/** What a page that shows a document loads at some time before somebody can write in it. */
const neededChunks = ["/app/start.tsx", "/document/DocumentPage.tsx", "/editor/LiveEditor.tsx"];
/** Of the fonts' many alphabets; the others are kept once they were needed. */
const neededFonts = /(inter|source-serif-4)-latin-wght-(normal|italic)/;
const LARGE = 100_000;
const files = ["/theme.js", "/favicon.svg"];

/** Writes `sw.js`: the service worker, with the names of the files of this build. There is none in development. */
export function serviceWorker(): Plugin {
  let root = "";
  return {
    name: "service-worker",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) throw new Error("The build has no folder for its files");
      const shell = shellOf(bundle, dir, root);
      writeFileSync(join(dir, "sw.js"), await compile(shell, root));
    },
  };
}

function shellOf(bundle: Rollup.OutputBundle, dir: string, root: string): Shell {
  const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
  const needed = new Set<string>();
  const need = (name: string) => {
    if (needed.has(name)) return;
    needed.add(name);
    const output = bundle[name];
    if (output?.type !== "chunk") return;
    for (const each of [...output.imports, ...(output.viteMetadata?.importedCss ?? [])]) need(each);
  };
  for (const chunk of chunks) {
    const isNeeded = neededChunks.some((path) => chunk.facadeModuleId?.endsWith(path));
    if (!isNeeded && !(chunk.isEntry && chunk.facadeModuleId?.endsWith("index.html"))) continue;
    need(chunk.fileName);
    // menus, toasts and panels come right after; what is large belongs to one kind of block, or to a file that is taken in
    for (const name of chunk.dynamicImports) {
      const later = bundle[name];
      if (later?.type === "chunk" && later.code.length < LARGE) need(name);
    }
  }
  const names = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
  for (const name of names) if (neededFonts.test(name) && name.endsWith(".woff2")) needed.add(name);
  const core = ["/", ...files, ...names.filter((name) => needed.has(name)).map((name) => `/${name}`)];
  const rest = names
    .filter((name) => !needed.has(name) && /\.(js|css)$/.test(name))
    .map((name) => `/${name}`);
  const version = createHash("sha256").update([...core, ...rest].sort().join("\n"));
  version.update(readFileSync(join(dir, "index.html")));
  for (const file of files) version.update(readFileSync(join(root, "public", file)));
  return { version: version.digest("hex").slice(0, 16), core, rest };
}

async function compile(shell: Shell, root: string): Promise<string> {
  const built = await build({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    define: { __SHELL__: JSON.stringify(shell) },
    build: {
      write: false,
      target: "es2023",
      rollupOptions: {
        input: resolve(root, "src/offline/serviceWorker.ts"),
        output: { format: "iife" },
      },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  if (result === undefined || !("output" in result)) throw new Error("The service worker was not built");
  return result.output[0].code;
}
