import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { catalogues as german } from "../src/i18n/de/catalogues.ts";

type Tree = { readonly [name: string]: unknown };
type Found = { readonly name: string; readonly texts: Tree };

const source = join(dirname(fileURLToPath(import.meta.url)), "../src");

/** Every catalogue there is, by the call that makes it. */
async function english(): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const file of globSync("**/*{t,T}ext.ts", { cwd: source })) {
    const made = [
      ...readFileSync(join(source, file), "utf8").matchAll(/export const (\w+) = catalogue\(\s*"(\w+)"/g),
    ];
    if (made.length === 0) continue;
    const module = (await import(join(source, file))) as Tree;
    for (const [, exported = "", name = ""] of made) found.push({ name, texts: module[exported] as Tree });
  }
  return found;
}

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

/** The paths at which one has a text and the other none, or one of another kind. */
function differences(original: unknown, translated: unknown, path: string): string[] {
  if (!isTree(original)) return typeof original === typeof translated ? [] : [path];
  if (!isTree(translated)) return [path];
  const names = new Set([...Object.keys(original), ...Object.keys(translated)]);
  return [...names].flatMap((name) => differences(original[name], translated[name], `${path}.${name}`));
}

const empty = (text: unknown, path: string): string[] =>
  isTree(text)
    ? Object.entries(text).flatMap(([name, each]) => empty(each, `${path}.${name}`))
    : text === ""
      ? [path]
      : [];

describe("German", async () => {
  const all = await english();

  test("there are catalogues, and no two have one name", () => {
    expect(all.length).toBeGreaterThan(20);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  test.each(all)("has every text of $name, and no other", ({ name, texts }) => {
    expect(differences(texts, german[name], name)).toEqual([]);
  });

  test("has no catalogue that nothing reads", () => {
    expect(Object.keys(german).toSorted()).toEqual(all.map(({ name }) => name).toSorted());
  });

  test("is empty only where English is", () => {
    for (const { name, texts } of all) expect(empty(german[name], name)).toEqual(empty(texts, name));
  });
});
