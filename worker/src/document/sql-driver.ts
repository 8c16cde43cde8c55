import type { SqlDriver, SqlRow, SqlValue } from "@palimpsest/store";

/** A Durable Object's SQLite behind the three methods that a store needs. */
export function sqlDriver(storage: DurableObjectStorage): SqlDriver {
  return {
    exec: (sql, ...params) => storage.sql.exec(sql, ...params).rowsWritten,
    query: (sql, ...params) =>
      storage.sql
        .exec(sql, ...params)
        .toArray()
        .map(fromRow),
    transaction: (act) => storage.transactionSync(act),
  };
}

function fromRow(row: Record<string, SqlStorageValue>): SqlRow {
  const result: Record<string, SqlValue> = {};
  for (const [name, value] of Object.entries(row)) {
    result[name] = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  }
  return result;
}
