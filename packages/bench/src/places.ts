import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** This package's folder. */
export const benchDir = fileURLToPath(new URL("..", import.meta.url));
/** Everything a run leaves behind; git ignores it. */
export const workDir = join(benchDir, "work");
