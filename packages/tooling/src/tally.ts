import { existsSync, readFileSync } from "node:fs";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

function numberIn(record: unknown, ...path: readonly string[]): number {
  let value: unknown = record;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !(key in value)) return 0;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  return typeof value === "number" ? value : 0;
}

/** A run whose program failed without a failed test (a file that does not load, a crash) counts as one failure. */
function withExitCode(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Vitest's JSON report; no report at all means that it did not get as far as running. */
export function vitestTally(file: string, exitCode: number): Tally {
  const report = readReport(file);
  const tally = { passed: numberIn(report, "numPassedTests"), failed: numberIn(report, "numFailedTests") };
  return withExitCode(tally, exitCode);
}

/** Playwright's JSON report. Retries are off, so "flaky" cannot hide a failure. */
export function playwrightTally(file: string, exitCode: number): Tally {
  const report = readReport(file);
  const passed = numberIn(report, "stats", "expected") + numberIn(report, "stats", "flaky");
  return withExitCode({ passed, failed: numberIn(report, "stats", "unexpected") }, exitCode);
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
    passed: 0,
    failed: 0,
  });
}
