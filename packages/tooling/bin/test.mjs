import { ensureInstalled, runUnderOwnNode } from "../src/bootstrap.mjs";

ensureInstalled();
await runUnderOwnNode(import.meta.url, new URL("../src/commands/test.ts", import.meta.url).href);
