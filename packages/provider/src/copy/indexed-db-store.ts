import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type {
  Aside,
  CopyChange,
  CopyHead,
  CopyRow,
  Decision,
  ListedCopy,
  OfflineStore,
  OutboxEntry,
  Reads,
  StoredCopy,
} from "./store.ts";

const VERSION = 1;
const STORES = ["heads", "rows", "outbox", "asides"] as const;

interface Schema extends DBSchema {
  heads: { key: string; value: CopyHead };
  rows: { key: [string, number]; value: CopyRow & { readonly documentId: string } };
  outbox: { key: [string, string, number]; value: OutboxEntry & { readonly documentId: string } };
  asides: { key: string; value: Aside };
}

type Change = IDBPTransaction<Schema, typeof STORES, "readwrite">;

/** Copies in the browser's IndexedDB: one database for all documents, so that old copies are found and can make room. */
export class IndexedDbStore implements OfflineStore {
  readonly #name: string;
  #database: Promise<IDBPDatabase<Schema>> | null = null;

  /** `name` is the database's, the same in all tabs. Nothing is opened before something is asked for. */
  constructor(name: string) {
    this.#name = name;
  }

  async change<T>(documentId: string, reads: Reads, decide: (copy: StoredCopy) => Decision<T>): Promise<T> {
    const transaction = await this.#begin();
    // a transaction that fails fails twice: here, and in the request that made it fail
    const done = transaction.done.then(
      () => null,
      (error: unknown) => ({ error }),
    );
    let result: T;
    try {
      const decision = decide(await read(transaction, documentId, reads));
      result = decision.result;
      if (decision.change !== null) write(transaction, documentId, decision.change);
      // a page that ends now does not take with it what was asked for
      transaction.commit();
    } catch (error) {
      abort(transaction);
      const failed = await done;
      // "aborted" says less than why
      throw failed !== null && isAbort(error) ? failed.error : error;
    }
    const failed = await done;
    if (failed !== null) throw failed.error;
    return result;
  }

  async list(): Promise<readonly ListedCopy[]> {
    const transaction = (await this.#open()).transaction(["heads", "outbox"]);
    const [heads, keys] = await Promise.all([
      transaction.objectStore("heads").getAll(),
      transaction.objectStore("outbox").getAllKeys(),
    ]);
    await transaction.done;
    const unsent = new Set(keys.map(([documentId]) => documentId));
    return heads.map((head) => ({ head, hasUnsent: unsent.has(head.documentId) }));
  }

  async asides(documentId: string): Promise<readonly Aside[]> {
    const database = await this.#open();
    return (await database.getAll("asides")).filter((aside) => aside.documentId === documentId);
  }

  async discardAside(id: string): Promise<void> {
    await (await this.#open()).delete("asides", id);
  }

  async #begin(): Promise<Change> {
    const start = (database: IDBPDatabase<Schema>) =>
      database.transaction(STORES, "readwrite", { durability: "relaxed" });
    try {
      return start(await this.#open());
    } catch (error) {
      // a connection that the browser closed (its storage was cleared, say) is no use any more; another one may be
      if (this.#database === null || !(error instanceof Error) || error.name !== "InvalidStateError")
        throw error;
      this.#database = null;
      return start(await this.#open());
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= this.#connect().catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  async #connect(): Promise<IDBPDatabase<Schema>> {
    // a browser that keeps nothing for a page may have none, or throw at the look at it
    if (globalThis.indexedDB === undefined) throw new Error("this browser has no IndexedDB");
    return openDB<Schema>(this.#name, VERSION, {
      upgrade(database) {
        database.createObjectStore("heads", { keyPath: "documentId" });
        database.createObjectStore("rows", { keyPath: ["documentId", "row"] });
        database.createObjectStore("outbox", { keyPath: ["documentId", "tab", "first"] });
        database.createObjectStore("asides", { keyPath: "id" });
      },
      // a newer editor in another tab waits for this connection to go
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        this.#database = null;
      },
      terminated: () => {
        this.#database = null;
      },
    });
  }
}

/** Everything whose key begins with these parts: an array sorts after every string and number. */
function within(...prefix: (string | number)[]): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}

async function read(transaction: Change, documentId: string, reads: Reads): Promise<StoredCopy> {
  const [head, rows, outbox] = await Promise.all([
    transaction.objectStore("heads").get(documentId),
    reads === "all" ? transaction.objectStore("rows").getAll(within(documentId)) : [],
    reads === "head" ? [] : transaction.objectStore("outbox").getAll(within(documentId)),
  ]);
  return head === undefined ? { head: null, rows: [], outbox: [] } : { head, rows, outbox };
}

/** Only asks for it: what becomes of it the end of the transaction says. */
function write(transaction: Change, documentId: string, change: CopyChange): void {
  const heads = transaction.objectStore("heads");
  const rows = transaction.objectStore("rows");
  const outbox = transaction.objectStore("outbox");
  const ask = (request: Promise<unknown>) => {
    request.catch(() => undefined);
  };
  if (change.removesAll === true) {
    ask(heads.delete(documentId));
    ask(rows.delete(within(documentId)));
    ask(outbox.delete(within(documentId)));
  }
  const { removesRowsThrough: through } = change;
  if (through !== undefined) ask(rows.delete(IDBKeyRange.bound([documentId], [documentId, through])));
  for (const tab of change.removesOutboxes ?? []) ask(outbox.delete(within(documentId, tab)));
  for (const { tab, first, last } of change.removesEntries ?? [])
    ask(outbox.delete(IDBKeyRange.bound([documentId, tab, first], [documentId, tab, last])));
  for (const row of change.rows ?? []) ask(rows.put({ documentId, ...row }));
  for (const entry of change.outbox ?? []) ask(outbox.put({ documentId, ...entry }));
  if (change.aside !== undefined) ask(transaction.objectStore("asides").put(change.aside));
  if (change.head !== undefined) ask(heads.put(change.head));
}

function abort(transaction: Change): void {
  try {
    transaction.abort();
  } catch (error) {
    // it has ended already: by itself
    if (!(error instanceof Error) || error.name !== "InvalidStateError") throw error;
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
