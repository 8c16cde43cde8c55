import { ensureInstalled, runUnderOwnNode } from "../src/bootstrap.mjs";

ensureInstalled();
await runUnderOwnNode(import.meta.url, new URL("../src/commands/pictures.ts", import.meta.url).href);
