import type { SqlDriver, SqlRow, SqlValue } from "@palimpsest/store";

/** A Durable Object's SQLite behind the three methods that a store needs. */
export function sqlDriver(storage: DurableObjectStorage): SqlDriver {
  return {
    exec: (sql, ...params) => storage.sql.exec(sql, ...params.map(toBinding)).rowsWritten,
    query: (sql, ...params) =>
      storage.sql
        .exec(sql, ...params.map(toBinding))
        .toArray()
        .map(fromRow),
    transaction: (act) => storage.transactionSync(act),
  };
}

function toBinding(value: SqlValue): SqlStorageValue {
  if (!(value instanceof Uint8Array)) return value;
  // the binding takes buffers only: a view would be bound with all of the buffer behind it
  return value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength) as ArrayBuffer;
}

function fromRow(row: Record<string, SqlStorageValue>): SqlRow {
  const result: Record<string, SqlValue> = {};
  for (const [name, value] of Object.entries(row)) {
    result[name] = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  }
  return result;
}
