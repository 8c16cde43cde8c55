import type * as Y from "yjs";
import type { ClientId } from "./ids.ts";
import { materialize } from "./materialize.ts";

/**
 * The update that `act` makes on a document, for edits that come from the server.
 *
 * @param updates build the present, in order
 * @param clientId who edits: must be new to the document
 * @returns null when `act` changed nothing
 */
export function changeDocument(
  updates: Iterable<Uint8Array>,
  clientId: ClientId,
  act: (doc: Y.Doc) => void,
): Uint8Array | null {
  const doc = materialize(updates);
  doc.clientID = clientId;
  let change: Uint8Array | null = null;
  doc.on("update", (update: Uint8Array) => {
    change = update;
  });
  doc.transact(() => act(doc));
  doc.destroy();
  return change;
}
