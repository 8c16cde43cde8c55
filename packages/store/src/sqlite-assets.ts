import type { Seq } from "@palimpsest/history";
import type { SqlDriver, SqlRow } from "./driver.ts";

export interface NewAsset {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  /** In bytes. */
  readonly size: number;
  /** In px; null for what is no picture. */
  readonly width: number | null;
  readonly height: number | null;
  /** The id of who brought it. */
  readonly by: string;
  /** ms since the epoch. */
  readonly uploadedAt: number;
}

/** What is known of whether the document refers to a file. */
export interface AssetLook {
  readonly id: string;
  /** The last position known of that refers to it; null when none is. */
  readonly foundAt: Seq | null;
  /** Nothing through here refers to it, where `foundAt` is null. */
  readonly lookedThrough: Seq;
  /** Since when nobody knows of a reference, ms since the epoch. */
  readonly unusedSince: number;
}

/** A file beside a document: a picture, or something to download. */
export interface StoredAsset extends NewAsset, AssetLook {
  /** False while its bytes may be missing: not written yet, or about to be removed. */
  readonly isStored: boolean;
}

/** The account of a document's files. Their bytes are kept elsewhere: here stands what must not be forgotten about them. */
export class SqliteAssets {
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** In order of their ids. */
  list(): StoredAsset[] {
    return this.#driver.query("SELECT * FROM assets ORDER BY id").map(toAsset);
  }

  find(id: string): StoredAsset | null {
    const [row] = this.#driver.query("SELECT * FROM assets WHERE id = ?", id);
    return row === undefined ? null : toAsset(row);
  }

  totals(): { readonly count: number; readonly bytes: number } {
    const [row] = this.#driver.query("SELECT count(*) AS count, sum(size) AS bytes FROM assets");
    return { count: Number(row?.count ?? 0), bytes: Number(row?.bytes ?? 0) };
  }

  /**
   * Takes note of a file before its bytes are written: what is written and not noted would stay for ever.
   *
   * @param lookedThrough nothing up to here can refer to it
   * @returns rows written
   */
  add(asset: NewAsset, lookedThrough: Seq): number {
    return this.#driver.exec(
      `INSERT INTO assets (id, name, mime, size, width, height, uploaded_by, uploaded_at, is_stored, found_at,
         looked_through, unused_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, ?, ?)`,
      asset.id,
      asset.name,
      asset.mime,
      asset.size,
      asset.width,
      asset.height,
      asset.by,
      asset.uploadedAt,
      lookedThrough,
      asset.uploadedAt,
    );
  }

  /** @returns rows written: 0 when there is no such file any more */
  markStored(id: string, isStored: boolean): number {
    return this.#driver.exec("UPDATE assets SET is_stored = ? WHERE id = ?", Number(isStored), id);
  }

  /** @returns rows written */
  noteLook({ id, foundAt, lookedThrough, unusedSince }: AssetLook): number {
    return this.#driver.exec(
      "UPDATE assets SET found_at = ?, looked_through = ?, unused_since = ? WHERE id = ?",
      foundAt,
      lookedThrough,
      unusedSince,
      id,
    );
  }

  /** @returns rows written */
  remove(id: string): number {
    return this.#driver.exec("DELETE FROM assets WHERE id = ?", id);
  }
}

function toAsset(row: SqlRow): StoredAsset {
  return {
    id: row.id as string,
    name: row.name as string,
    mime: row.mime as string,
    size: row.size as number,
    width: row.width as number | null,
    height: row.height as number | null,
    by: row.uploaded_by as string,
    uploadedAt: row.uploaded_at as number,
    isStored: row.is_stored === 1,
    foundAt: row.found_at as Seq | null,
    lookedThrough: row.looked_through as Seq,
    unusedSince: row.unused_since as number,
  };
}
