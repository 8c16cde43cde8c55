import { searchable, titleKey } from "./search-text.ts";
import { tablesOf } from "./tables.ts";

/** What a document says about itself. It may be said twice, late, and after what came later. */
export interface Telling {
  readonly id: string;
  readonly trash: TrashMove;
  /** Null where it cannot be read. */
  readonly content: TellingContent | null;
}

/** The last move into the trash, or out of it. */
export interface TrashMove {
  /** Counts the moves from 1 on; 0 while there was none. */
  readonly revision: number;
  /** When it was moved there, in ms since the epoch; null when it is not there. */
  readonly at: number | null;
}

export interface TellingContent {
  /** The log position that this is about. */
  readonly seq: number;
  readonly title: string;
  /** Server time of the last change, in ms since the epoch. */
  readonly updatedAt: number;
  readonly changedBy: { readonly id: string; readonly name: string } | null;
  /** Its text, as far as it is searched; null when that is told another time. */
  readonly text: string | null;
}

/**
 * Brings a document's entry to what it says, in one step. What is older than what is known changes nothing, and what is
 * not in the directory any more does not come back.
 */
export async function tell(db: D1Database, { id, trash, content }: Telling): Promise<void> {
  await tablesOf(db);
  const move = db
    .prepare("UPDATE documents SET deleted_at = ?, trash_revision = ? WHERE id = ? AND trash_revision < ?")
    .bind(trash.at, trash.revision, id, trash.revision);
  await db.batch([move, ...(content === null ? [] : tellContent(db, id, content))]);
}

function tellContent(db: D1Database, id: string, content: TellingContent): D1PreparedStatement[] {
  const { seq, title, updatedAt, changedBy, text } = content;
  const statements = [
    db
      .prepare(
        `UPDATE documents SET title = ?, title_key = ?, updated_at = ?, changed_by = coalesce(?, changed_by),
           changed_by_name = coalesce(?, changed_by_name), told_seq = ? WHERE id = ? AND told_seq <= ?`,
      )
      .bind(title, titleKey(title), updatedAt, changedBy?.id ?? null, changedBy?.name ?? null, seq, id, seq),
    db
      .prepare(
        `UPDATE texts SET title = ? WHERE document_id = ?
           AND EXISTS (SELECT 1 FROM documents WHERE id = document_id AND told_seq = ?)`,
      )
      .bind(searchable(title), id, seq),
  ];
  if (text === null) return statements;
  const body = db
    .prepare("UPDATE texts SET body = ?, seq = ? WHERE document_id = ? AND seq < ?")
    .bind(searchable(text), seq, id, seq);
  return [...statements, body];
}
