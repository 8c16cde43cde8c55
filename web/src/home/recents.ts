import { readStored, writeStored } from "../app/stored.ts";
import type { ListedDocument } from "./documents.ts";

export type Recent = { readonly id: string; readonly title: string; readonly openedAt: string };

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

/** What this browser knows of a document without asking. */
export function fromRecent({ id, title, openedAt }: Recent): ListedDocument {
  return {
    id,
    title,
    createdAt: null,
    updatedAt: null,
    openedAt,
    role: "edit",
    owner: null,
    isOwner: false,
    changedBy: null,
    starred: false,
    deletedAt: null,
    purgedAt: null,
    found: null,
  };
}

/**
 * What the server lists, with what this browser saw more recently: a title typed a moment ago is right here before the
 * directory has heard of it.
 */
export function withRecents(
  listed: readonly ListedDocument[],
  recents: readonly Recent[],
): readonly ListedDocument[] {
  const byId = new Map(recents.map((recent) => [recent.id, recent]));
  return listed.map((document) => {
    const recent = byId.get(document.id);
    if (recent === undefined) return document;
    const isNewer =
      document.updatedAt === null || Date.parse(recent.openedAt) >= Date.parse(document.updatedAt);
    const openedAt = later(document.openedAt, recent.openedAt);
    // hits in a title are hits in the one that was searched
    const isShown = isNewer && document.found === null;
    return { ...document, openedAt, title: isShown ? recent.title : document.title };
  });
}

/** When somebody last opened a document, or made it. */
function openedOf({ openedAt, createdAt }: ListedDocument): number {
  return Date.parse(openedAt ?? createdAt ?? "") || 0;
}

export function byOpened(documents: readonly ListedDocument[]): readonly ListedDocument[] {
  return documents.toSorted((a, b) => openedOf(b) - openedOf(a));
}

/**
 * What this browser opened and the server does not list where it would stand: opened a moment ago, or as somebody else.
 *
 * @param hasMore the server's list goes on
 */
export function unlistedRecents(
  listed: readonly ListedDocument[],
  recents: readonly Recent[],
  hasMore: boolean,
): readonly Recent[] {
  const ids = new Set(listed.map(({ id }) => id));
  const last = listed.at(-1);
  const end = hasMore && last !== undefined ? openedOf(last) : 0;
  return recents.filter(({ id, openedAt }) => !ids.has(id) && Date.parse(openedAt) > end);
}
