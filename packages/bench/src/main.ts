import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { orPlainError } from "@palimpsest/tooling/plain-error";
import { parseArguments } from "./arguments.ts";
import { allMeasures } from "./measures/all-measures.ts";
import { workDir } from "./places.ts";
import { rows } from "./rows.ts";
import { prepareAll, runAll } from "./run.ts";
import { quickSizes, usualSizes } from "./sizes.ts";
import { renderFaults, renderTable } from "./table.ts";
import { allTargets } from "./targets/all-targets.ts";

const helpText = `npm run bench                 everything at moderate size, about an hour
npm run bench -- [options]

  --measures a,b,…   only these:
${allMeasures.map(({ id, title }) => `                       ${id}  ${title}`).join("\n")}
  --targets x,y,…    only these:
${allTargets.map(({ name, about }) => `                       ${name.padEnd(19)} ${about}`).join("\n")}
  --reps N           repetitions, interleaved; the table shows medians (1)
  --kills N          kills in measure g (20)
  --quick            small sizes: to see that everything works
  --out FILE         writes what was found as JSON, after each turn
  --help             this text
`;

/** Runs the benchmarks that the command line asks for and prints the table. */
export async function main(): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
  await orPlainError(async () => {
    const command = parseArguments(process.argv.slice(2), {
      measures: allMeasures.map(({ id }) => id),
      targets: allTargets.map(({ name }) => name),
    });
    if (command.kind === "help") return console.log(helpText);
    const { reps, kills } = command;
    const sizes = command.quick ? quickSizes : usualSizes;
    process.once("exit", () => rmSync(join(workDir, `run-${process.pid}`), { recursive: true, force: true }));
    const targets = await prepareAll(
      allTargets.filter(({ name }) => command.targets.includes(name)),
      console.log,
    );
    const records = await runAll({
      measures: allMeasures.filter(({ id }) => command.measures.includes(id)),
      targets,
      reps,
      sizes: kills === null ? sizes : { ...sizes, kills },
      out: command.out === null ? null : resolve(command.out),
    });
    console.log(`\n${summary(reps, command.quick)}\n`);
    console.log(
      renderTable(
        rows,
        records,
        targets.map(({ name }) => name),
      ),
    );
    const faults = renderFaults(records);
    console.log(
      `\n${faults.length === 0 ? "Every run converged, and nothing was missing." : faults.join("\n")}`,
    );
    process.exit(records.some(({ target, faults }) => target === "ours" && faults.length > 0) ? 1 : 0);
  });
}

function summary(reps: number, quick: boolean): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"}, Node ${process.version}`;
  const size = quick ? "Small sizes (--quick): the goals are for the usual ones." : "";
  return `${machine}; ${reps === 1 ? "one run" : `medians of ${reps} runs`}. ${size}`.trimEnd();
}
