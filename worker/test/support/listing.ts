import { call, type Guest, json } from "./api.ts";

export interface Listed {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: string;
  readonly openedAt: string | null;
  readonly starred: boolean;
  readonly isOwner: boolean;
  readonly owner: { readonly id: string; readonly name: string };
  readonly changedBy: { readonly id: string; readonly name: string } | null;
  readonly deletedAt: string | null;
  readonly purgedAt: string | null;
  readonly found: {
    readonly title: readonly (readonly [number, number])[];
    readonly text: { readonly text: string; readonly hits: readonly (readonly [number, number])[] } | null;
  } | null;
}

export interface List {
  readonly documents: readonly Listed[];
  readonly next: string | null;
}

export function list(who: Guest, question: Readonly<Record<string, string>> = {}): Promise<List> {
  return json(call("GET", `/api/documents?${new URLSearchParams(question)}`, { token: who.token }));
}

export async function titles(who: Guest, question: Readonly<Record<string, string>> = {}): Promise<string[]> {
  return (await list(who, question)).documents.map(({ title }) => title);
}
