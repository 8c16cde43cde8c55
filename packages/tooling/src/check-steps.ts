import { root } from "./bootstrap.mjs";
import { checkBoundaries } from "./rules/boundaries.ts";
import { checkDependencies } from "./rules/dependencies.ts";
import { checkExpectations } from "./rules/expectations.ts";
import { checkPurity } from "./rules/purity.ts";
import { readSources } from "./rules/source-files.ts";
import { checkSpec } from "./rules/spec.ts";
import { workspacesOf } from "./rules/workspaces.ts";
import { runTool } from "./run-tool.ts";
import { type FinishedStep, runStep, type StepResult } from "./steps.ts";

async function tool(command: string, args: readonly string[]): Promise<StepResult> {
  const { code, output } = await runTool(command, args);
  return { ok: code === 0, output };
}

function rule(violations: readonly string[]): StepResult {
  return { ok: violations.length === 0, output: violations.join("\n") };
}

/** Everything that can be said about the code without running it. */
export async function staticSteps(): Promise<readonly FinishedStep[]> {
  const workspaces = workspacesOf(root);
  const files = readSources(root, workspaces);
  return [
    await runStep("lint and format", () => tool("biome", ["check", "--max-diagnostics=50", "."])),
    await runStep("boundaries", async () => rule([...checkBoundaries(files), ...checkPurity(files)])),
    await runStep("dependencies", async () => rule(checkDependencies(root, files))),
    await runStep("rules and their tests", async () => rule(checkSpec(root, workspaces, files))),
    await runStep("what people expect", async () => rule(checkExpectations(root))),
    await runStep("types", () => tool("turbo", ["run", "types", "--output-logs=errors-only", "--continue"])),
  ];
}
