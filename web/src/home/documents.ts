import { request } from "../app/api.ts";
import { appText } from "../app/text.ts";
import { ensureSession } from "../people/session.ts";
import type { HomeQuestion } from "./question.ts";

export type Named = { readonly id: string; readonly name: string };
/** Stretches [from, to) of a text. */
export type Hits = readonly (readonly [number, number])[];

export type ListedDocument = {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly openedAt: string | null;
  readonly role: "view" | "edit";
  readonly owner: Named | null;
  readonly isOwner: boolean;
  readonly changedBy: Named | null;
  readonly starred: boolean;
  readonly deletedAt: string | null;
  readonly purgedAt: string | null;
  readonly found: {
    readonly title: Hits;
    readonly text: { readonly text: string; readonly hits: Hits } | null;
  } | null;
};

export type DocumentPage = { readonly documents: readonly ListedDocument[]; readonly next: string | null };

export const documentsKey = ["documents"] as const;
const pageSize = "50";

export async function fetchPage(
  { view, sort, query }: HomeQuestion,
  cursor: string | null,
  signal: AbortSignal,
): Promise<DocumentPage> {
  await ensureSession();
  const question = new URLSearchParams({ view, limit: pageSize });
  if (query !== "") question.set("query", query);
  else if (view !== "trash") question.set("sort", sort);
  if (cursor !== null) question.set("cursor", cursor);
  return request<DocumentPage>(`/api/documents?${question}`, { signal });
}

export type NewDocument = { readonly title?: string; readonly markdown?: string; readonly json?: object };
export type Created = { readonly id: string; readonly title: string };

export async function createDocument(body: NewDocument): Promise<Created> {
  await ensureSession();
  return request<Created>("/api/documents", { method: "POST", body });
}

export function documentPath(id: string, rest = ""): string {
  return `/api/documents/${encodeURIComponent(id)}${rest}`;
}

export function titleOf({ title }: { readonly title: string }): string {
  return title.trim() || appText.untitled;
}

const mostInToast = 48;

/** A title as it stands inside of a sentence that is shown for a moment. */
export function shortTitle(document: { readonly title: string }): string {
  const letters = [...titleOf(document)];
  return letters.length > mostInToast
    ? `${letters
        .slice(0, mostInToast - 1)
        .join("")
        .trimEnd()}…`
    : letters.join("");
}
