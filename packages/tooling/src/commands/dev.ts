import { mkdirSync, watch } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../bootstrap.mjs";
import { buildWorker, bundleDir, webDir } from "../build.ts";
import { orPlainError, PlainError } from "../plain-error.ts";
import { claimPort, parsePort } from "../preflight.ts";
import type { Product } from "../product.ts";
import { serveForever } from "../serve-forever.ts";

interface ViteServer {
  listen(): Promise<unknown>;
}

interface ViteModule {
  createServer(options: object): Promise<ViteServer>;
}

/** Vite as the web app resolves it, so that its own configuration and plugins apply. */
async function loadVite(): Promise<ViteModule> {
  const requireFromWeb = createRequire(join(root, "web/package.json"));
  return import(pathToFileURL(requireFromWeb.resolve("vite")).href);
}

/** Rebuilds and swaps the worker when its sources rest for a moment; a build that fails leaves the old one running. */
function reloadOnChange(product: Product): void {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const rebuild = async () => {
    try {
      await buildWorker();
      await product.reload();
      console.log("The worker is reloaded.");
    } catch (error) {
      console.error(error instanceof PlainError ? error.message : error);
    }
  };
  const changed = (_event: string, file: string | null) => {
    if (file === null || !/\.(ts|toml|sql|json)$/.test(file)) return;
    if (/(^|[\\/])(test|dist|node_modules|tooling)[\\/]/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(rebuild);
    }, 150);
  };
  for (const folder of ["worker", "packages"]) watch(join(root, folder), { recursive: true }, changed);
}

/** The product with hot reload: Vite serves the web app and passes /api and /sync on to the worker. */
export async function main(): Promise<void> {
  await orPlainError(async () => {
    const port = await claimPort(parsePort(process.env.PORT));
    mkdirSync(webDir, { recursive: true });
    await buildWorker();
    const stateDir = resolve(process.env.STATE_DIR ?? join(root, ".state"));
    const product = await serveForever({ root, bundleDir, port: 0, stateDir, quiet: false });
    reloadOnChange(product);
    // The Host header stays the visitor's: the worker compares it with Origin.
    const toWorker = { target: product.url.replace("localhost", "127.0.0.1"), changeOrigin: false };
    const { createServer } = await loadVite();
    const vite = await createServer({
      root: join(root, "web"),
      clearScreen: false,
      server: {
        host: "127.0.0.1",
        port,
        strictPort: true,
        proxy: { "/api": toWorker, "/sync": { ...toWorker, ws: true } },
      },
    });
    await vite.listen();
    console.log(`\nPalimpsest is ready, with hot reload: http://localhost:${port}\n`);
  });
}
