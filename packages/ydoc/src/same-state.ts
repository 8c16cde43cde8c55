import * as Y from "yjs";
import { withinBudget } from "./document-budget.ts";
import { joinUpdates } from "./join.ts";
import { materialize } from "./materialize.ts";
import { sameBytes, sameContent } from "./same-content.ts";
import { encodeStateVector } from "./state-vector.ts";
import { deleteSetOf, stateVectorOf } from "./stored-update.ts";

/**
 * Whether a stored state is what the changes give that it stands for: the same living content under the same ids in the
 * same order, the same clocks, the same deletions.
 *
 * Of documents that are too large to be built only the clocks are compared, and that nothing is alive in the state that
 * the changes delete.
 *
 * @param state one update
 * @param changes in order
 * @throws Error when one of them has a gap
 */
export function sameState(state: Uint8Array, changes: readonly Uint8Array[]): boolean {
  const fitting = withinBudget(changes);
  const isSmall = fitting !== null && withinBudget([state]) !== null;
  return isSmall ? sameDocument(state, fitting) : sameExtent(state, joinUpdates(changes));
}

function sameDocument(state: Uint8Array, changes: readonly Uint8Array[]): boolean {
  const [one, other] = [materialize([state]), materialize(changes)];
  try {
    const [a, b] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(other)];
    return (
      sameBytes(Y.encodeStateVector(one), Y.encodeStateVector(other)) &&
      sameBytes(deleteSetOf(a).encode(), deleteSetOf(b).encode()) &&
      sameContent(one, other)
    );
  } finally {
    one.destroy();
    other.destroy();
  }
}

function sameExtent(state: Uint8Array, changes: Uint8Array): boolean {
  const [one, other] = [stateVectorOf(state), stateVectorOf(changes)];
  if (!sameBytes(encodeStateVector(one), encodeStateVector(other))) return false;
  const deleted = deleteSetOf(state);
  for (const range of deleteSetOf(changes)) if (deleted.missing(range).length > 0) return false;
  return true;
}
