import { root } from "../bootstrap.mjs";
import { ensureBrowser } from "../browser.ts";
import { buildStale } from "../build.ts";
import { staticSteps } from "../check-steps.ts";
import { orPlainError, PlainError } from "../plain-error.ts";
import { workspacesOf } from "../rules/workspaces.ts";
import { runStep, tallyOf } from "../steps.ts";
import { addTallies } from "../tally.ts";
import { hasSuite, playwrightStep, vitestStep, vitestSteps } from "../test-steps.ts";

/** Everything, quick parts first. The last line is `N passed, N failed`. */
export async function main(): Promise<void> {
  await orPlainError(async () => {
    await ensureBrowser();
    // From the end of the alphabet, where the longest ones are: one that begins last would run by itself.
    const suites = workspacesOf(root)
      .filter((name) => name !== "worker" && hasSuite(name))
      .toReversed();
    const steps = [...(await staticSteps()), ...(await vitestSteps(suites))];
    // Alone: its tests wait for the runtime's own timers, and a busy machine makes them wait for nothing.
    if (hasSuite("worker")) steps.push(await vitestStep("worker"));
    const build = await runStep("build", async () => {
      try {
        await buildStale();
        return { ok: true, output: "" };
      } catch (error) {
        if (error instanceof PlainError) return { ok: false, output: error.message };
        throw error;
      }
    });
    steps.push(build);
    if (build.ok) steps.push(await playwrightStep());

    console.log("\nSummary");
    for (const step of steps) console.log(`  ${step.ok ? "ok    " : "FAILED"}  ${step.name}`);
    const { passed, failed } = addTallies(steps.map(tallyOf));
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  });
}
