import type { AppContext } from "./caller.ts";
import { Problem } from "./problem.ts";

/** A whole number in the address; null where there is none. */
export function readWhole(context: AppContext, name: string): number | null {
  const text = context.req.query(name);
  if (text === undefined) return null;
  if (!/^\d{1,15}$/.test(text)) throw new Problem("bad-request", `${name} must be a whole number.`);
  return Number(text);
}

/** Whether only what people have named is asked for. */
export function readFilter(context: AppContext): "all" | "named" {
  const filter = context.req.query("filter") ?? "all";
  if (filter !== "all" && filter !== "named")
    throw new Problem("bad-request", "filter must be all or named.");
  return filter;
}
