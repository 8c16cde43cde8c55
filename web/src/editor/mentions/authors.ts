import { request } from "../../app/api.ts";
import type { Author, HistoryPage } from "../../history/entries.ts";

const freshMs = 60_000;

type Asked = { readonly at: number; readonly authors: Promise<readonly Author[]> };

const asked = new Map<string, Asked>();

async function read(documentId: string): Promise<readonly Author[]> {
  const path = `/api/documents/${encodeURIComponent(documentId)}/history?limit=100`;
  const { entries } = await request<HistoryPage>(path);
  const authors = new Map<string, Author>();
  for (const entry of entries) {
    const those =
      entry.kind === "session" ? entry.authors : "author" in entry && entry.author ? [entry.author] : [];
    for (const { id, name, color } of those) if (!authors.has(id)) authors.set(id, { id, name, color });
  }
  return [...authors.values()];
}

/** Who has written lately; nobody where that cannot be asked: those who are here can still be mentioned. */
export function authorsOf(documentId: string): Promise<readonly Author[]> {
  const last = asked.get(documentId);
  if (last !== undefined && Date.now() - last.at < freshMs) return last.authors;
  const authors = read(documentId).catch(() => {
    asked.delete(documentId);
    return [];
  });
  asked.set(documentId, { at: Date.now(), authors });
  return authors;
}
