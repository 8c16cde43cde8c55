import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { at, isNode, type SourceFile, type SyntaxNode, walk } from "./source-files.ts";

export interface Rule {
  readonly id: string;
  readonly file: string;
}

export interface Citation {
  readonly id: string;
  /** File and line of the test. */
  readonly where: string;
}

/** The rules that a SPEC.md defines: list items or headings that start with `**[AB1]**`. */
export function rulesIn(markdown: string, file: string): readonly Rule[] {
  return [...markdown.matchAll(/^[ \t]*(?:[-*][ \t]+|#+[ \t]+)?\*\*\[([A-Z]+\d+)\]/gm)].flatMap(([, id]) =>
    id === undefined ? [] : [{ id, file }],
  );
}

/** `it`, `test.each(cases)`, `it.skipIf(x)` → the first name of the chain. */
function callee(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Identifier") return String(node.name);
  if (node.type === "MemberExpression") return callee(node.object);
  if (node.type === "CallExpression" || node.type === "TaggedTemplateExpression") {
    return callee(node.callee ?? node.tag);
  }
  return undefined;
}

function leadingText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "BinaryExpression") return leadingText(node.left);
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return undefined;
  const [first]: unknown[] = node.quasis;
  if (!isNode(first)) return undefined;
  const value = first.value;
  return typeof value === "object" && value !== null && "cooked" in value ? String(value.cooked) : undefined;
}

/** The runners' own, and what this repository calls wrappers around them. */
const testFunctions = new Set(["it", "test", "property", "scenario"]);

/** The rules that the names of a file's tests start with. */
export function citationsIn(file: SourceFile): readonly Citation[] {
  const found: Citation[] = [];
  walk(file.program, (node: SyntaxNode) => {
    if (node.type !== "CallExpression" || !Array.isArray(node.arguments)) return;
    if (!testFunctions.has(callee(node.callee) ?? "")) return;
    const name = leadingText(node.arguments[0]);
    const prefix = /^(?:\[[A-Z]+\d+\]\s*)+/.exec(name ?? "")?.[0] ?? "";
    for (const [, id] of prefix.matchAll(/\[([A-Z]+\d+)\]/g)) {
      if (id !== undefined) found.push({ id, where: at(file, node) });
    }
  });
  return found;
}

/** Rules no test shows, citations of rules nobody wrote, and rules written twice. */
export function compareSpec(rules: readonly Rule[], citations: readonly Citation[]): readonly string[] {
  const violations: string[] = [];
  const cited = new Set(citations.map(({ id }) => id));
  for (const [id, definitions] of Map.groupBy(rules, (rule) => rule.id)) {
    const files = definitions.map(({ file }) => file).join(" and ");
    if (definitions.length > 1) violations.push(`[${id}] is defined more than once, in ${files}`);
    if (!cited.has(id)) violations.push(`[${id}] of ${files} has no test whose name starts with it`);
  }
  const defined = new Set(rules.map(({ id }) => id));
  for (const { id, where } of citations) {
    if (!defined.has(id)) violations.push(`${where} cites [${id}], which no SPEC.md defines`);
  }
  return violations;
}

export function checkSpec(
  root: string,
  workspaces: readonly string[],
  files: readonly SourceFile[],
): readonly string[] {
  const rules = workspaces.flatMap((folder) => {
    const path = `${folder}/SPEC.md`;
    return existsSync(join(root, path)) ? rulesIn(readFileSync(join(root, path), "utf8"), path) : [];
  });
  return compareSpec(
    rules,
    files.flatMap((file) => (file.path.startsWith("packages/tooling/") ? [] : citationsIn(file))),
  );
}
