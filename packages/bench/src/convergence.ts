import * as Y from "yjs";
import { contentOf } from "./page.ts";
import type { PlainClient } from "./plain-client.ts";

/** Why these clients do not hold the same document, or null when they do. Applies what they had only queued. */
export function divergence(clients: readonly PlainClient[]): string | null {
  for (const client of clients) client.flush();
  return documentsDiffer(clients.map(({ doc }) => doc));
}

/** Why these documents are not the same, or null when they are: nothing missing, equal vectors, equal contents. */
export function documentsDiffer(docs: readonly Y.Doc[]): string | null {
  const [first, ...others] = docs;
  if (first === undefined) return null;
  for (const doc of docs) {
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return "a client has gaps";
  }
  const vector = Y.decodeStateVector(Y.encodeStateVector(first));
  const content = contentOf(first);
  for (const doc of others) {
    const other = Y.decodeStateVector(Y.encodeStateVector(doc));
    const same = other.size === vector.size && [...vector].every(([id, clock]) => other.get(id) === clock);
    if (!same) return "clients have received different changes";
    if (contentOf(doc) !== content) return "clients show different contents";
  }
  return null;
}
