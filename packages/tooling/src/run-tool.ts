import { spawn } from "node:child_process";
import { binPath, quietEnv, root } from "./bootstrap.mjs";

export interface ToolResult {
  readonly code: number;
  /** Standard output and error as they came, for showing when the tool failed. */
  readonly output: string;
  readonly durationMs: number;
}

export interface ToolOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Also shows the output while it comes. */
  readonly live?: boolean;
}

/** Runs one of the repository's tools to its end, without standard input: none of them may ask a question. */
export function runTool(
  command: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const chunks: string[] = [];
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...quietEnv, PATH: binPath(), ...options.env },
    });
    const end = (code: number) =>
      resolve({ code, output: chunks.join(""), durationMs: performance.now() - startedAt });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        chunks.push(text);
        if (options.live === true) process.stdout.write(text);
      });
    }
    child.once("error", (error) => {
      chunks.push(`${error.message}\n`);
      end(1);
    });
    child.once("close", (code) => end(code ?? 1));
  });
}

/** "0.4 s", "12 s" */
export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(durationMs < 10_000 ? 1 : 0)} s`;
}
