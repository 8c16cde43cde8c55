import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The folders of all workspaces. */
export function workspacesOf(root: string): readonly string[] {
  const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);
  return [...packages, "worker", "web", "e2e"].filter((name) => existsSync(join(root, name, "package.json")));
}
