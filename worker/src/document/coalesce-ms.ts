import { COALESCE_MS, MAX_COALESCE_MS } from "@palimpsest/protocol";
import type { Env } from "../env.ts";

/** The deployer's number; the usual one where it is absent, and where it is none that clients would accept. */
export function coalesceMs({ COALESCE_MS: setting = "" }: Pick<Env, "COALESCE_MS">): number {
  const ms = Number(setting);
  const isUsable = String(setting).trim() !== "" && Number.isInteger(ms) && ms >= 0 && ms <= MAX_COALESCE_MS;
  return isUsable ? ms : COALESCE_MS;
}
