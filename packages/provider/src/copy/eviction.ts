import type { CopyHead, Decision, ListedCopy, StoredCopy } from "./store.ts";

/** How much is kept of documents that nobody opens. */
export const keeping = { documents: 100, days: 60 } as const;
const DAY_MS = 24 * 3600 * 1000;

/** The copies that are kept no longer. One with changes that were not sent never is among them. */
export function outdated(copies: readonly ListedCopy[], now: number): readonly CopyHead[] {
  const newest = [...copies].sort((a, b) => b.head.openedAt - a.head.openedAt);
  return newest
    .filter(({ head }, i) => i >= keeping.documents || now - head.openedAt > keeping.days * DAY_MS)
    .filter(({ hasUnsent }) => !hasUnsent)
    .map(({ head }) => head);
}

/** The copies that may go for want of room, the longest unopened first. */
export function dispensable(copies: readonly ListedCopy[], documentId: string): readonly CopyHead[] {
  return copies
    .filter(({ head, hasUnsent }) => !hasUnsent && head.documentId !== documentId)
    .map(({ head }) => head)
    .sort((a, b) => a.openedAt - b.openedAt);
}

/** Lets a copy go, unless somebody has written or opened it since. */
export function forget(copy: StoredCopy, { generation, openedAt }: CopyHead): Decision<null> {
  const { head } = copy;
  const isSame = head !== null && head.generation === generation && head.openedAt === openedAt;
  return { result: null, change: isSame && copy.outbox.length === 0 ? { removesAll: true } : null };
}
