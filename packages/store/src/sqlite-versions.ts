import type { AuthorNo, Seq } from "@palimpsest/history";
import type { Version } from "./document-store.ts";
import type { SqlDriver } from "./driver.ts";

/** Versions, a row each. What writes tells how many rows that were. */
export class SqliteVersions {
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  get count(): number {
    return Number(this.#driver.query("SELECT count(*) AS n FROM versions")[0]?.n ?? 0);
  }

  has(id: string): boolean {
    return this.#driver.query("SELECT 1 FROM versions WHERE id = ?", id).length > 0;
  }

  /** Newest first. */
  list(): Version[] {
    return this.#driver.query("SELECT * FROM versions ORDER BY seq DESC, created_at DESC, id").map((row) => ({
      id: row.id as string,
      seq: row.seq as Seq,
      name: row.name as string,
      description: row.description as string,
      createdAt: Number(row.created_at),
      author: row.author as AuthorNo,
      automatic: row.automatic === 1,
    }));
  }

  add({ id, seq, name, description, createdAt, author, automatic }: Version): number {
    return this.#driver.exec(
      `INSERT INTO versions (id, seq, name, description, created_at, author, automatic)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      id,
      seq,
      name,
      description,
      createdAt,
      author,
      automatic ? 1 : 0,
    );
  }

  /** What is undefined stays. */
  update(id: string, name: string | undefined, description: string | undefined): number {
    return this.#driver.exec(
      "UPDATE versions SET name = coalesce(?, name), description = coalesce(?, description) WHERE id = ?",
      name ?? null,
      description ?? null,
      id,
    );
  }

  remove(id: string): number {
    return this.#driver.exec("DELETE FROM versions WHERE id = ?", id);
  }
}
