import type { Seq } from "@palimpsest/history";
import { deflateSync, inflateSync } from "fflate";
import { crc32 } from "./crc32.ts";
import { Damage } from "./damage.ts";
import {
  MAX_ROW_BYTES,
  type NewSnapshot,
  type SnapshotInfo,
  type SnapshotSection,
} from "./document-store.ts";
import type { SqlDriver, SqlRow } from "./driver.ts";
import { join, release, split } from "./parts.ts";
import { checked } from "./segment-rows.ts";
import type { Totals } from "./sqlite-log.ts";

/** What is written of a snapshot. */
type Content = Readonly<Record<SnapshotSection, Uint8Array>>;

/** Snapshots: one row each where that is enough, else in parts that fit a row. One exists as soon as its row does. */
export class SqliteSnapshots {
  readonly #driver: SqlDriver;
  /**
   * The large update that was read or written last, as long as it was not collected: those who open a document one
   * after the other would else each leave a copy of it behind, faster than garbage is collected.
   */
  #lately: { readonly seq: Seq; readonly update: WeakRef<Uint8Array> } | null = null;
  readonly #setAside: Set<Seq>;

  /** @param setAside those that were found damaged */
  constructor(driver: SqlDriver, setAside: readonly Seq[]) {
    this.#driver = driver;
    this.#setAside = new Set(setAside);
  }

  /** Those that can be read, as far as anybody has tried. */
  list(): SnapshotInfo[] {
    return this.#driver
      .query("SELECT seq, created_at, size, collected, deflated FROM snapshots ORDER BY seq")
      .filter((row) => !this.#setAside.has(row.seq as Seq))
      .map((row) => ({
        seq: row.seq as Seq,
        createdAt: Number(row.created_at),
        bytes: Number(row.size),
        collected: row.collected === 1,
        isDeflated: row.deflated === 1,
      }));
  }

  /** Of all of them, damaged or not, ascending. */
  positions(): Seq[] {
    return this.#driver.query("SELECT seq FROM snapshots ORDER BY seq").map(({ seq }) => seq as Seq);
  }

  has(seq: Seq): boolean {
    return this.#driver.query("SELECT 1 FROM snapshots WHERE seq = ?", seq).length > 0;
  }

  /** After a failed write memory may be ahead of the rows: what was set aside before is so again. */
  forget(setAside: readonly Seq[]): void {
    this.#lately = null;
    this.#setAside.clear();
    for (const seq of setAside) this.#setAside.add(seq);
  }

  /** From now on this snapshot counts as if it were not there. The log and the ones before it hold all that it did. */
  setAside(seq: Seq): void {
    this.#setAside.add(seq);
  }

  /** Those that were found damaged, ascending. */
  get damaged(): readonly Seq[] {
    return [...this.#setAside].sort((a, b) => a - b);
  }

  /** @throws Damage when it is not what was written */
  read(seq: Seq, section: SnapshotSection): Uint8Array {
    const { column, checksum } = COLUMNS[section];
    const row = this.#driver.query(
      `SELECT seq, size, deflated, ${checksum} AS checksum, ${column} AS bytes FROM snapshots WHERE seq = ?`,
      seq,
    )[0];
    if (row === undefined) throw new Error(`there is no snapshot at ${seq}`);
    const isUpdate = section === "update";
    const lately = isUpdate && this.#lately?.seq === seq ? this.#lately.update.deref() : undefined;
    if (lately !== undefined) return lately;
    const stored = row.bytes === null ? this.#joined(seq, section) : (row.bytes as Uint8Array);
    if (stored.length === 0 || crc32(stored) !== row.checksum) throw new Damage("snapshot", seq);
    if (!isUpdate) return stored;
    const update = row.deflated === 1 ? inflated(row, stored) : stored;
    if (update.length !== row.size) throw new Damage("snapshot", seq);
    return row.bytes === null ? this.#remember(seq, update) : update;
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

  /** Replaces one at the same position, and packs it where that is asked for. Counts the rows that it writes into `totals`, and keeps them. */
  write(snapshot: NewSnapshot, isDeflated: boolean, totals: Totals): void {
    const { seq, createdAt, collected, update, stateVector, deleteSet } = snapshot;
    totals.rows += this.drop([seq]);
    const stored = isDeflated ? deflateSync(update) : update;
    const content = { update: stored, "state-vector": stateVector, "delete-set": deleteSet };
    if (!isSmall(content)) this.#remember(seq, update);
    this.#put({ seq, createdAt, collected, bytes: update.length, isDeflated }, content, totals);
  }

  /** Packs one that is there and whole: it is read seldom from now on, when somebody looks at the past. */
  deflate(seq: Seq, totals: Totals): void {
    const info = this.list().find((snapshot) => snapshot.seq === seq);
    if (info === undefined || info.isDeflated) return;
    const content = this.#contentIfWhole(seq);
    if (content === null) return;
    totals.rows += this.drop([seq]);
    this.#put({ ...info, isDeflated: true }, { ...content, update: deflateSync(content.update) }, totals);
  }

  /** Null for what is damaged: it stays as it is until somebody reads it. */
  #contentIfWhole(seq: Seq): Content | null {
    try {
      return {
        update: this.read(seq, "update"),
        "state-vector": this.read(seq, "state-vector"),
        "delete-set": this.read(seq, "delete-set"),
      };
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      return null;
    }
  }

  /** @returns rows written */
  drop(seqs: readonly Seq[]): number {
    let rows = 0;
    for (const seq of seqs) {
      this.#setAside.delete(seq);
      if (this.#lately?.seq === seq) this.#lately = null;
      rows += this.#driver.exec("DELETE FROM snapshots WHERE seq = ?", seq);
      rows += this.#driver.exec("DELETE FROM snapshot_parts WHERE seq = ?", seq);
    }
    return rows;
  }

  #put(info: SnapshotInfo, content: Content, totals: Totals): void {
    const inline = isSmall(content);
    if (!inline)
      for (const section of SECTIONS) totals.rows += this.#writeParts(info.seq, section, content[section]);
    totals.rows++;
    this.#driver.exec(
      `INSERT INTO snapshots (seq, created_at, size, collected, rows, wakes, deflated, update_checksum,
         vector_checksum, deletes_checksum, state_vector, delete_set, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      info.seq,
      info.createdAt,
      info.bytes,
      info.collected ? 1 : 0,
      totals.rows,
      totals.wakes,
      info.isDeflated ? 1 : 0,
      crc32(content.update),
      crc32(content["state-vector"]),
      crc32(content["delete-set"]),
      inline ? content["state-vector"] : null,
      inline ? content["delete-set"] : null,
      inline ? content.update : null,
    );
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

const COLUMNS: Readonly<Record<SnapshotSection, { readonly column: string; readonly checksum: string }>> = {
  update: { column: "bytes", checksum: "update_checksum" },
  "state-vector": { column: "state_vector", checksum: "vector_checksum" },
  "delete-set": { column: "delete_set", checksum: "deletes_checksum" },
};

export const SECTIONS = [
  "update",
  "state-vector",
  "delete-set",
] as const satisfies readonly SnapshotSection[];

function isSmall(content: Content): boolean {
  return SECTIONS.reduce((sum, section) => sum + content[section].length, 0) <= MAX_ROW_BYTES;
}

function inflated(row: SqlRow, stored: Uint8Array): Uint8Array {
  try {
    return inflateSync(stored, { out: new Uint8Array(Number(row.size)) });
  } catch (cause) {
    const seq = row.seq as Seq;
    throw new Damage("snapshot", seq, seq, { cause });
  }
}
