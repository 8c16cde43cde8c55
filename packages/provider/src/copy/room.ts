import { dispensable, forget, outdated } from "./eviction.ts";
import type { CopyHead, OfflineStore } from "./store.ts";

/** Lets copies go that nobody has opened for long; never one with changes that were not sent. */
export async function evictOutdated(store: OfflineStore, now: number): Promise<void> {
  await letGo(store, outdated(await store.list(), now));
}

/** Lets all other copies go that hold nothing unsent, whose text is on the server. False: there are none. */
export async function makeRoom(store: OfflineStore, documentId: string): Promise<boolean> {
  const heads = dispensable(await store.list(), documentId);
  await letGo(store, heads);
  return heads.length > 0;
}

async function letGo(store: OfflineStore, heads: readonly CopyHead[]): Promise<void> {
  for (const head of heads) await store.change(head.documentId, "outbox", (copy) => forget(copy, head));
}
