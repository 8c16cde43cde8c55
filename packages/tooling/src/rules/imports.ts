import { isNode, type SourceFile, type SyntaxNode, walk } from "./source-files.ts";

export interface Import {
  readonly specifier: string;
  /** Erased before anything runs. */
  readonly typeOnly: boolean;
  readonly node: SyntaxNode;
}

const carriers = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
  "TSExternalModuleReference",
]);

/** Every module that a file names: static, re-exported, dynamic, and in types. */
export function importsOf(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  walk(file.program, (node) => {
    if (!carriers.has(node.type)) return;
    const source = node.source ?? node.expression;
    if (!isNode(source) || typeof source.value !== "string") return;
    const typeOnly = node.importKind === "type" || node.exportKind === "type" || node.type === "TSImportType";
    found.push({ specifier: source.value, typeOnly, node });
  });
  return found;
}

/** `@tiptap/pm/state` → `@tiptap/pm`; undefined for relative paths and for what the runtime itself provides. */
export function packageOf(specifier: string): string | undefined {
  if (/^[./]/.test(specifier) || /^(node|cloudflare|virtual):/.test(specifier)) return undefined;
  return /^(@[^/]+\/[^/]+|[^/?]+)/.exec(specifier)?.[1];
}
