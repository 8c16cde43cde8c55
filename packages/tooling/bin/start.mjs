import { ensureInstalled, runUnderOwnNode } from "../src/bootstrap.mjs";

ensureInstalled();
await runUnderOwnNode(import.meta.url, new URL("../src/commands/start.ts", import.meta.url).href);
