import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A row of the README's table: what people expect of an editor, and the browser specs that show it. */
export interface Expectation {
  readonly line: number;
  readonly shownBy: readonly string[];
  /** Said of what is not there, or is shown by something else than a tagged test. */
  readonly excuse: string | null;
}

/** The rows `| 32 | slash menu | blocks, writing |` of a table; `*words*` in the last cell are an excuse. */
export function expectationsIn(markdown: string): readonly Expectation[] {
  return [...markdown.matchAll(/^\| (\d+) \| [^|]+ \| ([^|]+) \|$/gm)].map(([, line, last = ""]) => {
    const excuse = /^\*(.+)\*$/.exec(last.trim())?.[1] ?? null;
    const shownBy = excuse === null ? last.split(",").map((name) => name.trim()) : [];
    return { line: Number(line), shownBy, excuse };
  });
}

/** The specs whose tests carry the tag of a line, by line. */
export function taggedSpecs(specs: ReadonlyMap<string, string>): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const [name, source] of [...specs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const line of new Set([...source.matchAll(/"@ux(\d+)"/g)].map(([, number]) => Number(number))))
      found.set(line, [...(found.get(line) ?? []), name]);
  }
  return found;
}

/** Rows that say something else than the tests do, tests without a row, and rows written twice. */
export function compareExpectations(
  rows: readonly Expectation[],
  tagged: ReadonlyMap<number, readonly string[]>,
): readonly string[] {
  const violations: string[] = [];
  const lines = new Set(rows.map(({ line }) => line));
  if (lines.size < rows.length) violations.push("README.md has two rows for one line");
  for (const line of tagged.keys())
    if (!lines.has(line)) violations.push(`tests are tagged @ux${line}, for which README.md has no row`);
  for (const { line, shownBy, excuse } of rows) {
    const tests = tagged.get(line) ?? [];
    if (tests.join() === [...shownBy].sort().join()) continue;
    if (tests.length === 0 && excuse !== null) continue;
    violations.push(
      `README.md's row ${line} should name ${tests.length === 0 ? "no spec" : tests.join(", ")}`,
    );
  }
  return violations;
}

export function checkExpectations(root: string): readonly string[] {
  const folder = join(root, "e2e");
  const specs = readdirSync(folder).filter((name) => name.endsWith(".spec.ts"));
  const sources = new Map(
    specs.map((name) => [name.replace(/\.spec\.ts$/, ""), readFileSync(join(folder, name), "utf8")]),
  );
  const readme = readFileSync(join(root, "README.md"), "utf8");
  return compareExpectations(expectationsIn(readme), taggedSpecs(sources));
}
