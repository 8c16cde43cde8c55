/** What SQLite hands out and takes. */
export type SqlValue = null | number | string | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** The three things a store needs of SQLite. A Durable Object's database and `node:sqlite` both fit. */
export interface SqlDriver {
  /** Runs one statement that changes something; tells how many rows were written, index rows included. */
  exec(sql: string, ...params: readonly SqlValue[]): number;
  /** All rows of one query, at once: a cursor that stays open would see later writes. */
  query(sql: string, ...params: readonly SqlValue[]): readonly SqlRow[];
  /** Runs `act`; when it throws nothing of it stays. May be nested. */
  transaction<T>(act: () => T): T;
}
