import { join } from "node:path";
import { plainFraming } from "../framing.ts";
import { benchDir } from "../places.ts";
import type { Target } from "../target.ts";
import { nodeTarget } from "./node-target.ts";
import { workerdTarget } from "./workerd-target.ts";

const folder = join(benchDir, "floors");

/** The least that any server can do, on Node and on the platform; what ours is divided by. */
export const floors: readonly Target[] = [
  nodeTarget({
    target: {
      name: "null-relay",
      kind: "floor",
      about: "a Node process that passes frames on and stores nothing",
      isDurable: false,
      opensDocuments: false,
      isBilledByUse: false,
      keepsTimers: false,
      prepare: async () => undefined,
    },
    folder,
    script: "null-relay.ts",
    env: (port) => ({ PORT: String(port) }),
    framing: () => plainFraming,
  }),
  objectFloor("do-relay", "a hibernating Durable Object that passes frames on and stores nothing", false),
  objectFloor("do-insert", "the same with one INSERT of each update before it is passed on", true),
];

function objectFloor(name: string, about: string, isDurable: boolean): Target {
  return workerdTarget({
    target: {
      name,
      kind: "floor",
      about,
      isDurable,
      opensDocuments: false,
      isBilledByUse: false,
      keepsTimers: false,
    },
    folder,
    configFile: `${name}.jsonc`,
    entry: `${name}.ts`,
    binding: "ROOMS",
    className: "Floor",
    path: (room) => `/${room}`,
    startLine: "floor constructed",
    tellsCounts: false,
  });
}
