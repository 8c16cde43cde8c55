import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Every file below `path` (or `path` itself), sorted, without build output, installed packages and tests. */
export function filesBelow(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (["node_modules", "dist", "test", ".turbo", ".wrangler"].includes(entry.name)) return [];
      const child = join(path, entry.name);
      if (entry.isDirectory()) return filesBelow(child);
      return entry.isFile() ? [child] : [];
    });
}

/** A hash of the names and bytes of all the inputs: modification times change with every clone and checkout. */
export function fingerprint(root: string, inputs: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap((input) => filesBelow(join(root, input)))) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Runs `build` unless `output` exists and was built from these very inputs. Says whether it ran. */
export async function whenStale(
  args: {
    readonly root: string;
    readonly inputs: readonly string[];
    readonly output: string;
    readonly stampFile: string;
  },
  build: () => Promise<void>,
): Promise<boolean> {
  const current = fingerprint(args.root, args.inputs);
  const stamped = existsSync(args.stampFile) ? readFileSync(args.stampFile, "utf8") : undefined;
  if (stamped === current && existsSync(args.output)) return false;
  await build();
  mkdirSync(dirname(args.stampFile), { recursive: true });
  // The inputs as they were before the build: an edit made meanwhile must count as stale.
  writeFileSync(args.stampFile, current);
  return true;
}
