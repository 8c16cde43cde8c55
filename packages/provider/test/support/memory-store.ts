import type { Aside, CopyChange, Decision, OfflineStore, StoredCopy } from "../../src/index.ts";

type Row = StoredCopy["rows"][number];
type Entry = StoredCopy["outbox"][number];

interface Shelf {
  head: StoredCopy["head"];
  readonly rows: Map<number, Row>;
  readonly outbox: Map<string, Entry>;
}

/** What happens to a transaction. "lost": it is done, and nobody hears of it. */
export type Fault = "fails" | "full" | "lost" | null;

/** The disk of one browser. It outlives the tabs, each of which sees it through a store of its own. */
export class MemoryDisk {
  readonly shelves = new Map<string, Shelf>();
  readonly aside = new Map<string, Aside>();
  transactions = 0;
  /** Asked before each transaction that writes. */
  fault: () => Fault = () => null;
  /** Bytes that fit; what would exceed them is refused. */
  capacity = Number.POSITIVE_INFINITY;

  open(): MemoryStore {
    return new MemoryStore(this);
  }

  get bytes(): number {
    let bytes = 0;
    for (const { rows, outbox } of this.shelves.values())
      for (const { update } of [...rows.values(), ...outbox.values()]) bytes += update.length;
    return bytes;
  }

  shelf(documentId: string): Shelf {
    return this.shelves.get(documentId) ?? { head: null, rows: new Map(), outbox: new Map() };
  }

  put(documentId: string, change: CopyChange): void {
    const before = this.shelf(documentId);
    const rows = new Map(change.removesAll === true ? [] : before.rows);
    const outbox = new Map(change.removesAll === true ? [] : before.outbox);
    const { removesRowsThrough: through = -1 } = change;
    for (const row of rows.keys()) if (row <= through) rows.delete(row);
    for (const [key, { tab, first }] of outbox) {
      const within = (range: { tab: string; first: number; last: number }) =>
        range.tab === tab && range.first <= first && first <= range.last;
      if (change.removesOutboxes?.includes(tab) || change.removesEntries?.some(within)) outbox.delete(key);
    }
    for (const row of change.rows ?? []) rows.set(row.row, structuredClone(row));
    for (const entry of change.outbox ?? [])
      outbox.set(`${entry.tab} ${entry.first}`, structuredClone(entry));
    const head = change.head ?? (change.removesAll === true ? null : before.head);
    this.shelves.set(documentId, { head, rows, outbox });
    if (this.bytes > this.capacity) {
      this.shelves.set(documentId, before);
      throw new DOMException("no room", "QuotaExceededError");
    }
    if (change.aside !== undefined) this.aside.set(change.aside.id, structuredClone(change.aside));
  }
}

/** One tab's access to the disk. */
class MemoryStore implements OfflineStore {
  readonly #disk: MemoryDisk;
  #isDead = false;

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
  }

  /** The tab is gone: what it asked for and was not done yet is not done, and nobody is told anything. */
  crash(): void {
    this.#isDead = true;
  }

  async change<T>(
    documentId: string,
    reads: "head" | "outbox" | "all",
    decide: (copy: StoredCopy) => Decision<T>,
  ): Promise<T> {
    await this.#turn();
    const disk = this.#disk;
    const { head, rows, outbox } = disk.shelf(documentId);
    const byKey = (a: Entry, b: Entry) => (a.tab < b.tab ? -1 : a.tab > b.tab ? 1 : a.first - b.first);
    const { result, change } = decide({
      head,
      rows: head === null || reads !== "all" ? [] : [...rows.values()].sort((a, b) => a.row - b.row),
      outbox: head === null || reads === "head" ? [] : [...outbox.values()].sort(byKey),
    });
    if (change === null) return result;
    disk.transactions++;
    const fault = disk.fault();
    if (fault === "fails") throw new Error("the disk failed");
    if (fault === "full") throw new DOMException("no room", "QuotaExceededError");
    disk.put(documentId, change);
    if (fault === "lost") throw new Error("the answer was lost");
    await this.#turn();
    return result;
  }

  async list() {
    await this.#turn();
    return [...this.#disk.shelves.values()].flatMap(({ head, outbox }) =>
      head === null ? [] : [{ head, hasUnsent: outbox.size > 0 }],
    );
  }

  async asides(documentId: string): Promise<readonly Aside[]> {
    await this.#turn();
    return [...this.#disk.aside.values()].filter((aside) => aside.documentId === documentId);
  }

  async discardAside(id: string): Promise<void> {
    await this.#turn();
    this.#disk.aside.delete(id);
  }

  async #turn(): Promise<void> {
    if (this.#isDead) await new Promise(() => undefined);
    await Promise.resolve();
    if (this.#isDead) await new Promise(() => undefined);
  }
}

export type { MemoryStore };
