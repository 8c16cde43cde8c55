import type { Identity, Role, UserId } from "@palimpsest/protocol";
import { searchable, titleKey } from "./search-text.ts";
import { tablesOf } from "./tables.ts";

/** One document as the directory knows it. Times in ms since the epoch. */
export interface DirectoryEntry {
  readonly id: string;
  readonly title: string;
  readonly owner: UserId;
  /** As they called themselves when they made it; empty where nobody noted that. */
  readonly ownerName: string;
  /** What the address alone allows. */
  readonly linkRole: Role | "none";
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Who wrote last; null while the document has not told. */
  readonly changedBy: { readonly id: string; readonly name: string } | null;
  /** When it was moved to the trash; null when it is not there. */
  readonly deletedAt: number | null;
  /** Up to which position the document has told about itself; -1 when it never did. */
  readonly toldSeq: number;
  /** The number of its last move into or out of the trash that the document has told; 0 when it told of none. */
  readonly trashRevision: number;
}

export interface NewEntry {
  readonly id: string;
  readonly title: string;
  readonly owner: Identity;
  readonly linkRole: Role | "none";
  readonly createdAt: number;
  /** There is nothing in it that it could tell. */
  readonly isEmpty: boolean;
}

/** What spans documents: which exist, whose they are, who opened them. Of their text only what searching needs. */
export class Directory {
  readonly #db: D1Database;

  constructor(db: D1Database) {
    this.#db = db;
  }

  /** Documents in the trash as well: their entries say so. */
  async find(id: string): Promise<DirectoryEntry | null> {
    await tablesOf(this.#db);
    const row = await this.#db.prepare("SELECT * FROM documents WHERE id = ?").bind(id).first<DocumentRow>();
    return row === null ? null : toEntry(row);
  }

  async add({ id, title, owner, linkRole, createdAt, isEmpty }: NewEntry): Promise<void> {
    await tablesOf(this.#db);
    await this.#db.batch([
      this.#db
        .prepare(
          `INSERT INTO documents (id, title, title_key, owner, owner_name, changed_by, changed_by_name, link_role, created_at, updated_at, told_seq)
           VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?5, ?6, ?7, ?7, ?8)`,
        )
        .bind(id, title, titleKey(title), owner.id, owner.name, linkRole, createdAt, isEmpty ? 0 : -1),
      this.#db
        .prepare("INSERT INTO texts (document_id, seq, title, body) VALUES (?, -1, ?, '')")
        .bind(id, searchable(title)),
    ]);
  }

  async recordVisit(user: UserId, id: string, now: number): Promise<void> {
    await this.#run(
      `INSERT INTO visits (user_id, document_id, opened_at) VALUES (?, ?, ?)
       ON CONFLICT (user_id, document_id) DO UPDATE SET opened_at = max(opened_at, excluded.opened_at)`,
      user,
      id,
      now,
    );
  }

  /** Takes a document that somebody opened off their list, its star included. */
  async forgetVisit(user: UserId, id: string): Promise<void> {
    await tablesOf(this.#db);
    await this.#db.batch([
      this.#db.prepare("DELETE FROM visits WHERE user_id = ? AND document_id = ?").bind(user, id),
      this.#db.prepare("DELETE FROM stars WHERE user_id = ? AND document_id = ?").bind(user, id),
    ]);
  }

  async star(user: UserId, id: string, now: number): Promise<void> {
    await this.#run(
      "INSERT OR IGNORE INTO stars (user_id, document_id, starred_at) VALUES (?, ?, ?)",
      user,
      id,
      now,
    );
  }

  async unstar(user: UserId, id: string): Promise<void> {
    await this.#run("DELETE FROM stars WHERE user_id = ? AND document_id = ?", user, id);
  }

  /** Nothing of the document stays here. */
  async remove(id: string): Promise<void> {
    await tablesOf(this.#db);
    const tables = ["texts", "stars", "visits"].map((table) =>
      this.#db.prepare(`DELETE FROM ${table} WHERE document_id = ?`).bind(id),
    );
    await this.#db.batch([...tables, this.#db.prepare("DELETE FROM documents WHERE id = ?").bind(id)]);
  }

  /** The value under `name`, made by `make` when nobody has made one before; two first callers get the same. */
  async secret(name: string, make: () => string): Promise<string> {
    await this.#run("INSERT OR IGNORE INTO secrets (name, value) VALUES (?, ?)", name, make());
    const value = await this.#db
      .prepare("SELECT value FROM secrets WHERE name = ?")
      .bind(name)
      .first<string>("value");
    if (value === null) throw new Error(`the directory lost the secret it had just stored: ${name}`);
    return value;
  }

  async #run(sql: string, ...values: (string | number)[]): Promise<void> {
    await tablesOf(this.#db);
    await this.#db
      .prepare(sql)
      .bind(...values)
      .run();
  }
}

export interface DocumentRow {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly owner_name: string;
  readonly link_role: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly changed_by: string | null;
  readonly changed_by_name: string | null;
  readonly deleted_at: number | null;
  readonly told_seq: number;
  readonly trash_revision: number;
}

export function toEntry(row: DocumentRow): DirectoryEntry {
  const { changed_by: changedBy, changed_by_name: changedByName } = row;
  return {
    id: row.id,
    title: row.title,
    owner: row.owner as UserId,
    ownerName: row.owner_name,
    linkRole: row.link_role === "edit" || row.link_role === "view" ? row.link_role : "none",
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    changedBy: changedBy === null ? null : { id: changedBy, name: changedByName ?? "" },
    deletedAt: row.deleted_at,
    toldSeq: row.told_seq,
    trashRevision: row.trash_revision,
  };
}
