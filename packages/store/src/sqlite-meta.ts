import type { SqlDriver, SqlValue } from "./driver.ts";

/** Small facts, each under its key. */
export class SqliteMeta {
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** Undefined where nothing was written. */
  read(key: string): SqlValue | undefined {
    return this.#driver.query("SELECT value FROM meta WHERE key = ?", key)[0]?.value;
  }

  /** @returns rows written */
  write(key: string, value: string | number | Uint8Array): number {
    return this.#driver.exec(
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }
}
