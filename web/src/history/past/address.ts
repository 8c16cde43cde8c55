import type { Look } from "../look.ts";

/** What an address asks to see. The moments are as they were written: a position, a time, a version's id, or nonsense. */
export type Asked =
  | { readonly mode: "text" | "authors"; readonly at: string }
  | { readonly mode: "compare"; readonly from: string; readonly to: string };

export function askedOf(search: string): Asked | null {
  const query = new URLSearchParams(search);
  const [at, from, to] = [query.get("at"), query.get("from"), query.get("to")];
  if (from !== null && to !== null) return { mode: "compare", from, to };
  if (at === null) return null;
  return { mode: query.get("show") === "authors" ? "authors" : "text", at };
}

export function searchOf({ mode, moment, from }: Look): string {
  if (mode === "compare" && from !== null) return `?from=${from.seq}&to=${moment.seq}`;
  return mode === "authors" ? `?at=${moment.seq}&show=authors` : `?at=${moment.seq}`;
}
