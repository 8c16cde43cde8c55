import type { Seq } from "@palimpsest/history";
import type { NewSnapshot, SnapshotInfo, SnapshotSection } from "./document-store.ts";
import type { SqlDriver } from "./driver.ts";
import { join, split } from "./parts.ts";
import { checked } from "./sqlite-log.ts";

/** Snapshots in parts that fit a row. A snapshot exists from the moment its row in `snapshots` does. */
export class SqliteSnapshots {
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  list(): SnapshotInfo[] {
    return this.#driver
      .query("SELECT seq, created_at, size FROM snapshots ORDER BY seq")
      .map((row) => ({ seq: row.seq as Seq, createdAt: Number(row.created_at), bytes: Number(row.size) }));
  }

  read(seq: Seq, section: SnapshotSection): Uint8Array {
    const rows = this.#driver.query(
      "SELECT bytes FROM snapshot_parts WHERE seq = ? AND section = ? ORDER BY part",
      seq,
      section,
    );
    if (rows.length === 0) throw new Error(`there is no snapshot at ${seq}`);
    return join(rows.map((row) => row.bytes as Uint8Array));
  }

  /** @returns rows written */
  write({ seq, createdAt, update, stateVector, deleteSet }: NewSnapshot): number {
    let rows = this.drop([seq]);
    const sections: [SnapshotSection, Uint8Array][] = [
      ["update", update],
      ["state-vector", stateVector],
      ["delete-set", deleteSet],
    ];
    for (const [section, bytes] of sections) {
      for (const [part, slice] of split(bytes).entries()) {
        rows += this.#driver.exec(
          "INSERT INTO snapshot_parts (seq, section, part, bytes) VALUES (?, ?, ?, ?)",
          seq,
          section,
          part,
          checked(slice),
        );
      }
    }
    rows += this.#driver.exec(
      "INSERT INTO snapshots (seq, created_at, size) VALUES (?, ?, ?)",
      seq,
      createdAt,
      update.length,
    );
    return rows;
  }

  /** @returns rows written */
  drop(seqs: readonly Seq[]): number {
    let rows = 0;
    for (const seq of seqs) {
      rows += this.#driver.exec("DELETE FROM snapshots WHERE seq = ?", seq);
      rows += this.#driver.exec("DELETE FROM snapshot_parts WHERE seq = ?", seq);
    }
    return rows;
  }
}
