import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** SQLite's index of its write-ahead log: shared memory of fixed size, made anew at every start. */
const isScratch = (name: string) => name.endsWith("-shm");

/** The apparent sizes of all files below a folder, in bytes. */
export function bytesBelow(folder: string): number {
  if (!existsSync(folder)) return 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (isScratch(entry.name)) continue;
    const path = join(folder, entry.name);
    // a database's side files may go between listing and looking
    bytes += entry.isDirectory() ? bytesBelow(path) : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }
  return bytes;
}

/** Waits until the files have kept their size for three seconds, at most `limitMs`, and returns it. */
export async function settledBytes(folder: string, limitMs: number): Promise<number> {
  const end = performance.now() + limitMs;
  let bytes = bytesBelow(folder);
  for (let quiet = 0; quiet < 3 && performance.now() < end; ) {
    await sleep(1000);
    const next = bytesBelow(folder);
    quiet = next === bytes ? quiet + 1 : 0;
    bytes = next;
  }
  return bytes;
}
