import * as v from "valibot";
import { assetLimits } from "../assets/judging.ts";
import { Description, VersionName } from "../http/body.ts";
import {
  type AuthorLine,
  type EndLine,
  type FileLine,
  FORMAT,
  FORMAT_VERSIONS,
  type FrameLine,
  fileLimits,
  type HeaderLine,
  type HistoryLine,
  type PartLine,
  type RestoreLine,
  type SealLine,
  type SnapshotLine,
  type VersionLine,
} from "./format.ts";

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const counted = v.pipe(whole, v.minValue(1));
const bytes = v.string();
const isoTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, "must be an ISO time"),
  v.check((text) => !Number.isNaN(Date.parse(text)), "must be a time"),
);
/** Longer than a name of ours, because where it came from stands behind it. */
const authorName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]+$/u),
);

const header = v.strictObject({
  format: v.literal(FORMAT),
  version: v.picklist(
    FORMAT_VERSIONS,
    `must be ${FORMAT_VERSIONS.join(" or ")}: this file is of another version of the program`,
  ),
  exportedAt: isoTime,
  title: v.string(),
  createdAt: isoTime,
  head: whole,
  floor: whole,
});
const author = v.strictObject({
  author: counted,
  id: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 plain characters")),
  name: authorName,
  color: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/, "must be #rrggbb")),
});
const version = v.strictObject({
  version: v.pipe(v.string(), v.regex(/^v_[0-9A-Za-z]{1,32}$/)),
  seq: whole,
  name: VersionName,
  description: Description,
  t: whole,
  a: counted,
  automatic: v.boolean(),
});
const restore = v.strictObject({
  restore: counted,
  how: v.picklist(["whole", "part", "person", "undo", "rescue"]),
  of: v.nullable(counted),
  from: v.nullable(whole),
  through: v.nullable(whole),
  moves: bytes,
  deletes: bytes,
});
const snapshot = v.strictObject({
  snapshot: counted,
  t: whole,
  collected: v.boolean(),
  owners: v.pipe(
    v.array(v.strictTuple([v.pipe(whole, v.maxValue(0xffff_ffff)), counted])),
    v.maxLength(fileLimits.owners),
  ),
  frame: v.nullable(v.strictObject({ t: whole, a: counted })),
  u: bytes,
});
const frame = v.union([
  v.strictObject({ s: counted, t: whole, a: counted, k: v.picklist(["edit", "import"]), u: bytes }),
  v.strictObject({ s: counted, t: whole, a: counted, k: v.literal("restore"), target: whole, u: bytes }),
]);
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"));
const seal = v.strictObject({ sealed: counted, link: v.nullable(hash) });
const file = v.strictObject({
  file: v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{22}$/, "must be 22 letters and digits")),
  name: v.pipe(v.string(), v.maxLength(255), v.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u)),
  mime: v.pipe(v.string(), v.regex(/^[\w.+-]{1,60}\/[\w.+-]{1,100}$/)),
  size: v.pipe(counted, v.maxValue(assetLimits.fileBytes)),
  t: whole,
  parts: v.pipe(whole, v.maxValue(1_000)),
});
const part = v.strictObject({ part: whole, b: bytes });
const end = v.strictObject({
  end: v.literal(true),
  frames: whole,
  sha256: hash,
});

/** A line, named by what only lines of its kind have. */
export type ParsedLine =
  | { readonly kind: "header"; readonly line: HeaderLine }
  | { readonly kind: "author"; readonly line: AuthorLine }
  | { readonly kind: "version"; readonly line: VersionLine }
  | { readonly kind: "restore"; readonly line: RestoreLine }
  | { readonly kind: "snapshot"; readonly line: SnapshotLine }
  | { readonly kind: "frame"; readonly line: FrameLine }
  | { readonly kind: "seal"; readonly line: SealLine }
  | { readonly kind: "file"; readonly line: FileLine }
  | { readonly kind: "part"; readonly line: PartLine }
  | { readonly kind: "end"; readonly line: EndLine }
  | { readonly kind: "bad"; readonly sentence: string };

const kinds = [
  ["header", "format", header],
  ["author", "author", author],
  ["version", "version", version],
  ["restore", "restore", restore],
  ["snapshot", "snapshot", snapshot],
  ["frame", "s", frame],
  ["seal", "sealed", seal],
  ["file", "file", file],
  ["part", "part", part],
  ["end", "end", end],
] as const;

/** What a line says, each value within its bounds. Whether it belongs here is for `FileCheck` to tell. */
export function parseLine(text: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad("it is not JSON");
  }
  if (typeof value !== "object" || value === null) return bad("it is not an object");
  const of = value;
  const found = kinds.find(([, key]) => Object.hasOwn(of, key));
  if (found === undefined) return bad("it is of no known kind");
  const [kind, , schema] = found;
  const read = v.safeParse(schema as v.GenericSchema<unknown, HistoryLine>, value);
  if (read.success) return { kind, line: read.output } as ParsedLine;
  const [issue] = read.issues;
  const path = v.getDotPath(issue);
  return bad(`${path === null ? "it" : path} is not as it should be (${issue.message})`);
}

function bad(sentence: string): ParsedLine {
  return { kind: "bad", sentence };
}
