import { ensureInstalled, runUnderOwnNode } from "../../tooling/src/bootstrap.mjs";

ensureInstalled();
await runUnderOwnNode(import.meta.url, new URL("../src/main.ts", import.meta.url).href);
