import { readStored, writeStored } from "../app/stored.ts";

const key = "palimpsest.commands";
const most = 8;

/** The ids of the commands that were used in this browser, the last one first. */
export function recentCommands(): readonly string[] {
  const stored = readStored(key);
  return Array.isArray(stored) ? stored.filter((id) => typeof id === "string").slice(0, most) : [];
}

export function rememberCommand(id: string): void {
  writeStored(key, [id, ...recentCommands().filter((other) => other !== id)].slice(0, most));
}
