import type { Seq } from "@palimpsest/history";
import { CHAIN_START } from "./chain.ts";
import type { SqlDriver } from "./driver.ts";

/** Where the log begins. */
export interface Floor {
  /** The oldest position that can be read, but for pinned snapshots; 0 while nothing was dropped. */
  readonly seq: Seq;
  /** The first frame that is there: rows are dropped whole, so there may be some at or before the floor. */
  readonly firstSeq: Seq;
  /** The link of the segment before that. */
  readonly link: Uint8Array;
}

const KEY = { seq: "floor", firstSeq: "floor-first-seq", link: "floor-link" } as const;

export function readFloor(driver: SqlDriver): Floor {
  const rows = driver.query(
    "SELECT key, value FROM meta WHERE key IN (?, ?, ?)",
    KEY.seq,
    KEY.firstSeq,
    KEY.link,
  );
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  return {
    seq: Number(values.get(KEY.seq) ?? 0) as Seq,
    firstSeq: Number(values.get(KEY.firstSeq) ?? 1) as Seq,
    link: (values.get(KEY.link) ?? CHAIN_START) as Uint8Array,
  };
}

/** @returns rows written */
export function writeFloor(driver: SqlDriver, floor: Floor): number {
  let rows = 0;
  for (const part of ["seq", "firstSeq", "link"] as const) {
    rows += driver.exec(
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      KEY[part],
      floor[part],
    );
  }
  return rows;
}
