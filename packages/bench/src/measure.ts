import type { Sizes } from "./sizes.ts";
import type { RunningServer, Target } from "./target.ts";

/** What one turn at a measure found. */
export interface Outcome {
  /** By the keys that `rows.ts` shows; NaN: could not be told. */
  readonly values: Readonly<Record<string, number>>;
  /** Sentences about what went wrong: a number beside one of them is not worth much. */
  readonly faults: readonly string[];
}

/** What a measure needs of the run it belongs to. */
export interface Bench {
  readonly sizes: Sizes;
  /** A new, empty data folder. */
  readonly freshDir: (target: Target) => string;
  /** Prints a line with the time elapsed. */
  readonly say: (text: string) => void;
}

export interface Measure {
  /** One letter. */
  readonly id: string;
  readonly title: string;
  readonly appliesTo: (target: Target) => boolean;
  readonly run: (target: Target, bench: Bench) => Promise<Outcome>;
}

/** Starts a target on a new folder, and stops it whatever happens. */
export async function withServer<Result>(
  target: Target,
  dataDir: string,
  body: (server: RunningServer) => Promise<Result>,
): Promise<Result> {
  const server = await target.start(dataDir);
  try {
    return await body(server);
  } finally {
    await server.stop();
  }
}
