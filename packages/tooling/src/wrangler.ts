import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** The parts of Miniflare that are used here. Its package is wrangler's own copy, so its types cannot be imported. */
export interface Runtime {
  readonly ready: Promise<URL>;
  setOptions(options: object): Promise<void>;
  dispose(): Promise<void>;
}

interface MiniflareModule {
  readonly Miniflare: new (options: object) => Runtime;
  convertV4MiniflareOptions(options: object): object;
}

interface WorkerOptions {
  readonly modulesRules: unknown;
  readonly assets?: { readonly directory: string };
}

interface WranglerModule {
  unstable_getMiniflareWorkerOptions(configPath: string): {
    readonly workerOptions: WorkerOptions;
    readonly externalWorkers: readonly object[];
  };
  unstable_readConfig(args: { config: string }): { readonly name: string };
}

const requireHere = createRequire(import.meta.url);

/** Wrangler's entry point and the Miniflare that this very wrangler ships, which need not be the hoisted one. */
export async function loadRuntime(): Promise<{ wrangler: WranglerModule; miniflare: MiniflareModule }> {
  const requireFromWrangler = createRequire(requireHere.resolve("wrangler/package.json"));
  const [wrangler, miniflare] = await Promise.all([
    import(pathToFileURL(requireHere.resolve("wrangler")).href),
    import(pathToFileURL(requireFromWrangler.resolve("miniflare")).href),
  ]);
  return { wrangler, miniflare };
}

const moduleTypes: Readonly<Record<string, string>> = {
  ".wasm": "CompiledWasm",
  ".bin": "Data",
  ".txt": "Text",
  ".html": "Text",
  ".sql": "Text",
};

/** The bundle that `wrangler deploy --outdir` wrote: the entry first, then the files that it imports. */
function readBundle(bundleDir: string): { type: string; path: string; contents: string | Uint8Array }[] {
  const entry = join(bundleDir, "index.js");
  const modules: { type: string; path: string; contents: string | Uint8Array }[] = [
    { type: "ESModule", path: entry, contents: readFileSync(entry, "utf8") },
  ];
  for (const name of readdirSync(bundleDir).sort()) {
    const type = moduleTypes[/\.[^.]+$/.exec(name)?.[0] ?? ""];
    if (type === undefined) continue;
    const bytes = readFileSync(join(bundleDir, name));
    const contents = type === "Text" ? bytes.toString("utf8") : new Uint8Array(bytes);
    modules.push({ type, path: join(bundleDir, name), contents });
  }
  return modules;
}

/** wrangler.toml's worker with all its bindings, in the shape that Miniflare's converter takes. */
export function workerFromConfig(
  wrangler: WranglerModule,
  args: {
    readonly root: string;
    readonly bundleDir: string;
    readonly assetsDir?: string;
    /** Where visitors come straight to the Worker's entrypoint `direct`. */
    readonly direct: { readonly host: string; readonly port: number };
  },
): readonly object[] {
  const config = join(args.root, "wrangler.toml");
  const { name } = wrangler.unstable_readConfig({ config });
  const { workerOptions, externalWorkers } = wrangler.unstable_getMiniflareWorkerOptions(config);
  // The rules speak of source files; the bundle's modules are listed one by one, and the converter refuses both.
  const { modulesRules: _rules, assets, ...rest } = workerOptions;
  const worker = {
    name,
    ...rest,
    ...(assets === undefined
      ? {}
      : { assets: { ...assets, directory: args.assetsDir ?? resolve(args.root, assets.directory) } }),
    // Miniflare's own front passes each frame of a socket through two more workers, its entry and the assets' router
    unsafeDirectSockets: [{ ...args.direct, entrypoint: "direct" }],
    modules: readBundle(args.bundleDir),
    modulesRoot: args.bundleDir,
  };
  return [worker, ...externalWorkers];
}
