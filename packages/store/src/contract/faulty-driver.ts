import type { SqlDriver } from "../driver.ts";

/** Thrown in place of a statement. */
export class StatementFailed extends Error {}

export interface FaultyDriver extends SqlDriver {
  /** The `nth` statement from now throws instead of running; null: none does. */
  failAt(nth: number | null): void;
  /** Whether the failure asked for last has happened. */
  readonly failed: boolean;
  /** Rows that statements said they wrote, so far. */
  readonly rowsWritten: number;
}

/** Any driver, with a statement that can be told to fail. Needs nothing of the platform, so it runs in workerd too. */
export function faulty(driver: SqlDriver): FaultyDriver {
  let left: number | null = null;
  let failed = false;
  let rowsWritten = 0;
  const step = () => {
    if (left === null || --left > 0) return;
    left = null;
    failed = true;
    throw new StatementFailed("this statement was told to fail");
  };
  return {
    exec: (sql, ...params) => {
      step();
      const rows = driver.exec(sql, ...params);
      rowsWritten += rows;
      return rows;
    },
    query: (sql, ...params) => {
      step();
      return driver.query(sql, ...params);
    },
    transaction: (act) => driver.transaction(act),
    failAt: (nth) => {
      left = nth;
      failed = false;
    },
    get failed() {
      return failed;
    },
    get rowsWritten() {
      return rowsWritten;
    },
  };
}
