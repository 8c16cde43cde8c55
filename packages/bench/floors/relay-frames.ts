import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

/** What a floor does with a frame: the least that lets Yjs clients meet. */
export type Relayed =
  /** "What do I lack?": the asker alone gets everything that is kept. */
  | { readonly kind: "question" }
  /** A change: kept, then passed on. */
  | { readonly kind: "update"; readonly update: Uint8Array }
  /** A change without content, as a client without news answers the server's question. */
  | { readonly kind: "nothing" }
  /** Presence and whatever else there is: passed on as it is. */
  | { readonly kind: "other" };

/** An update without structs and without deletions is these two zeros. */
const EMPTY_UPDATE_BYTES = 2;

export function readFrame(frame: Uint8Array): Relayed {
  if (frame[0] !== 0) return { kind: "other" };
  if (frame[1] === 0) return { kind: "question" };
  const input = decoding.createDecoder(frame.subarray(2));
  const update = decoding.readVarUint8Array(input);
  return update.length <= EMPTY_UPDATE_BYTES ? { kind: "nothing" } : { kind: "update", update };
}

function syncFrame(type: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, 0);
  encoding.writeVarUint(out, type);
  encoding.writeVarUint8Array(out, body);
  return encoding.toUint8Array(out) as Uint8Array<ArrayBuffer>;
}

/** The server's own question at the start of a connection: it has nothing, so it lacks everything. */
export function openingFrame(): Uint8Array<ArrayBuffer> {
  return syncFrame(0, Y.encodeStateVector(new Y.Doc()));
}

/** Everything in `updates` as the answer to a client's question. */
export function answerFrame(updates: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  return syncFrame(1, Y.encodeStateAsUpdate(doc));
}
