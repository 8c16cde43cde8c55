import type { Seq } from "@palimpsest/history";
import { Damage } from "./damage.ts";
import {
  MAX_ROW_BYTES,
  type NewSnapshot,
  type SnapshotInfo,
  type SnapshotSection,
} from "./document-store.ts";
import type { SqlDriver } from "./driver.ts";
import { join, release, split } from "./parts.ts";
import { checked } from "./segment-rows.ts";
import type { Totals } from "./sqlite-log.ts";

/** Snapshots: one row each where that is enough, else in parts that fit a row. One exists as soon as its row does. */
export class SqliteSnapshots {
  readonly #driver: SqlDriver;
  /**
   * The large update that was read or written last, as long as it was not collected: those who open a document one
   * after the other would else each leave a copy of it behind, faster than garbage is collected.
   */
  #lately: { readonly seq: Seq; readonly update: WeakRef<Uint8Array> } | null = null;

  readonly #damaged = new Set<Seq>();

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** Those that can be read, as far as anybody has tried. */
  list(): SnapshotInfo[] {
    return this.#driver
      .query("SELECT seq, created_at, size, collected FROM snapshots ORDER BY seq")
      .filter((row) => !this.#damaged.has(row.seq as Seq))
      .map((row) => ({
        seq: row.seq as Seq,
        createdAt: Number(row.created_at),
        bytes: Number(row.size),
        collected: row.collected === 1,
      }));
  }

  /** From now on this snapshot counts as if it were not there. The log and the ones before it hold all that it did. */
  setAside(seq: Seq): void {
    this.#damaged.add(seq);
  }

  /** @throws Damage when it is not what was written */
  read(seq: Seq, section: SnapshotSection): Uint8Array {
    const bytes = this.#read(seq, section);
    const size = this.#driver.query("SELECT size FROM snapshots WHERE seq = ?", seq)[0]?.size;
    if (bytes.length === 0 || (section === "update" && bytes.length !== size))
      throw new Damage("snapshot", seq);
    return bytes;
  }

  #read(seq: Seq, section: SnapshotSection): Uint8Array {
    const row = this.#driver.query(
      `SELECT ${COLUMNS[section]} AS bytes FROM snapshots WHERE seq = ?`,
      seq,
    )[0];
    if (row === undefined) throw new Error(`there is no snapshot at ${seq}`);
    if (row.bytes !== null) return row.bytes as Uint8Array;
    if (section !== "update") return this.#joined(seq, section);
    const lately = this.#lately?.seq === seq ? this.#lately.update.deref() : undefined;
    return lately ?? this.#remember(seq, this.#joined(seq, section));
  }

  #joined(seq: Seq, section: SnapshotSection): Uint8Array {
    const rows = this.#driver.query(
      "SELECT bytes FROM snapshot_parts WHERE seq = ? AND section = ? ORDER BY part",
      seq,
      section,
    );
    const parts = rows.map((row) => row.bytes as Uint8Array);
    if (parts.length === 1) return parts[0] as Uint8Array;
    if (parts.length === 0) throw new Damage("snapshot", seq);
    const joined = join(parts);
    for (const part of parts) release(part);
    return joined;
  }

  /** The totals that the newest snapshot keeps. */
  totals(): Readonly<Totals> {
    const row = this.#driver.query("SELECT rows, wakes FROM snapshots ORDER BY seq DESC LIMIT 1")[0];
    return { rows: Number(row?.rows ?? 0), wakes: Number(row?.wakes ?? 0) };
  }

  /** Replaces one at the same position and those at `drop`. Counts the rows that it writes into `totals`, and keeps them. */
  write(snapshot: NewSnapshot, drop: readonly Seq[], totals: Totals): void {
    this.#damaged.delete(snapshot.seq);
    const { seq, createdAt, collected, update, stateVector, deleteSet } = snapshot;
    totals.rows += this.#drop([seq, ...drop]);
    const isSmall = update.length + stateVector.length + deleteSet.length <= MAX_ROW_BYTES;
    if (!isSmall) {
      this.#remember(seq, update);
      totals.rows += this.#writeParts(seq, "update", update);
      totals.rows += this.#writeParts(seq, "state-vector", stateVector);
      totals.rows += this.#writeParts(seq, "delete-set", deleteSet);
    }
    totals.rows++;
    this.#driver.exec(
      `INSERT INTO snapshots (seq, created_at, size, collected, rows, wakes, state_vector, delete_set, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      createdAt,
      update.length,
      collected ? 1 : 0,
      totals.rows,
      totals.wakes,
      isSmall ? stateVector : null,
      isSmall ? deleteSet : null,
      isSmall ? update : null,
    );
  }

  /** @returns rows written */
  #drop(seqs: readonly Seq[]): number {
    let rows = 0;
    for (const seq of seqs) {
      if (this.#lately?.seq === seq) this.#lately = null;
      rows += this.#driver.exec("DELETE FROM snapshots WHERE seq = ?", seq);
      rows += this.#driver.exec("DELETE FROM snapshot_parts WHERE seq = ?", seq);
    }
    return rows;
  }

  #remember(seq: Seq, update: Uint8Array): Uint8Array {
    this.#lately = { seq, update: new WeakRef(update) };
    return update;
  }

  #writeParts(seq: Seq, section: SnapshotSection, bytes: Uint8Array): number {
    let rows = 0;
    for (const [part, slice] of split(bytes).entries()) {
      rows += this.#driver.exec(
        "INSERT INTO snapshot_parts (seq, section, part, bytes) VALUES (?, ?, ?, ?)",
        seq,
        section,
        part,
        checked(slice),
      );
    }
    return rows;
  }
}

const COLUMNS: Readonly<Record<SnapshotSection, string>> = {
  update: "bytes",
  "state-vector": "state_vector",
  "delete-set": "delete_set",
};
