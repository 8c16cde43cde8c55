import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readSources } from "../src/rules/source-files.ts";
import { checkSpec, citationsIn, compareSpec, rulesIn } from "../src/rules/spec.ts";

function withFiles<T>(files: Readonly<Record<string, string>>, body: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), "palimpsest-spec-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, path, ".."), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return body(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function citations(source: string): readonly string[] {
  return withFiles({ "web/a.test.ts": source }, (root) =>
    readSources(root, ["web"]).flatMap((file) => citationsIn(file).map(({ id }) => id)),
  );
}

it("takes rules from list items and headings, not from prose that mentions one", () => {
  const markdown =
    "# Room\n\n- **[RB1]** One.\n* **[RB2]** Two, see [RB1].\n### **[RB3]** Three\n\nAs **[RB9]** says.\n";
  expect(rulesIn(markdown, "S").map(({ id }) => id)).toEqual(["RB1", "RB2", "RB3"]);
});

it.each([
  ['it("[RB1] one", () => {});', ["RB1"]],
  ['test("[RB1] [I8] two rules", () => {});', ["RB1", "I8"]],
  ['test.each([1])("[RB1] case %i", () => {});', ["RB1"]],
  [`it.skipIf(x)(\`[RB1] with \${x}\`, () => {});`, ["RB1"]],
  ['property("[RB1] for all", () => {});', ["RB1"]],
  ['scenario("[RB1][I8] a wrapper", () => {});', ["RB1", "I8"]],
  ['test("later [RB1] is prose", () => {});', []],
  ['describe("[RB1] a group shows nothing", () => {});', []],
  ['// it("[RB1] a comment", () => {});', []],
])("reads the citations of %s", (source, expected) => {
  expect(citations(source)).toEqual(expected);
});

it("complains about rules without tests, citations without rules, and rules written twice", () => {
  const rules = [
    { id: "RB1", file: "a" },
    { id: "RB2", file: "a" },
    { id: "RB1", file: "b" },
  ];
  expect(
    compareSpec(rules, [
      { id: "RB1", where: "t.ts:1" },
      { id: "XX1", where: "t.ts:2" },
    ]),
  ).toEqual([
    "[RB1] is defined more than once, in a and b",
    "[RB2] of a has no test whose name starts with it",
    "t.ts:2 cites [XX1], which no SPEC.md defines",
  ]);
});

it("accepts a test anywhere in the repository, end-to-end titles included", () => {
  const files = {
    "packages/room/SPEC.md": "- **[I1]** Acknowledged means durable.\n",
    "e2e/kill.spec.ts": 'test("[I1] a kill loses nothing", async () => {});',
  };
  withFiles(files, (root) => {
    const workspaces = ["packages/room", "e2e"];
    expect(checkSpec(root, workspaces, readSources(root, workspaces))).toEqual([]);
  });
});
