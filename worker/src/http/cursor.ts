import * as v from "valibot";
import type { After } from "../directory/listing.ts";
import { Problem } from "./problem.ts";

const Rank = v.strictTuple([v.literal("rank"), v.pipe(v.number(), v.safeInteger(), v.minValue(1))]);
const Entry = v.strictTuple([
  v.literal("entry"),
  v.string(),
  v.union([v.pipe(v.number(), v.safeInteger()), v.pipe(v.string(), v.maxLength(2_000))]),
  v.pipe(v.string(), v.maxLength(64)),
]);

/** Where a page ended, for the one who asks for the next; opaque to them. @param order that the key belongs to */
export function writeCursor(after: After, order: string): string {
  const value = after.kind === "rank" ? ["rank", after.count] : ["entry", order, after.key, after.id];
  return new TextEncoder()
    .encode(JSON.stringify(value))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/** @throws Problem for what is no cursor of this kind and order */
export function readCursor<K extends After["kind"]>(
  text: string,
  kind: K,
  order: string,
): Extract<After, { kind: K }> {
  const result = v.safeParse(kind === "rank" ? Rank : Entry, decoded(text));
  if (!result.success || (result.output[0] === "entry" && result.output[1] !== order))
    throw new Problem("bad-request", "cursor must be the `next` of an answer to the same question.");
  const { output } = result;
  const after: After =
    output[0] === "rank"
      ? { kind: "rank", count: output[1] }
      : { kind: "entry", key: output[2], id: output[3] };
  return after as Extract<After, { kind: K }>;
}

function decoded(text: string): unknown {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (_notOurs) {
    return null;
  }
}
