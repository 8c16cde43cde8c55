import type { PatternTask } from "./patternWorker.ts";
import type { Match } from "./query.ts";

const limitMs = 1_500;

/**
 * Looks for a person's own pattern beside the page: one such as `(a+)+$` can take longer than anybody lives, and a regular
 * expression cannot be stopped from within.
 *
 * @returns null when it took too long.
 */
export function runPattern(task: PatternTask, signal: AbortSignal): Promise<readonly Match[] | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./patternWorker.ts", import.meta.url), { type: "module" });
    const end = () => {
      clearTimeout(timer);
      worker.terminate();
    };
    const timer = setTimeout(() => {
      end();
      resolve(null);
    }, limitMs);
    signal.addEventListener("abort", () => {
      end();
      reject(signal.reason);
    });
    worker.addEventListener("message", ({ data }: MessageEvent<readonly Match[]>) => {
      end();
      resolve(data);
    });
    worker.addEventListener("error", (event) => {
      end();
      reject(new Error(event.message));
    });
    worker.postMessage(task);
  });
}
