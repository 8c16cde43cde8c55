import { planRollBack, type Seq } from "@palimpsest/history";
import type { ClientId } from "@palimpsest/protocol";
import { replaceDocument, yDocTitle, yDocToJSON } from "@palimpsest/schema";
import type { DocumentStore } from "@palimpsest/store";
import {
  changeDocument,
  condense,
  materialize,
  type Reverted,
  rollBack,
  withinBudget,
} from "@palimpsest/ydoc";
import { extentOf, updatesAt, updatesBetween } from "./moment.ts";

export type Restoring =
  /** The present already looks like the target. */
  | { readonly kind: "nothing" }
  /** The edit to append. */
  | { readonly kind: "edit"; readonly reverted: Reverted }
  /** Target and present would not fit the isolate as a `Y.Doc`. */
  | { readonly kind: "too-large" };

/**
 * The forward edit that brings the state at `target` back.
 *
 * @param target a resolved moment
 * @param clientId new to the document
 */
export function planRestore(target: Seq, clientId: ClientId, store: DocumentStore): Restoring {
  const plan = planRollBack(target, extentOf(store));
  switch (plan.kind) {
    case "nothing":
      return { kind: "nothing" };
    case "roll-back":
      return editBack(updatesAt(plan.target, store), updatesBetween(plan.target, plan.head, store), clientId);
    case "before-floor":
      return editTo(updatesAt(target, store), updatesAt(extentOf(store).head, store), clientId);
    case "beyond-head":
      throw new Error(`a moment was not resolved before it was restored: ${plan.kind}`);
  }
}

function editBack(
  before: readonly Uint8Array[],
  later: readonly Uint8Array[],
  clientId: ClientId,
): Restoring {
  const all = [...before, ...later];
  const fitting = withinBudget(all);
  if (fitting === null) return { kind: "too-large" };
  const fitsAsItIs = fitting === all;
  const reverted = rollBack(
    fitsAsItIs ? before : [condense(before)],
    fitsAsItIs ? later : [condense(later)],
    clientId,
  );
  return reverted === null ? { kind: "nothing" } : { kind: "edit", reverted };
}

/**
 * Of a version below the floor only the state is left: what became of it is not known, so the present is changed into
 * what it said. Blocks that say the same keep their identity; where a position went that pointed into others, nobody knows.
 */
function editTo(then: readonly Uint8Array[], now: readonly Uint8Array[], clientId: ClientId): Restoring {
  const [before, present] = [withinBudget(then), withinBudget(now)];
  if (before === null || present === null) return { kind: "too-large" };
  const doc = materialize(before);
  try {
    const [json, title] = [yDocToJSON(doc), yDocTitle(doc)];
    const update = changeDocument(present, clientId, (changed) => replaceDocument(changed, json, title));
    return update === null ? { kind: "nothing" } : { kind: "edit", reverted: { update, moves: [] } };
  } finally {
    doc.destroy();
  }
}
