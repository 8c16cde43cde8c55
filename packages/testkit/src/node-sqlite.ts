import { DatabaseSync, type StatementSync } from "node:sqlite";

type Value = null | number | string | Uint8Array;

/** Thrown in place of a statement that was told to fail. */
export class InjectedFault extends Error {
  readonly kind: "throw" | "crash";
  constructor(kind: "throw" | "crash") {
    super(kind === "crash" ? "the process died here" : "this statement was told to fail");
    this.kind = kind;
  }
}

/**
 * `node:sqlite` as a Durable Object's database: the store's three methods, turns as the runtime commits them, and
 * faults where a test wants them. It cannot run in workerd: import it by its own path only.
 */
export class NodeSqlite {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  #depth = 0;
  #inTurn = false;
  #dead = false;
  #fault: { kind: "throw" | "crash"; left: number } | null = null;
  /** Statements run so far, queries included. */
  statements = 0;
  /** Statements run so far that could change something. */
  writes = 0;

  /** @param path a file, or nothing for a database in memory */
  constructor(path = ":memory:") {
    this.#database = new DatabaseSync(path);
  }

  exec(sql: string, ...params: readonly Value[]): number {
    this.#step();
    this.writes++;
    return Number(this.#statement(sql).run(...params).changes);
  }

  query(sql: string, ...params: readonly Value[]): readonly Readonly<Record<string, Value>>[] {
    this.#step();
    return this.#statement(sql).all(...params) as Record<string, Value>[];
  }

  transaction<T>(act: () => T): T {
    const name = `nested${this.#depth++}`;
    this.#database.exec(`SAVEPOINT ${name}`);
    try {
      const result = act();
      this.#database.exec(`RELEASE ${name}`);
      return result;
    } catch (error) {
      this.#database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /**
   * One synchronous turn of the object. As on the platform, a throw is no rollback: what was written outside of a
   * failed transaction stays. A crash takes the whole turn with it.
   */
  turn<T>(act: () => T): T {
    if (this.#inTurn) throw new Error("a turn cannot contain a turn");
    this.#inTurn = true;
    this.#database.exec("BEGIN");
    try {
      return act();
    } finally {
      this.#database.exec(this.#dead ? "ROLLBACK" : "COMMIT");
      this.#inTurn = false;
      this.#dead = false;
    }
  }

  /** The `nth` statement from now throws, once, without having run; null takes it back. */
  failAt(nth: number | null): void {
    this.#fault = nth === null ? null : { kind: "throw", left: nth };
  }

  /** The process dies in place of the `nth` statement from now: it and all that follow in its turn throw. */
  crashAt(nth: number | null): void {
    this.#fault = nth === null ? null : { kind: "crash", left: nth };
  }

  /** The process dies now: the turn that is going on will leave nothing. */
  crash(): never {
    this.#dead = true;
    throw new InjectedFault("crash");
  }

  close(): void {
    this.#database.close();
  }

  #step(): void {
    if (this.#dead) throw new InjectedFault("crash");
    this.statements++;
    if (this.#fault === null || --this.#fault.left > 0) return;
    const { kind } = this.#fault;
    this.#fault = null;
    this.#dead = kind === "crash";
    throw new InjectedFault(kind);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
