import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./bootstrap.mjs";
import { filesBelow } from "./fingerprint.ts";
import { runTool } from "./run-tool.ts";
import { type FinishedStep, runStep } from "./steps.ts";
import { playwrightTally, vitestTally } from "./tally.ts";

/** A test that hangs is ended. How long one takes is the machine's doing: vitest's 5 s are met only on an idle one. */
const HANG_MS = 120_000;
const vitestOptions = ["--maxWorkers=1", `--testTimeout=${HANG_MS}`, `--hookTimeout=${HANG_MS}`];

async function inReportFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "palimpsest-report-"));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One workspace's vitest suite, counted by its JSON report. */
export function vitestStep(workspace: string): Promise<FinishedStep> {
  return runStep(`tests of ${workspace}`, () =>
    inReportFolder(async (folder) => {
      const report = join(folder, "report.json");
      const { code, output } = await runTool(
        "vitest",
        [
          "run",
          "--passWithNoTests",
          ...vitestOptions,
          "--reporter=dot",
          "--reporter=json",
          `--outputFile.json=${report}`,
        ],
        { cwd: join(root, workspace), env: { CI: "true", NO_COLOR: "1" } },
      );
      return { ok: code === 0, output, tally: vitestTally(report, code) };
    }),
  );
}

/** The suites of several workspaces, two at a time with one worker each, for a machine with two cores. */
export async function vitestSteps(workspaces: readonly string[]): Promise<readonly FinishedStep[]> {
  const waiting = [...workspaces];
  const done: FinishedStep[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      done.push(await vitestStep(next));
  };
  await Promise.all([lane(), lane()]);
  return done;
}

/** Random cases for the quick check; `npm test` runs each suite's own, larger numbers. */
const QUICK = {
  SIM_SEEDS: "30",
  ADMIT_MUTANTS: "5000",
  ANCHORED_HISTORIES: "20",
  COMPARE_HISTORIES: "60",
  PART_HISTORIES: "60",
  PERSON_HISTORIES: "60",
  REVERT_HISTORIES: "60",
  ROLL_BACK_HISTORIES: "60",
  SCHEMA_RUNS: "60",
  STRANDED_HISTORIES: "60",
  WEAVE_HISTORIES: "60",
};

/** The same suites through turbo, which skips those whose sources have not changed since they last passed. */
export function cachedVitestStep(workspaces: readonly string[]): Promise<FinishedStep> {
  return runStep("unit tests", async () => {
    const filters = workspaces.map((name) => `--filter=./${name}`);
    const args = [
      "run",
      "test",
      "--concurrency=2",
      "--continue",
      "--output-logs=errors-only",
      ...filters,
      "--",
      ...vitestOptions,
    ];
    const { code, output } = await runTool("turbo", args, { env: { NO_COLOR: "1", ...QUICK } });
    return { ok: code === 0, output };
  });
}

/** The browser tests against the built product. */
export function playwrightStep(): Promise<FinishedStep> {
  return runStep("browser tests", () =>
    inReportFolder(async (folder) => {
      const report = join(folder, "report.json");
      const { code } = await runTool("playwright", ["test", "--pass-with-no-tests"], {
        env: { PALIMPSEST_REPORT: report },
        live: true,
      });
      // Its output has been shown as it came.
      return {
        ok: code === 0,
        output: "The browser tests failed: see above.",
        tally: playwrightTally(report, code),
      };
    }),
  );
}

/** True when a workspace has a vitest suite; Playwright's `*.spec.ts` files in e2e are not one. */
export function hasSuite(workspace: string): boolean {
  if (workspace === "e2e") return false;
  return ["test", "src"].some((folder) => filesInTests(join(root, workspace, folder)).length > 0);
}

function filesInTests(folder: string): readonly string[] {
  return filesBelow(folder).filter((path) => /\.test\.tsx?$/.test(path));
}
