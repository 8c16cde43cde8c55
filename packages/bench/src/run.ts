import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { PlainError } from "@palimpsest/tooling/plain-error";
import { type Bench, caught, type Measure, type Outcome } from "./measure.ts";
import { workDir } from "./places.ts";
import { interleave, rotate, type Turn } from "./schedule.ts";
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
  const add = (measure: Measure, turn: Turn<Target>, outcome: Outcome) => {
    const { target, rep } = turn;
    records.push({ measure: measure.id, target: target.name, rep, ...outcome });
    bench.say(described(`${measure.id} ${measure.title}, ${target.name}, run ${rep}`, outcome));
    if (options.out !== null) save(options, options.out, records);
  };
  for (const measure of options.measures) {
    const targets = options.targets.filter(measure.appliesTo);
    if (measure.kind === "each") {
      for (const turn of interleave(targets, options.reps)) {
        add(measure, turn, await caught(measure.run(turn.target, bench)));
      }
      continue;
    }
    for (let rep = 1; rep <= options.reps; rep++) {
      const outcomes = await measure.run(rotate(targets, rep - 1), bench);
      for (const target of targets) add(measure, { target, rep }, outcomes.get(target.name) ?? nothing);
    }
  }
  return records;
}

const nothing: Outcome = { values: {}, faults: ["there was no outcome"] };

function described(turn: string, { values, faults }: Outcome): string {
  const found = Object.entries(values).map(([key, value]) => `${key} ${format(value)}`);
  return [`${turn}: ${found.join(", ")}`, ...faults.map((fault) => `FAULT: ${fault}`)].join("; ");
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
