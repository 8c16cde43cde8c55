import { join } from "node:path";
import { findRuntimePid, guardRuntime } from "./guard.ts";
import { claimPort, prepareStateDir } from "./preflight.ts";
import { lockStateDir } from "./state-lock.ts";
import { loadRuntime, workerFromConfig } from "./wrangler.ts";

export interface ProductOptions {
  readonly root: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where documents and the directory are kept; made if absent. */
  readonly stateDir: string;
  /** The folder that `wrangler deploy --dry-run --outdir` wrote. */
  readonly bundleDir: string;
  /** Serves these files instead of wrangler.toml's assets directory. */
  readonly assetsDir?: string;
  /** Drops what the worker prints, except warnings and errors. */
  readonly quiet: boolean;
}

export interface Product {
  readonly url: string;
  readonly runtimePid: () => number | undefined;
  /** Swaps in a newly built bundle. Sockets close, as they do on a deploy. */
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface RuntimeLog {
  readonly level: string;
  readonly message: string;
}

/** Serves the built product in this process through Miniflare's own API: one runtime between the socket and the object. */
export async function openProduct(options: ProductOptions): Promise<Product> {
  prepareStateDir(options.stateDir);
  const port = await claimPort(options.port);
  const lock = lockStateDir(options.stateDir);
  const { wrangler, miniflare } = await loadRuntime();

  let guard: { release: () => void } | undefined;
  const rearmGuard = () => {
    guard?.release();
    const pid = findRuntimePid(process.pid);
    guard = pid === undefined ? undefined : guardRuntime(pid);
  };

  const runtimeOptions = () =>
    miniflare.convertV4MiniflareOptions({
      // Its own front, which nobody is told of: see workerFromConfig.
      host: "127.0.0.1",
      port: 0,
      // `true` would download a sample of Cloudflare's request metadata.
      cf: false,
      logRequests: false,
      unsafeLocalExplorer: false,
      unsafeObservability: false,
      telemetry: { enabled: false },
      resourcePersistencePath: join(options.stateDir, "v1"),
      unsafeHandleRuntimeRestart: rearmGuard,
      handleStructuredLogs: ({ level, message }: RuntimeLog) => {
        if (level === "error" || level === "warn") console.error(message);
        else if (!options.quiet) console.log(message);
      },
      workers: workerFromConfig(wrangler, { ...options, direct: { host: "127.0.0.1", port } }),
    });

  const runtime = new miniflare.Miniflare(runtimeOptions());
  // Miniflare ends the process from its own signal handlers, before ours could close anything.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.removeAllListeners(signal);
  await runtime.ready;
  rearmGuard();

  return {
    url: `http://localhost:${port}`,
    runtimePid: () => findRuntimePid(process.pid),
    reload: async () => {
      await runtime.setOptions(runtimeOptions());
      rearmGuard();
    },
    close: async () => {
      await runtime.dispose();
      guard?.release();
      lock.release();
    },
  };
}
