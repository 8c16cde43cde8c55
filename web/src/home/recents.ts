import { readStored, writeStored } from "../app/stored.ts";

export type Recent = { readonly id: string; readonly title: string; readonly openedAt: string };

export type ListedDocument = {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: string | null;
  readonly openedAt: string | null;
};

const key = "palimpsest.recents";
const most = 50;

function isRecent(value: unknown): value is Recent {
  if (typeof value !== "object" || value === null) return false;
  const { id, title, openedAt } = value as Partial<Record<keyof Recent, unknown>>;
  return typeof id === "string" && typeof title === "string" && typeof openedAt === "string";
}

export function readRecents(): readonly Recent[] {
  const stored = readStored(key);
  return Array.isArray(stored) ? stored.filter(isRecent) : [];
}

export function rememberDocument(recent: Recent): void {
  const others = readRecents().filter(({ id }) => id !== recent.id);
  writeStored(key, [recent, ...others].slice(0, most));
}

export function retitleRecent(id: string, title: string): void {
  writeStored(
    key,
    readRecents().map((recent) => (recent.id === id ? { ...recent, title } : recent)),
  );
}

export function forgetDocument(id: string): void {
  writeStored(
    key,
    readRecents().filter((recent) => recent.id !== id),
  );
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(a) >= Date.parse(b) ? a : b;
}

export function lastTouched(document: ListedDocument): string {
  return later(document.openedAt, document.updatedAt) ?? "";
}

/**
 * What the server lists, with what this browser saw more recently: a title typed a moment ago is right here
 * before the directory has heard of it.
 */
export function withRecents(
  listed: readonly ListedDocument[],
  recents: readonly Recent[],
): readonly ListedDocument[] {
  const merged = new Map(listed.map((document) => [document.id, document]));
  for (const recent of recents) {
    const known = merged.get(recent.id);
    if (known === undefined) {
      merged.set(recent.id, { ...recent, updatedAt: null });
      continue;
    }
    const newer = known.updatedAt === null || Date.parse(recent.openedAt) >= Date.parse(known.updatedAt);
    merged.set(recent.id, {
      ...known,
      title: newer ? recent.title : known.title,
      openedAt: later(known.openedAt, recent.openedAt),
    });
  }
  return [...merged.values()].sort((a, b) => Date.parse(lastTouched(b)) - Date.parse(lastTouched(a)));
}
