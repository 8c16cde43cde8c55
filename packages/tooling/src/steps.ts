import { seconds } from "./run-tool.ts";
import type { Tally } from "./tally.ts";

export interface StepResult {
  readonly ok: boolean;
  /** Shown when the step failed. */
  readonly output: string;
  /** For steps that count tests. */
  readonly tally?: Tally;
}

export interface FinishedStep extends StepResult {
  readonly name: string;
  readonly durationMs: number;
}

/** Runs one step and prints its line; the output only where it failed. */
export async function runStep(name: string, body: () => Promise<StepResult>): Promise<FinishedStep> {
  const startedAt = performance.now();
  const result = await body();
  const durationMs = performance.now() - startedAt;
  if (!result.ok) console.log(`\n${result.output.trimEnd()}\n`);
  const counts =
    result.tally === undefined ? "" : `  ${result.tally.passed} passed, ${result.tally.failed} failed`;
  console.log(
    `${result.ok ? "ok    " : "FAILED"}  ${name.padEnd(28)} ${seconds(durationMs).padStart(6)}${counts}`,
  );
  return { ...result, name, durationMs };
}

/** The failures of steps that count no tests, as tallies: a summary must not read "0 failed" after one. */
export function tallyOf(step: FinishedStep): Tally {
  return step.tally ?? { passed: 0, failed: step.ok ? 0 : 1 };
}
