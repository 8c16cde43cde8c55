import type { Context } from "hono";
import * as v from "valibot";
import { Problem } from "./problem.ts";

/** A seed of Markdown fits; a body that would fill the isolate does not. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Reads a JSON body of the given shape. An absent body counts as `{}`. */
export async function readBody<S extends v.GenericSchema>(
  context: Context,
  schema: S,
  maxBytes = MAX_BODY_BYTES,
): Promise<v.InferOutput<S>> {
  const announced = Number(context.req.header("content-length") ?? 0);
  if (announced > maxBytes) throw new Problem("too-large", `At most ${maxBytes} bytes are accepted.`);
  const bytes = await readAtMost(context.req.raw.body, maxBytes);
  const body = parse(bytes);
  // valibot takes an array for an object without properties
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Problem("bad-request", "The body must be an object.");
  }
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  throw new Problem("bad-request", path === null ? issue.message : `${path}: ${issue.message}`);
}

async function readAtMost(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new Problem("too-large", `At most ${limit} bytes are accepted.`);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function parse(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch (error) {
    throw new Problem("bad-json", error instanceof Error ? error.message : undefined);
  }
}

const hasNoControls = v.check(
  (text: string) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text),
  "must be one line of text",
);

/** A person's name: 1 to 60 characters on one line. */
export const PersonName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60), hasNoControls);
export const Color = v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/, "must be #rrggbb"), v.toLowerCase());
/** A document's title: up to 200 characters on one line; may be empty. */
export const Title = v.pipe(v.string(), v.trim(), v.maxLength(200), hasNoControls);
/** A version's name. */
export const VersionName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200), hasNoControls);
/** What a version's maker wants remembered about it: up to 2,000 characters, on several lines if need be. */
export const Description = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(2_000),
  v.check((text) => !/[\p{Cs}\u2028\u2029]|(?!\n)\p{Cc}/u.test(text), "must be plain text"),
);
export const Markdown = v.pipe(v.string(), v.maxLength(2_000_000));
/** A log position in JSON: a whole number. */
export const SeqNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A moment in JSON: a seq as a number, or any of the words that `at` takes. */
export const Moment = v.union([SeqNumber, v.pipe(v.string(), v.minLength(1), v.maxLength(64))]);
