import { MAX_DEPTH } from "./documentJSON.ts";
import { documentSchema } from "./documentSchema.ts";

/** The verdict of {@link checkJSON}; `reason` is for logs and error bodies and may quote node types, never text. */
export type CheckResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Depth is counted without recursion because the schema's own check recurses and would overflow the stack. */
function tooDeep(root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    const next: unknown[] = [];
    for (const node of level) {
      const content =
        typeof node === "object" && node !== null ? (node as { content?: unknown }).content : undefined;
      if (Array.isArray(content)) for (const child of content as unknown[]) next.push(child);
    }
    level = next;
  }
  return false;
}

/**
 * Whether the value is a whole document this version of the schema accepts: known nodes, marks and attributes, content where
 * it may stand, no deeper than 100 nodes, cell spans within bounds. Never throws, whatever it is given.
 */
export function checkJSON(json: unknown): CheckResult {
  try {
    if (typeof json !== "object" || json === null) return { ok: false, reason: "Not an object" };
    if (tooDeep(json)) return { ok: false, reason: `Nested deeper than ${MAX_DEPTH} nodes` };
    const node = documentSchema().nodeFromJSON(json);
    if (node.type !== documentSchema().topNodeType)
      return { ok: false, reason: `Not a document: ${node.type.name}` };
    node.check();
    return { ok: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "Unreadable";
    return { ok: false, reason: reason.slice(0, 200) };
  }
}
