import { BEFORE_ALL, type Seq } from "@palimpsest/history";
import type { DocumentStore, NewAsset, SqliteAssets, StoredAsset } from "@palimpsest/store";
import { assetKey, removeAllOf, storedSizes } from "./asset-key.ts";
import { type CollectionPlan, planCollection } from "./collection.ts";
import { assetLimits } from "./judging.ts";
import { assetIdsIn } from "./references.ts";

export interface AssetParts {
  readonly store: DocumentStore;
  readonly assets: SqliteAssets;
  /** Undefined where the deployer binds none. */
  readonly bucket: R2Bucket | undefined;
}

export type Reserved =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: "document-full" | "not-found" };

/** Bytes of the log that one step looks through. */
const LOOK_BYTES = 4 * 1024 * 1024;
/** Files that one call copies: each is two requests of the few that a call may make. */
const ADOPTED_AT_ONCE = 8;

/**
 * The account of a document's files, in its object. What is written beside it, in the bucket, is noted here first and
 * forgotten here last: whoever is cut off in between leaves something that an alarm finds.
 */
export class DocumentAssets {
  readonly #parts: AssetParts;

  constructor(parts: AssetParts) {
    this.#parts = parts;
  }

  /**
   * Makes room for files whose bytes are about to be written. All of them or none.
   *
   * @param isReferredTo the document was there before them, as in a copy; else nobody can know of a file yet
   */
  reserve(files: readonly NewAsset[], isReferredTo: boolean): Reserved {
    const { store, assets } = this.#parts;
    const document = store.load();
    if (document === null) return { ok: false, code: "not-found" };
    const { count, bytes } = assets.totals();
    const more = files.reduce((sum, { size }) => sum + size, 0);
    if (count + files.length > assetLimits.count || bytes + more > assetLimits.bytes)
      return { ok: false, code: "document-full" };
    const lookedThrough = isReferredTo ? BEFORE_ALL : document.head;
    store.transaction(() => {
      for (const file of files) store.countRows(assets.add(file, lookedThrough));
    });
    return { ok: true };
  }

  /** The bytes are there. @returns false when the file was given up meanwhile */
  keep(id: string): boolean {
    const rows = this.#parts.assets.markStored(id, true);
    this.#parts.store.countRows(rows);
    return rows > 0;
  }

  /** The bytes are not there, and will not be. */
  drop(id: string): void {
    this.#parts.store.countRows(this.#parts.assets.remove(id));
  }

  /** Those of the files that a state refers to. */
  usedIn(state: Uint8Array): StoredAsset[] {
    const listed = this.#parts.assets.list().filter(({ isStored }) => isStored);
    if (listed.length === 0) return [];
    const used = assetIdsIn(state);
    return listed.filter(({ id }) => used.has(id));
  }

  /** How many of these are not there. */
  async countMissing(ids: ReadonlySet<string>): Promise<number> {
    const { store, bucket } = this.#parts;
    const documentId = store.load()?.documentId;
    if (ids.size === 0 || documentId === undefined) return 0;
    const sizes = bucket === undefined ? new Map<string, number>() : await storedSizes(bucket, documentId);
    return [...ids].filter((id) => !sizes.has(id)).length;
  }

  /** All that are there. */
  list(): StoredAsset[] {
    return this.#parts.assets.list().filter(({ isStored }) => isStored);
  }

  /**
   * Copies the next few of the files that were reserved from another document.
   *
   * @returns whether there are more
   */
  async adopt(from: string): Promise<boolean> {
    const { store, assets, bucket } = this.#parts;
    const to = store.load()?.documentId;
    if (bucket === undefined || to === undefined) return false;
    const waiting = assets.list().filter(({ isStored }) => !isStored);
    for (const { id } of waiting.slice(0, ADOPTED_AT_ONCE)) {
      const source = await bucket.get(assetKey(from, id));
      if (source === null) {
        this.drop(id);
        continue;
      }
      const { httpMetadata, customMetadata, body, size } = source;
      const sized = new FixedLengthStream(size);
      const [, stored] = await Promise.all([
        body.pipeTo(sized.writable),
        bucket.put(assetKey(to, id), sized.readable, {
          ...(httpMetadata === undefined ? {} : { httpMetadata }),
          ...(customMetadata === undefined ? {} : { customMetadata }),
        }),
      ]);
      if (stored === null || !this.keep(id))
        throw new Error(`a file was given up while it was copied: ${id}`);
    }
    return waiting.length > ADOPTED_AT_ONCE;
  }

  /** Everything that is kept beside the document goes. */
  async removeAll(documentId: string): Promise<void> {
    const { bucket } = this.#parts;
    if (bucket !== undefined) await removeAllOf(bucket, documentId);
  }

  /** One step of taking leave of what nothing refers to any more. @returns when the next one is due; null when none is */
  async tend(now: number): Promise<number | null> {
    const plan = this.#plan(now);
    if (plan.kind === "none") return null;
    if (plan.kind === "wait") return plan.at;
    await this.#do(plan, now);
    const next = this.#plan(now);
    if (next.kind === "none") return null;
    return next.kind === "wait" ? next.at : now;
  }

  #plan(now: number): CollectionPlan {
    const { store, assets, bucket } = this.#parts;
    if (!store.exists || bucket === undefined) return { kind: "none" };
    const listed = assets.list();
    return listed.length === 0 ? { kind: "none" } : planCollection(listed, store.stats(), now);
  }

  async #do(plan: Exclude<CollectionPlan, { kind: "none" | "wait" }>, now: number): Promise<void> {
    switch (plan.kind) {
      case "remove":
        await this.#remove(plan.ids);
        break;
      case "condemn":
        this.#change(plan.ids, ({ id }) => this.#parts.assets.markStored(id, false));
        break;
      case "look-below":
        this.#lookBelow(plan.ids, now);
        break;
      case "look":
        this.#look(plan.after, plan.ids);
    }
  }

  async #remove(ids: readonly string[]): Promise<void> {
    const { store, bucket } = this.#parts;
    const documentId = store.load()?.documentId;
    if (bucket === undefined || documentId === undefined) return;
    // forgotten only when they are gone: to remove again what is not there is no failure
    await bucket.delete(ids.map((id) => assetKey(documentId, id)));
    this.#change(ids, ({ id }) => this.#parts.assets.remove(id));
  }

  #lookBelow(ids: readonly string[], now: number): void {
    const { store, assets } = this.#parts;
    const { floor } = store.stats();
    const found = new Set<string>();
    for (const { seq } of store.snapshots())
      if (seq <= floor) for (const id of assetIdsIn(store.readSnapshot(seq, "update"))) found.add(id);
    this.#change(ids, ({ id, foundAt, unusedSince }) => {
      if (found.has(id)) return assets.noteLook({ id, foundAt: floor, lookedThrough: floor, unusedSince });
      // what referred to it until now can be taken back by somebody who has it open
      const since = foundAt === null ? unusedSince : now;
      return assets.noteLook({ id, foundAt: null, lookedThrough: floor, unusedSince: since });
    });
  }

  #look(after: Seq, ids: readonly string[]): void {
    const { store, assets } = this.#parts;
    const found = new Map<string, Seq>();
    let through = after;
    let bytes = 0;
    for (const { seq, update } of store.frames(after, store.stats().head)) {
      for (const id of assetIdsIn(update)) found.set(id, seq);
      through = seq;
      bytes += update.length;
      if (bytes > LOOK_BYTES) break;
    }
    this.#change(ids, ({ id, foundAt, lookedThrough, unusedSince }) => {
      if (lookedThrough > through) return 0;
      return assets.noteLook({ id, foundAt: found.get(id) ?? foundAt, lookedThrough: through, unusedSince });
    });
  }

  /** All of it or nothing: a look that is half noted would take leave of what was found. */
  #change(ids: readonly string[], act: (asset: StoredAsset) => number): void {
    const { store, assets } = this.#parts;
    store.transaction(() => {
      for (const id of ids) {
        const asset = assets.find(id);
        if (asset !== null) store.countRows(act(asset));
      }
    });
  }
}
