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

interface Described {
  /** One letter. */
  readonly id: string;
  readonly title: string;
  readonly appliesTo: (target: Target) => boolean;
}

export type Measure =
  /** Every target by itself, with the machine to itself. */
  | (Described & {
      readonly kind: "each";
      readonly run: (target: Target, bench: Bench) => Promise<Outcome>;
    })
  /** All targets side by side, because they mostly wait; outcomes by the target's name. */
  | (Described & {
      readonly kind: "together";
      readonly run: (targets: readonly Target[], bench: Bench) => Promise<ReadonlyMap<string, Outcome>>;
    });

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

/** One server's trouble must not cost the others their numbers. */
export async function caught(outcome: Promise<Outcome>): Promise<Outcome> {
  return outcome.catch((error: unknown) => ({
    values: {},
    faults: [error instanceof Error ? error.message : String(error)],
  }));
}
