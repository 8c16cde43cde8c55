import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { PlainError } from "./plain-error.ts";

/**
 * Holds the data folder for this process. Two runtimes on one folder would each believe they own the same objects and
 * corrupt the logs. SQLite's file lock is released by the operating system however the process ends, so unlike a pid
 * file it cannot go stale after SIGKILL.
 */
export function lockStateDir(stateDir: string): { readonly release: () => void } {
  const lock = new DatabaseSync(join(stateDir, "lock.sqlite"));
  try {
    lock.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new PlainError(
      `The data folder ${stateDir} is used by another running Palimpsest. Stop it or choose another folder: STATE_DIR=/some/folder npm start`,
      { cause },
    );
  }
  return { release: () => lock.close() };
}
