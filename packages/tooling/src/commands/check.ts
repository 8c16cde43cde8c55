import { root } from "../bootstrap.mjs";
import { staticSteps } from "../check-steps.ts";
import { orPlainError } from "../plain-error.ts";
import { workspacesOf } from "../rules/workspaces.ts";
import { cachedVitestStep, hasSuite } from "../test-steps.ts";

/** The quick part of `npm test`: no browser, no Workers runtime, no build. */
export async function main(): Promise<void> {
  await orPlainError(async () => {
    const suites = workspacesOf(root).filter((name) => name !== "worker" && hasSuite(name));
    const steps = [...(await staticSteps()), await cachedVitestStep(suites)];
    const failed = steps.filter((step) => !step.ok);
    console.log(
      failed.length === 0 ? "\nAll checks passed." : `\nFailed: ${failed.map(({ name }) => name).join(", ")}`,
    );
    process.exit(failed.length === 0 ? 0 : 1);
  });
}
