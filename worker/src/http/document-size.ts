import type { JSONNode } from "@palimpsest/schema";

/** Nodes take about as much memory as Yjs's structs do: see `defaultDocumentBudget`. */
const MAX_NODES = 75_000;

/** Whether a document would take more memory than this Worker may give it, counted without building it. */
export function isTooLarge(json: JSONNode): boolean {
  let count = 0;
  const waiting = [json];
  for (let node = waiting.pop(); node !== undefined && count <= MAX_NODES; node = waiting.pop()) {
    count++;
    for (const child of node.content ?? []) waiting.push(child);
  }
  return count > MAX_NODES;
}
