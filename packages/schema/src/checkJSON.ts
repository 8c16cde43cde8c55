import { MAX_DEPTH } from "./documentJSON.ts";
import { documentSchema } from "./documentSchema.ts";

/** The verdict of {@link checkJSON}; `reason` is for logs and error bodies and may quote node types, never text. */
export type CheckResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

type Specs = Readonly<Record<string, { readonly spec: { readonly attrs?: object | null } }>>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The schema's own check drops attributes it does not know. They are a newer schema's: going on would lose them. */
function unknownAttribute(value: unknown, specs: Specs): string | null {
  if (!isRecord(value) || typeof value.type !== "string" || !isRecord(value.attrs)) return null;
  if (!Object.hasOwn(specs, value.type)) return null;
  const known = specs[value.type]?.spec.attrs ?? {};
  const name = Object.keys(value.attrs).find((key) => !Object.hasOwn(known, key));
  return name === undefined ? null : `Unknown attribute of ${value.type}: ${name}`;
}

/** What the schema's own check lets through, or cannot stand: it recurses, and deep input would overflow the stack. */
function shapeProblem(root: unknown): string | null {
  const { nodes, marks } = documentSchema();
  let level: unknown[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return `Nested deeper than ${MAX_DEPTH} nodes`;
    const next: unknown[] = [];
    for (const node of level) {
      if (!isRecord(node)) continue;
      const own = Array.isArray(node.marks) ? (node.marks as unknown[]) : [];
      const problem =
        unknownAttribute(node, nodes) ??
        own.map((mark) => unknownAttribute(mark, marks)).find((found) => found !== null);
      if (problem) return problem;
      if (Array.isArray(node.content)) for (const child of node.content as unknown[]) next.push(child);
    }
    level = next;
  }
  return null;
}

/**
 * Whether the value is a whole document this version of the schema accepts: known nodes, marks and attributes, content where
 * it may stand, no deeper than 100 nodes, cell spans within bounds. Never throws, whatever it is given.
 */
export function checkJSON(json: unknown): CheckResult {
  const refuse = (reason: string): CheckResult => ({ ok: false, reason: reason.slice(0, 200) });
  try {
    if (!isRecord(json)) return refuse("Not an object");
    const problem = shapeProblem(json);
    if (problem !== null) return refuse(problem);
    const node = documentSchema().nodeFromJSON(json);
    if (node.type !== documentSchema().topNodeType) return refuse(`Not a document: ${node.type.name}`);
    node.check();
    return { ok: true };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : "Unreadable");
  }
}
