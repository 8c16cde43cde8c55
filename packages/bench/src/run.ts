import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { PlainError } from "@palimpsest/tooling/plain-error";
import type { Bench, Measure } from "./measure.ts";
import { workDir } from "./places.ts";
import { interleave } from "./schedule.ts";
import type { Sizes } from "./sizes.ts";
import { format, type TurnRecord } from "./table.ts";
import type { Target } from "./target.ts";

export interface RunOptions {
  readonly measures: readonly Measure[];
  readonly targets: readonly Target[];
  readonly reps: number;
  readonly sizes: Sizes;
  /** Takes everything that was found, after each turn; null: nowhere. */
  readonly out: string | null;
}

/** "  75 s" since the run began. */
function elapsed(startedAt: number): string {
  return `${Math.round((performance.now() - startedAt) / 1000)} s`.padStart(6);
}

/** The targets that can run here; says in one sentence why another one cannot. */
export async function prepareAll(
  targets: readonly Target[],
  say: (text: string) => void,
): Promise<readonly Target[]> {
  const ready: Target[] = [];
  for (const target of targets) {
    try {
      await target.prepare();
      ready.push(target);
    } catch (error) {
      if (!(error instanceof PlainError) || target.kind === "ours") throw error;
      say(`${target.name} is left out: ${error.message}`);
    }
  }
  return ready;
}

/** Every measure, every repetition, every target, interleaved; prints each outcome as it comes. */
export async function runAll(options: RunOptions): Promise<readonly TurnRecord[]> {
  const startedAt = performance.now();
  const records: TurnRecord[] = [];
  const runDir = join(workDir, `run-${process.pid}`);
  let folders = 0;
  const bench: Bench = {
    sizes: options.sizes,
    say: (text) => console.log(`${elapsed(startedAt)}  ${text}`),
    freshDir: (target) => {
      const folder = join(runDir, `${++folders}-${target.name}`);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
  };
  for (const measure of options.measures) {
    const targets = options.targets.filter(measure.appliesTo);
    for (const { target, rep } of interleave(targets, options.reps)) {
      const turn = `${measure.id} ${measure.title}, ${target.name}${options.reps > 1 ? `, run ${rep}` : ""}`;
      const record = {
        measure: measure.id,
        target: target.name,
        rep,
        ...(await turnOf(measure, target, bench)),
      };
      records.push(record);
      const values = Object.entries(record.values).map(([key, value]) => `${key} ${format(value)}`);
      bench.say(
        [`${turn}: ${values.join(", ")}`, ...record.faults.map((fault) => `FAULT: ${fault}`)].join("; "),
      );
      if (options.out !== null) save(options, options.out, records);
    }
  }
  return records;
}

async function turnOf(
  measure: Measure,
  target: Target,
  bench: Bench,
): Promise<Pick<TurnRecord, "values" | "faults">> {
  try {
    return await measure.run(target, bench);
  } catch (error) {
    // one server's trouble must not cost the others their numbers
    return { values: {}, faults: [error instanceof Error ? error.message : String(error)] };
  }
}

function save(options: RunOptions, out: string, records: readonly TurnRecord[]): void {
  const [cpu] = cpus();
  const machine = { cpu: cpu?.model ?? "unknown", cores: cpus().length, node: process.version };
  const { reps, sizes } = options;
  writeFileSync(
    out,
    `${JSON.stringify({ at: new Date().toISOString(), machine, reps, sizes, records }, null, 1)}\n`,
  );
}
