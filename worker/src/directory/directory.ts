import type { Role, UserId } from "@palimpsest/protocol";

/** One document as the directory knows it. Times in ms since the epoch. */
export interface DirectoryEntry {
  readonly id: string;
  readonly title: string;
  readonly owner: UserId;
  /** What the address alone allows. */
  readonly linkRole: Role | "none";
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ListedEntry extends DirectoryEntry {
  /** When this person last opened it; null when they own it but never did. */
  readonly openedAt: number | null;
}

const tables = [
  `CREATE TABLE IF NOT EXISTS documents (
     id TEXT PRIMARY KEY, title TEXT NOT NULL, owner TEXT NOT NULL, link_role TEXT NOT NULL,
     created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
   )`,
  "CREATE INDEX IF NOT EXISTS documents_by_owner ON documents (owner)",
  `CREATE TABLE IF NOT EXISTS visits (
     user_id TEXT NOT NULL, document_id TEXT NOT NULL, opened_at INTEGER NOT NULL,
     PRIMARY KEY (user_id, document_id)
   ) WITHOUT ROWID`,
  "CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
];

/** What spans documents: which exist, whose they are, who opened them. The text is never here. */
export class Directory {
  readonly #db: D1Database;
  /** The tables are made by the first request that an isolate serves: a first deploy needs no extra step. */
  static #ready = new WeakMap<D1Database, Promise<unknown>>();

  constructor(db: D1Database) {
    this.#db = db;
  }

  async find(id: string): Promise<DirectoryEntry | null> {
    const row = await (await this.#prepare("SELECT * FROM documents WHERE id = ? AND deleted_at IS NULL"))
      .bind(id)
      .first<DocumentRow>();
    return row === null ? null : toEntry(row);
  }

  async add(entry: DirectoryEntry): Promise<void> {
    await (
      await this.#prepare(
        "INSERT INTO documents (id, title, owner, link_role, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
      )
    )
      .bind(entry.id, entry.title, entry.owner, entry.linkRole, entry.createdAt, entry.updatedAt)
      .run();
  }

  /** Those that the person owns or has opened, most recently touched first. */
  async list(user: UserId, limit: number): Promise<ListedEntry[]> {
    const statement = await this.#prepare(
      `SELECT d.*, v.opened_at FROM documents d
       LEFT JOIN visits v ON v.document_id = d.id AND v.user_id = ?1
       WHERE d.deleted_at IS NULL AND (d.owner = ?1 OR v.opened_at IS NOT NULL)
       ORDER BY max(d.updated_at, coalesce(v.opened_at, 0)) DESC LIMIT ?2`,
    );
    const { results } = await statement.bind(user, limit).all<DocumentRow & { opened_at: number | null }>();
    return results.map((row) => ({ ...toEntry(row), openedAt: row.opened_at }));
  }

  async recordVisit(user: UserId, id: string, now: number): Promise<void> {
    const statement = await this.#prepare(
      `INSERT INTO visits (user_id, document_id, opened_at) VALUES (?, ?, ?)
       ON CONFLICT (user_id, document_id) DO UPDATE SET opened_at = excluded.opened_at`,
    );
    await statement.bind(user, id, now).run();
  }

  /** What a document says about itself, after it has changed. */
  async update(id: string, title: string, updatedAt: number): Promise<void> {
    await (await this.#prepare("UPDATE documents SET title = ?, updated_at = ? WHERE id = ?"))
      .bind(title, updatedAt, id)
      .run();
  }

  async moveToTrash(id: string, now: number): Promise<void> {
    await (await this.#prepare("UPDATE documents SET deleted_at = ? WHERE id = ?")).bind(now, id).run();
  }

  /** The value under `name`, made by `make` when nobody has made one before; two first callers get the same. */
  async secret(name: string, make: () => string): Promise<string> {
    await (await this.#prepare("INSERT OR IGNORE INTO secrets (name, value) VALUES (?, ?)"))
      .bind(name, make())
      .run();
    const value = await (await this.#prepare("SELECT value FROM secrets WHERE name = ?"))
      .bind(name)
      .first<string>("value");
    if (value === null) throw new Error(`the directory lost the secret it had just stored: ${name}`);
    return value;
  }

  async #prepare(sql: string): Promise<D1PreparedStatement> {
    let ready = Directory.#ready.get(this.#db);
    if (ready === undefined) {
      ready = this.#db.batch(tables.map((table) => this.#db.prepare(table)));
      Directory.#ready.set(this.#db, ready);
      // a failure must not be remembered: the next request tries again
      ready.catch(() => Directory.#ready.delete(this.#db));
    }
    await ready;
    return this.#db.prepare(sql);
  }
}

interface DocumentRow {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly link_role: string;
  readonly created_at: number;
  readonly updated_at: number;
}

function toEntry(row: DocumentRow): DirectoryEntry {
  return {
    id: row.id,
    title: row.title,
    owner: row.owner as UserId,
    linkRole: row.link_role === "edit" || row.link_role === "view" ? row.link_role : "none",
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
