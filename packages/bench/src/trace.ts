import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as Y from "yjs";
import { addParagraph } from "./page.ts";
import { benchDir } from "./places.ts";

/** The file's form: each transaction has patches of `[position, deleted, inserted]`. */
interface TraceFile {
  readonly startContent: string;
  readonly endContent: string;
  readonly txns: readonly { readonly patches: readonly (readonly [number, number, string])[] }[];
}

/** A recorded document as what a Yjs client would have sent while it was written. */
export interface Trace {
  /** Makes the paragraph that holds everything. */
  readonly opening: Uint8Array;
  /** One update for each edit. */
  readonly updates: readonly Uint8Array[];
  /** The whole document at the end, as one update. */
  readonly state: Uint8Array;
  /** The only Yjs client in it, and its clock at the end. */
  readonly clientId: number;
  readonly end: number;
}

/** The same for every target, so that all receive the same bytes. */
const CLIENT_ID = 1;

/** The first `edits` edits of the trace in `data`. */
export function loadTrace(edits: number): Trace {
  const path = join(benchDir, "data/automerge-paper.json.gz");
  return replay(JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")), edits);
}

/** @throws Error when replaying all edits does not lead to the recorded end */
export function replay(file: TraceFile, edits: number): Trace {
  const doc = new Y.Doc();
  doc.clientID = CLIENT_ID;
  const updates: Uint8Array[] = [];
  const text = addParagraph(doc);
  const opening = Y.encodeStateAsUpdate(doc);
  doc.on("update", (update: Uint8Array) => updates.push(update));
  if (file.startContent !== "") text.insert(0, file.startContent);
  const patches = file.txns.flatMap((transaction) => transaction.patches);
  for (const [position, deleted, inserted] of patches.slice(0, edits)) {
    doc.transact(() => {
      if (deleted > 0) text.delete(position, deleted);
      if (inserted !== "") text.insert(position, inserted);
    });
  }
  if (edits >= patches.length && text.toString() !== file.endContent) {
    throw new Error("replaying the trace does not lead to its recorded end");
  }
  const end = Y.getState(doc.store, CLIENT_ID);
  return { opening, updates, state: Y.encodeStateAsUpdate(doc), clientId: CLIENT_ID, end };
}
