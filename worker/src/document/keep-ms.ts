import type { Env } from "../env.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * For how long the deployer keeps what documents were, in ms; null for ever, also where the setting is no number of
 * days: what is dropped cannot be brought back.
 */
export function keepMs({ HISTORY_KEEP_DAYS: setting = "" }: Pick<Env, "HISTORY_KEEP_DAYS">): number | null {
  const days = Number(setting);
  return String(setting).trim() !== "" && Number.isFinite(days) && days > 0 ? days * DAY_MS : null;
}
