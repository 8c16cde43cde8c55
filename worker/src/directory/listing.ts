import type { UserId } from "@palimpsest/protocol";
import { type DirectoryEntry, type DocumentRow, toEntry } from "./directory.ts";
import { type Marked, markers, matchExpression, readMarked } from "./search-text.ts";
import { tablesOf } from "./tables.ts";

export const views = ["recent", "starred", "trash"] as const;
export const sorts = ["opened", "changed", "created", "title", "deleted"] as const;

export type View = (typeof views)[number];
export type Sort = (typeof sorts)[number];

export interface ListedEntry extends DirectoryEntry {
  /** When this person last opened it; null when they own it but never did. */
  readonly openedAt: number | null;
  readonly isStarred: boolean;
  /** Where it was found; null when nothing was searched for. */
  readonly found: Found | null;
}

/** Where in a document the words were found. */
export interface Found {
  /** Hits in the title, in UTF-16 units. */
  readonly title: Marked["hits"];
  /** Text around the first hits; null when they are in the title alone. */
  readonly text: Marked | null;
}

/** Behind which entry of the order to go on. */
export type After =
  | { readonly kind: "entry"; readonly key: string | number; readonly id: string }
  | { readonly kind: "rank"; readonly count: number };

export interface Page {
  readonly entries: readonly ListedEntry[];
  /** Null when nothing follows. */
  readonly next: After | null;
}

// each side walks an index: what other people own is not looked at
const MINE = `WITH mine (id) AS (
  SELECT id FROM documents WHERE owner = ?1 UNION SELECT document_id FROM visits WHERE user_id = ?1)`;
const MAY_SEE = "(d.owner = ?1 OR d.link_role <> 'none')";
const PERSONAL = `LEFT JOIN visits v ON v.document_id = d.id AND v.user_id = ?1
  LEFT JOIN stars s ON s.document_id = d.id AND s.user_id = ?1`;

const inView: Record<View, string> = {
  recent: `${MAY_SEE} AND d.deleted_at IS NULL`,
  starred: `${MAY_SEE} AND d.deleted_at IS NULL AND s.starred_at IS NOT NULL`,
  trash: "d.owner = ?1 AND d.deleted_at IS NOT NULL",
};

const keys: Record<Sort, string> = {
  opened: "coalesce(v.opened_at, d.created_at)",
  changed: "d.updated_at",
  created: "d.created_at",
  deleted: "coalesce(d.deleted_at, 0)",
  title: "d.title_key",
};

/** The documents that a person owns or has opened, in an order. */
export async function listDocuments(
  db: D1Database,
  user: UserId,
  { view, sort }: { readonly view: View; readonly sort: Sort },
  after: Extract<After, { kind: "entry" }> | null,
  limit: number,
): Promise<Page> {
  await tablesOf(db);
  const key = keys[sort];
  const [direction, beyond] = sort === "title" ? ["ASC", ">"] : ["DESC", "<"];
  const behind = after === null ? "" : `AND (${key} ${beyond} ?3 OR (${key} = ?3 AND d.id > ?4))`;
  const sql = `${MINE} SELECT d.*, v.opened_at, s.starred_at, ${key} AS key
    FROM mine JOIN documents d ON d.id = mine.id ${PERSONAL}
    WHERE ${inView[view]} ${behind} ORDER BY ${key} ${direction}, d.id LIMIT ?2`;
  const values = after === null ? [user, limit + 1] : [user, limit + 1, after.key, after.id];
  const { results } = await db
    .prepare(sql)
    .bind(...values)
    .all<ListedRow & { readonly key: string | number }>();
  const last = results[limit - 1];
  const next = results.length <= limit || last === undefined ? null : last;
  return {
    entries: results.slice(0, limit).map((row) => toListed(row, null)),
    next: next === null ? null : { kind: "entry", key: next.key, id: next.id },
  };
}

/** Those in which all words of the query are found, the best first: a word in the title counts for several in the text. */
export async function searchDocuments(
  db: D1Database,
  user: UserId,
  view: View,
  query: string,
  after: Extract<After, { kind: "rank" }> | null,
  limit: number,
): Promise<Page> {
  const expression = matchExpression(query);
  if (expression === null) return { entries: [], next: null };
  await tablesOf(db);
  const skipped = after?.count ?? 0;
  // sorted by the index itself, which makes snippets only of what is shown
  const sql = `${MINE} SELECT d.*, v.opened_at, s.starred_at,
      highlight(texts_fts, 0, ?3, ?4) AS title_hits, snippet(texts_fts, 1, ?3, ?4, '…', 24) AS text_hits
    FROM texts_fts CROSS JOIN texts t ON t.no = texts_fts.rowid CROSS JOIN documents d ON d.id = t.document_id ${PERSONAL}
    WHERE texts_fts MATCH ?2 AND texts_fts.rank MATCH 'bm25(8.0, 1.0)' AND d.id IN mine AND ${inView[view]}
    ORDER BY texts_fts.rank LIMIT ?5 OFFSET ?6`;
  const { results } = await db
    .prepare(sql)
    .bind(user, expression, markers.from, markers.to, limit + 1, skipped)
    .all<ListedRow & { readonly title_hits: string; readonly text_hits: string }>();
  const entries = results.slice(0, limit).map((row) => {
    const [title, text] = [readMarked(row.title_hits), readMarked(row.text_hits)];
    // a title of odd characters is searched in another form, in which hits stand elsewhere
    const hits = title.text === row.title ? title.hits : [];
    return toListed(row, { title: hits, text: text.hits.length === 0 ? null : text });
  });
  return { entries, next: results.length <= limit ? null : { kind: "rank", count: skipped + limit } };
}

type ListedRow = DocumentRow & { readonly opened_at: number | null; readonly starred_at: number | null };

function toListed(row: ListedRow, found: Found | null): ListedEntry {
  return { ...toEntry(row), openedAt: row.opened_at, isStarred: row.starred_at !== null, found };
}
