import { at, isNode, type SourceFile, type SyntaxNode, walk } from "./source-files.ts";

const pure = /^packages\/(history|protocol|ydoc|room)\/src\//;

function isName(value: unknown, name: string): boolean {
  return isNode(value) && value.type === "Identifier" && value.name === name;
}

function isEmptyBlock(value: unknown, file: SourceFile): boolean {
  if (!isNode(value) || !Array.isArray(value.body) || value.body.length > 0) return false;
  const end = value.end;
  return typeof end === "number" && file.text.slice(value.start + 1, end - 1).trim() === "";
}

/** What the linter's list of denied globals cannot say: members of globals, and errors caught for nothing. */
export function checkPurity(files: readonly SourceFile[]): readonly string[] {
  const violations: string[] = [];
  for (const file of files) {
    walk(file.program, (node: SyntaxNode) => {
      if (node.type === "CatchClause" && isEmptyBlock(node.body, file)) {
        violations.push(`${at(file, node)} catches an error and says nothing about why that is right`);
      }
      if (!pure.test(file.path) || node.type !== "MemberExpression") return;
      const property = node.property;
      const random = isName(property, "random") || (isNode(property) && property.value === "random");
      if (isName(node.object, "Math") && random) {
        violations.push(`${at(file, node)} uses Math.random: randomness is an argument here`);
      }
      if (isName(node.object, "globalThis") || isName(node.object, "self")) {
        violations.push(
          `${at(file, node)} reaches for a global: time, randomness and identity are arguments here`,
        );
      }
    });
  }
  return violations;
}
