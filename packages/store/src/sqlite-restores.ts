import type { AuthorNo, Seq } from "@palimpsest/history";
import { MAX_ROW_BYTES, type RestoreFacts, type RestoreHow, type StoredRestore } from "./document-store.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { join, split } from "./parts.ts";
import { checked } from "./segment-rows.ts";

type Section = "moves" | "deletes";

/** What is kept of restores: one row each where that is enough, else with their bytes in parts that fit a row. */
export class SqliteRestores {
  readonly #driver: SqlDriver;
  /** Asked for with each message that is written: read once, and again when it may have become another. */
  #any: boolean | null = null;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  get any(): boolean {
    this.#any ??= this.#driver.query("SELECT 1 FROM restores LIMIT 1").length > 0;
    return this.#any;
  }

  facts(): RestoreFacts[] {
    return this.#driver
      .query("SELECT seq, how, of_author, from_seq, through_seq FROM restores ORDER BY seq")
      .map(toFacts);
  }

  list(): StoredRestore[] {
    return this.#driver.query("SELECT * FROM restores ORDER BY seq").map((row) => ({
      ...toFacts(row),
      moves: this.#section(row, "moves"),
      deletes: this.#section(row, "deletes"),
    }));
  }

  /** @returns rows written */
  add({ seq, how, of, from, through, moves, deletes }: StoredRestore): number {
    // not "true": what is written now may be rolled back
    this.#any = null;
    const isSmall = moves.length + deletes.length <= MAX_ROW_BYTES;
    let rows = this.#driver.exec(
      `INSERT INTO restores (seq, how, of_author, from_seq, through_seq, moves, deletes)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      seq,
      how,
      of,
      from,
      through,
      isSmall ? moves : null,
      isSmall ? deletes : null,
    );
    if (!isSmall) {
      rows += this.#writeParts(seq, "moves", moves);
      rows += this.#writeParts(seq, "deletes", deletes);
    }
    return rows;
  }

  #section(row: SqlRow, section: Section): Uint8Array {
    const bytes = row[section];
    if (bytes instanceof Uint8Array) return bytes;
    const parts = this.#driver.query(
      "SELECT bytes FROM restore_parts WHERE seq = ? AND section = ? ORDER BY part",
      row.seq as number,
      section,
    );
    return join(parts.map((part) => part.bytes as Uint8Array));
  }

  #writeParts(seq: Seq, section: Section, bytes: Uint8Array): number {
    let rows = 0;
    for (const [part, slice] of split(bytes).entries()) {
      rows += this.#driver.exec(
        "INSERT INTO restore_parts (seq, section, part, bytes) VALUES (?, ?, ?, ?)",
        seq,
        section,
        part,
        checked(slice),
      );
    }
    return rows;
  }
}

function toFacts(row: SqlRow): RestoreFacts {
  return {
    seq: row.seq as Seq,
    how: row.how as RestoreHow,
    of: row.of_author as AuthorNo | null,
    from: row.from_seq as Seq | null,
    through: row.through_seq as Seq | null,
  };
}
