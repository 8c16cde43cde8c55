import type { Seq } from "@palimpsest/history";
import type { SqlDriver } from "./driver.ts";
import type { SqliteLog, Totals } from "./sqlite-log.ts";
import type { SqliteMeta } from "./sqlite-meta.ts";
import type { SqliteSnapshots } from "./sqlite-snapshots.ts";

interface Head {
  readonly seq: Seq;
  readonly totals: Readonly<Totals>;
}

/** Makes writes atomic, in the rows and in memory, and keeps account of what they cost. */
export class Ledger {
  readonly #driver: SqlDriver;
  readonly #log: SqliteLog;
  readonly #snapshots: SqliteSnapshots;
  readonly #meta: SqliteMeta;
  readonly #remember: () => () => void;
  /** Undefined until read. */
  #head: Head | undefined;
  /** Added to the stored total with the first write after the start. */
  #unsavedWakes = 1;
  #unsavedRows = 0;

  /** @param remember takes note of what else is in memory, and returns what brings it back when a write fails */
  constructor(
    driver: SqlDriver,
    log: SqliteLog,
    snapshots: SqliteSnapshots,
    meta: SqliteMeta,
    remember: () => () => void,
  ) {
    this.#driver = driver;
    this.#log = log;
    this.#snapshots = snapshots;
    this.#meta = meta;
    this.#remember = remember;
  }

  /** Of the newest frame. */
  get seq(): Seq {
    return this.#readHead().seq;
  }

  get rows(): number {
    return this.#readHead().totals.rows + this.#unsavedRows;
  }

  get wakes(): number {
    return this.#readHead().totals.wakes + this.#unsavedWakes;
  }

  countRows(rows: number): void {
    this.#unsavedRows += rows;
  }

  /** Where the log was found to end: when another object of this document has written, what is kept here is old. */
  foundAt(seq: Seq): void {
    if (this.#head !== undefined && this.#head.seq !== seq) this.#head = undefined;
  }

  transaction<T>(act: () => T): T {
    return this.#orAsBefore(() => this.#driver.transaction(act));
  }

  /**
   * One atomic write.
   *
   * @param isOneStatement what `act` does is a single statement
   * @param act tells the newest seq when a row that it wrote holds the totals, else null
   */
  write(isOneStatement: boolean, act: (totals: Totals, head: Seq) => Seq | null): Seq {
    const { seq, totals } = this.#readHead();
    const next: Totals = {
      rows: totals.rows + this.#unsavedRows,
      wakes: totals.wakes + this.#unsavedWakes,
    };
    const write = () => {
      const appended = act(next, seq);
      if (appended === null) this.#saveTotals(next);
      this.#head = { seq: appended ?? seq, totals: next };
      this.#unsavedWakes = 0;
      this.#unsavedRows = 0;
      return this.#head.seq;
    };
    return isOneStatement ? this.#orAsBefore(write) : this.transaction(write);
  }

  #orAsBefore<T>(act: () => T): T {
    const unsavedWakes = this.#unsavedWakes;
    const unsavedRows = this.#unsavedRows;
    const bringBack = this.#remember();
    try {
      return act();
    } catch (error) {
      // memory ahead of the rows would leave a hole in the log with the next frame: what is stored is read again
      this.#head = undefined;
      this.#log.forget();
      this.#unsavedWakes = unsavedWakes;
      this.#unsavedRows = unsavedRows;
      bringBack();
      throw error;
    }
  }

  #saveTotals(totals: Totals): void {
    const rows = this.#driver.exec(
      "UPDATE segments SET rows = ?, wakes = ? WHERE first_seq = (SELECT max(first_seq) FROM segments)",
      totals.rows + 1,
      totals.wakes,
    );
    totals.rows += rows;
    if (rows > 0) return;
    // no segment yet: what was written before the first frame counts as well
    totals.rows += 2;
    this.#meta.write("early-rows", totals.rows);
    this.#meta.write("early-wakes", totals.wakes);
  }

  #readHead(): Head {
    this.#head ??= this.#loadHead();
    return this.#head;
  }

  #loadHead(): Head {
    const { seq, totals } = this.#log.end;
    const kept = this.#snapshots.totals();
    if (seq > 0) return { seq, totals: kept.rows > totals.rows ? kept : totals };
    const rows = Number(this.#meta.read("early-rows") ?? 0);
    return { seq, totals: { rows, wakes: Number(this.#meta.read("early-wakes") ?? 0) } };
  }
}
