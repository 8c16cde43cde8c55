import { runUnderOwnNode } from "../src/bootstrap.mjs";

await runUnderOwnNode(import.meta.url, new URL("../src/commands/serve.ts", import.meta.url).href);
