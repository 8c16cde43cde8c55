import { join } from "node:path";
import { claimPort } from "@palimpsest/tooling/preflight";
import { startChild } from "../child.ts";
import type { Framing } from "../framing.ts";
import type { Target } from "../target.ts";

export interface NodeProgram {
  readonly target: Omit<Target, "start">;
  readonly folder: string;
  /** Relative to `folder`. */
  readonly script: string;
  readonly env: (port: number, dataDir: string) => Readonly<Record<string, string>>;
  readonly framing: (room: string) => Framing;
}

/** A server that is a script for Node. */
export function nodeTarget(program: NodeProgram): Target {
  return {
    ...program.target,
    start: async (dataDir) => {
      const port = await claimPort(0);
      const child = await startChild({
        command: process.execPath,
        args: [join(program.folder, program.script)],
        cwd: program.folder,
        env: program.env(port, dataDir),
        logFile: `${dataDir}.log`,
        port,
      });
      return {
        runtimePid: child.pid,
        address: async (room) => `ws://127.0.0.1:${port}/${room}`,
        framing: program.framing,
        counts: async () => null,
        own: async () => null,
        starts: () => null,
        stop: child.stop,
        kill: child.kill,
      };
    },
  };
}
