import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlainError } from "@palimpsest/tooling/plain-error";
import { runTool } from "@palimpsest/tooling/run-tool";
import { hocuspocusFraming, plainFraming } from "../framing.ts";
import { benchDir } from "../places.ts";
import type { Target } from "../target.ts";
import { nodeTarget } from "./node-target.ts";
import { workerdTarget } from "./workerd-target.ts";

const folderOf = (name: string) => join(benchDir, "peers", name);

/** Installs exactly a peer's lock file, unless that was done before. */
async function install(name: string, npmArgs: readonly string[] = []): Promise<void> {
  const folder = folderOf(name);
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  const stampFile = join(folder, "node_modules/.palimpsest-lock");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === lock) return;
  console.log(`Installing ${name} (once)…`);
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...npmArgs];
  const { code, output } = await runTool("npm", args, { cwd: folder });
  if (code !== 0) {
    const reason = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1];
    throw new PlainError(`it could not be installed${reason === undefined ? "" : ` (npm says ${reason})`}.`);
  }
  writeFileSync(stampFile, lock);
}

const peer = {
  kind: "peer",
  isDurable: true,
  opensDocuments: true,
  isBilledByUse: false,
  keepsTimers: false,
} as const;

/** What people use today, each as its own documentation sets it up. */
export const peers: readonly Target[] = [
  workerdTarget({
    target: {
      ...peer,
      name: "y-partyserver",
      isBilledByUse: true,
      // its debounced save is a timer that each change sets anew
      keepsTimers: true,
      about:
        "y-partyserver 2.2.0 on the same runtime: hibernation on, state saved as one blob, default timing",
    },
    install: () => install("y-partyserver", ["--legacy-peer-deps"]),
    folder: folderOf("y-partyserver"),
    configFile: "wrangler.jsonc",
    entry: "server.ts",
    binding: "Party",
    className: "Party",
    path: (room) => `/parties/party/${room}`,
    startLine: "party started",
    tellsCounts: true,
  }),
  nodeTarget({
    target: {
      ...peer,
      name: "hocuspocus",
      about: "Hocuspocus 4.7.0 on Node, defaults, SQLite",
      prepare: () => install("hocuspocus"),
    },
    folder: folderOf("hocuspocus"),
    script: "server.mjs",
    env: (port, dataDir) => ({ PORT: String(port), DATA_DIR: dataDir }),
    framing: hocuspocusFraming,
  }),
  nodeTarget({
    target: {
      ...peer,
      name: "y-websocket-server",
      about: "@y/websocket-server 0.1.1 on Node, unmodified, LevelDB",
      prepare: () => install("y-websocket-server"),
    },
    folder: folderOf("y-websocket-server"),
    script: "node_modules/@y/websocket-server/src/server.js",
    env: (port, dataDir) => ({
      HOST: "127.0.0.1",
      PORT: String(port),
      YPERSISTENCE: join(dataDir, "leveldb"),
    }),
    framing: () => plainFraming,
  }),
];
