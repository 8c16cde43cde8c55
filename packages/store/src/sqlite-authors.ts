import type { Author, AuthorNo } from "@palimpsest/history";
import type { SqlDriver } from "./driver.ts";

/** Who has written here, and whose the Yjs client ids are. */
export class SqliteAuthors {
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** In order of their numbers. */
  list(): Author[] {
    return this.#driver.query("SELECT no, user_id, name, color FROM authors ORDER BY no").map((row) => ({
      no: row.no as AuthorNo,
      userId: row.user_id as string,
      name: row.name as string,
      color: row.color as string,
    }));
  }

  ownerOf(client: number): AuthorNo | null {
    const row = this.#driver.query("SELECT author FROM owners WHERE client = ?", client)[0];
    return row === undefined ? null : (row.author as AuthorNo);
  }

  /** @returns rows written */
  write(authors: readonly Author[], owners: ReadonlyMap<number, AuthorNo>): number {
    let rows = 0;
    for (const { no, userId, name, color } of authors) {
      const written = this.#driver.exec(
        `INSERT INTO authors (no, user_id, name, color) VALUES (?, ?, ?, ?)
         ON CONFLICT (no) DO UPDATE SET name = excluded.name, color = excluded.color
           WHERE user_id = excluded.user_id`,
        no,
        userId,
        name,
        color,
      );
      // a version's author is enrolled without a frame, whose position would show that another object was faster
      if (written === 0) throw new Error(`author ${no} was given to somebody else without this store`);
      rows += written;
    }
    for (const [client, author] of owners)
      rows += this.#driver.exec("INSERT INTO owners (client, author) VALUES (?, ?)", client, author);
    return rows;
  }
}
