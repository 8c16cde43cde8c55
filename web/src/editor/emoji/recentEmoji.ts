import { readStored, writeStored } from "../../app/stored.ts";

const key = "palimpsest.emoji";
const kept = 18;

export function recentEmoji(): readonly string[] {
  const stored = readStored(key);
  return Array.isArray(stored) ? stored.filter((each): each is string => typeof each === "string") : [];
}

export function rememberEmoji(unicode: string): void {
  writeStored(key, [unicode, ...recentEmoji().filter((each) => each !== unicode)].slice(0, kept));
}
