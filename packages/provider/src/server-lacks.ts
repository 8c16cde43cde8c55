import * as Y from "yjs";

/**
 * What the server lacks of `doc`, as one update; null when it has everything. For the first sync with a log, when
 * nobody knows which part of the document came from where (an offline copy, edits before connecting).
 *
 * `stateVector` is the server's at its welcome; `received` is everything it sent since, already applied to `doc`.
 * Must be called after the whole sync: it relies on the server's answer to a client without a position carrying
 * the server's complete delete set, since equal state vectors do not mean equal deletions. If the answer carries
 * less, the result is an unnecessary push, never a missing one.
 *
 * `deletes` says whether deletions alone may be somebody's here: Yjs also deletes what it receives inside something
 * deleted, and what follows from others' deletions needs nobody to tell it.
 */
export function serverLacks(
  doc: Y.Doc,
  stateVector: Uint8Array,
  received: readonly Uint8Array[],
  deletes: boolean,
): Uint8Array | null {
  const server = Y.decodeStateVector(stateVector);
  for (const update of received) {
    // others typed after the welcome: pushing their text back would make us its author
    for (const [client, end] of Y.parseUpdateMeta(update).to) {
      server.set(client, Math.max(end, server.get(client) ?? 0));
    }
  }
  const known = Y.encodeStateVector(server);
  if (!hasMore(doc, known) && !(deletes && deletedMore(doc, received))) return null;
  return encodeSince(doc, known);
}

/**
 * Everything that the owner of `stateVector` lacks, but for what waits here for something that never came: no server takes
 * it, and with it nothing else that is pushed.
 */
export function encodeSince(doc: Y.Doc, stateVector: Uint8Array): Uint8Array {
  const { store } = doc;
  const { pendingStructs, pendingDs } = store;
  store.pendingStructs = null;
  store.pendingDs = null;
  try {
    return Y.encodeStateAsUpdate(doc, stateVector);
  } finally {
    store.pendingStructs = pendingStructs;
    store.pendingDs = pendingDs;
  }
}

/** Whether `doc` lacks something of `stateVector`: after a sync, the sign of a hole in what was received. */
export function isBehind(doc: Y.Doc, stateVector: Uint8Array): boolean {
  const has = Y.decodeStateVector(Y.encodeStateVector(doc));
  return [...Y.decodeStateVector(stateVector)].some(([client, clock]) => clock > (has.get(client) ?? 0));
}

/** Whether `doc` has something that `stateVector` lacks. */
export function hasMore(doc: Y.Doc, stateVector: Uint8Array): boolean {
  const server = Y.decodeStateVector(stateVector);
  return [...doc.store.clients.keys()].some(
    (client) => Y.getState(doc.store, client) > (server.get(client) ?? 0),
  );
}

function deletedMore(doc: Y.Doc, received: readonly Uint8Array[]): boolean {
  const deletedHere = lengthOf(Y.createDeleteSetFromStructStore(doc.store));
  if (deletedHere === 0) return false;
  // all of the server's deletions were applied, so ours are a superset and comparing the lengths is exact
  const theirs = Y.mergeDeleteSets(received.map((update) => Y.decodeUpdate(update).ds));
  return deletedHere > lengthOf(theirs);
}

interface Deletions {
  readonly clients: ReadonlyMap<number, readonly { readonly len: number }[]>;
}

/** How much is deleted. Of two sets, of which one holds the other, it tells whether they are the same. */
export function lengthOf({ clients }: Deletions): number {
  let length = 0;
  for (const ranges of clients.values()) for (const { len } of ranges) length += len;
  return length;
}
