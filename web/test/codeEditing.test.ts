import { expect, test } from "vitest";
import { codeLanguage, languageName } from "../src/editor/code/codeLanguages.ts";
import { learn, tokensOf } from "../src/editor/code/highlighter.ts";
import { indented, indentOf, type Lines, outdented } from "../src/editor/code/indent.ts";
import { TokenCache } from "../src/editor/code/tokens.ts";

function applied(text: string, edit: typeof indented): string {
  const from = text.indexOf("[");
  const to = text.includes("]") ? text.indexOf("]") - 1 : from;
  const lines: Lines = { text: text.replace("[", "").replace("]", ""), from, to };
  return edit(lines)
    .toReversed()
    .reduce((all, { at, remove, insert }) => all.slice(0, at) + insert + all.slice(at + remove), lines.text);
}

test("Tab goes in at a caret, and with every line of a selection; Shift+Tab goes out as far as there is to go", () => {
  expect(applied("a[b", indented)).toBe("a  b");
  expect(applied("a\nb[b\nc]c\nd", indented)).toBe("a\n  bb\n  cc\nd");
  expect(applied("a\n[b\n]c", indented)).toBe("a\n  b\nc");
  expect(applied("  a\n [b\n\tc\nd]", outdented)).toBe("  a\nb\nc\nd");
  expect(applied("    a[", outdented)).toBe("  a");
  expect(indentOf("a\n\t  b", 6)).toBe("\t  ");
  expect(indentOf("    ab", 2)).toBe("  ");
});

test("languages go by several names, and one that is unknown keeps its own", () => {
  expect(codeLanguage("TS")?.id).toBe("typescript");
  expect(codeLanguage("c++")?.id).toBe("cpp");
  expect(languageName("brainfuck")).toBe("brainfuck");
  expect(languageName("")).toBe("Plain text");
});

test("tokens say where they stand", async () => {
  expect(await learn("typescript")).toBe(true);
  expect(await learn("brainfuck")).toBe(false);
  const code = 'const a = "x"; // y';
  const words = tokensOf("typescript", code).map(({ from, to, className }) => [
    code.slice(from, to),
    className,
  ]);
  expect(words).toContainEqual(["const", "hljs-keyword"]);
  expect(words).toContainEqual(['"x"', "hljs-string"]);
  expect(words).toContainEqual(["// y", "hljs-comment"]);
});

test("what was found is kept for the latest two hundred pieces of code", () => {
  const cache = new TokenCache();
  for (let index = 0; index < 200; index++) cache.set("c", String(index), []);
  expect(cache.get("c", "0")).toEqual([]);
  cache.set("c", "new", []);
  expect(cache.get("c", "0")).toEqual([]);
  expect(cache.get("c", "1")).toBeUndefined();
  expect(cache.get("d", "0")).toBeUndefined();
});
