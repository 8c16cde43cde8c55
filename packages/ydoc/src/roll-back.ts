import * as Y from "yjs";
import type { ClientId } from "./ids.ts";
import { assertWhole, materialize } from "./materialize.ts";
import { visibleText } from "./visible-content.ts";

const LATER = Symbol("everything after the target");

/**
 * The forward edit that brings an earlier state back: everything after it is applied as one change and undone, so
 * that text which both states have keeps its identity and every open editor's caret its place. It works on a
 * garbage-collected target too. What was deleted since is inserted again, as new text.
 *
 * @param target updates that build the state to bring back
 * @param later the frames after it, up to the present, in order
 * @param clientId who inserts: must be new to the document
 * @returns the update to append, or null when the present already looks like the target
 */
export function rollBack(
  target: Iterable<Uint8Array>,
  later: Iterable<Uint8Array>,
  clientId: ClientId,
): Uint8Array | null {
  const doc = materialize(target, { keepDeleted: true });
  try {
    doc.clientID = clientId;
    const wanted = visibleText(doc);
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set([LATER]), captureTimeout: 0 });
    doc.transact((transaction) => {
      for (const update of later) Y.applyUpdate(doc, update, LATER);
      // After a remote transaction Yjs deletes marks that have become superfluous, in a transaction of its own that
      // undo would not know: a mark that means something again at the target would then stay, or stay away.
      transaction.local = true;
    }, LATER);
    assertWhole(doc);
    // after a restore that was taken back the text is the same under new ids: undoing would only churn it
    if (visibleText(doc) === wanted) return null;
    let change: Uint8Array | null = null;
    doc.on("update", (update: Uint8Array) => {
      if (change !== null) throw new Error("undoing one change must be one transaction");
      change = update;
    });
    undo.undo();
    return change;
  } finally {
    doc.destroy();
  }
}
