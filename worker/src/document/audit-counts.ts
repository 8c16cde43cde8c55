import type { Difference } from "@palimpsest/room";
import type { DocumentStore } from "@palimpsest/store";

/** How often an audit found that a client's copy and this document were not the same, in the document's whole life. */
export interface AuditCounts {
  /** Text or structure differed: each of these is a mistake somewhere, mended. */
  readonly contentDifferences: number;
  /** Only deletions did: those that follow from others' are found by the clients and first told by an audit. */
  readonly deletionDifferences: number;
}

const CONTENT = "audit-content-differences";
const DELETIONS = "audit-deletion-differences";

/** A row is written for each: they are few, and a number in memory would be forgotten at the next sleep. */
export function countDifference({ content }: Difference, store: DocumentStore): void {
  const key = content ? CONTENT : DELETIONS;
  store.writeNote(key, String(count(key, store) + 1));
}

export function auditCounts(store: DocumentStore): AuditCounts {
  return { contentDifferences: count(CONTENT, store), deletionDifferences: count(DELETIONS, store) };
}

function count(key: string, store: DocumentStore): number {
  return Number(store.readNote(key) ?? 0);
}
