import { expect, test } from "vitest";
import {
  compile,
  findMatches,
  firstFrom,
  MAX_MATCHES,
  type Query,
  replacementFor,
} from "../src/editor/finding/query.ts";

const plain = (text: string, rest: Partial<Query> = {}): Query => ({
  text,
  matchCase: false,
  wholeWord: false,
  isPattern: false,
  ...rest,
});

function found(query: Query, ...texts: readonly string[]): string[] {
  const compiled = compile(query);
  if (compiled.kind !== "ready") throw new Error(compiled.kind);
  return findMatches(texts, compiled.source, compiled.flags).map(
    ({ block, from, to }) => `${block}:${from}-${to}`,
  );
}

test("plain text is found in every block, whatever its case, and its signs mean nothing", () => {
  expect(found(plain("ab"), "Abc ab", "", "xAB")).toEqual(["0:0-2", "0:4-6", "2:1-3"]);
  expect(found(plain("ab", { matchCase: true }), "Abc ab")).toEqual(["0:4-6"]);
  for (const sign of ["a.b", "(", "[x", "a+b", "$1", "\\d", "^", "a|b", "{2}", "a-b", "/"])
    expect(found(plain(sign), `x${sign}y`, "acb")).toEqual([`0:1-${1 + sign.length}`]);
});

test("whole words end where letters of any script do", () => {
  expect(found(plain("art", { wholeWord: true }), "art part arts art.")).toEqual(["0:0-3", "0:14-17"]);
  expect(found(plain("über", { wholeWord: true }), "über überall")).toEqual(["0:0-4"]);
  expect(found(plain("дом", { wholeWord: true }), "дом домик")).toEqual(["0:0-3"]);
});

test("a pattern matches within one block; one that is wrong says why, one of nothing finds nothing", () => {
  expect(found(plain("a(.)c", { isPattern: true }), "abc adc", "a\nc")).toEqual(["0:0-3", "0:4-7"]);
  expect(found(plain("x*", { isPattern: true }), "axxa")).toEqual(["0:1-3"]);
  expect(found(plain("cat|dog", { isPattern: true, wholeWord: true }), "cats dog cat")).toEqual([
    "0:5-8",
    "0:9-12",
  ]);
  expect(compile(plain("(", { isPattern: true }))).toMatchObject({ kind: "bad" });
  expect(compile(plain(""))).toEqual({ kind: "nothing" });
});

test("no more is found than anybody steps through", () => {
  expect(found(plain("a"), "a".repeat(MAX_MATCHES + 5))).toHaveLength(MAX_MATCHES);
});

test("what a pattern caught can be used in its place; in plain text a dollar is a dollar", () => {
  const query = plain("(\\w+) (?<last>\\w+)", { isPattern: true });
  const compiled = compile(query);
  if (compiled.kind !== "ready") throw new Error(compiled.kind);
  const replaced = (template: string) => replacementFor(query, compiled, "x Ada Lovelace", 2, template);
  expect(replaced("$<last>, $1")).toBe("Lovelace, Ada");
  expect(replaced("[$&] $$1 $9")).toBe("[Ada Lovelace] $1 $9");
  expect(replacementFor(plain("a"), compiled, "a", 0, "$&$1")).toBe("$&$1");
});

test("a search goes on where the caret is, and starts again at the end", () => {
  expect(firstFrom([3, 9, 20], 4)).toBe(1);
  expect(firstFrom([3, 9, 20], 9)).toBe(1);
  expect(firstFrom([3, 9, 20], 21)).toBe(0);
  expect(firstFrom([], 1)).toBe(-1);
});
