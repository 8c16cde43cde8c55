import { planRollBack, type Seq } from "@palimpsest/history";
import type { ClientId } from "@palimpsest/protocol";
import type { DocumentStore } from "@palimpsest/store";
import { rollBack } from "@palimpsest/ydoc";
import { extentOf, updatesAt, updatesBetween } from "./moment.ts";

/**
 * The forward edit that brings the state at `target` back, or null when the present already looks like it.
 *
 * @param target a resolved moment
 * @param clientId new to the document
 */
export function restoreUpdate(target: Seq, clientId: ClientId, store: DocumentStore): Uint8Array | null {
  const plan = planRollBack(target, extentOf(store));
  switch (plan.kind) {
    case "nothing":
      return null;
    case "roll-back":
      return rollBack(updatesAt(plan.target, store), updatesBetween(plan.target, plan.head, store), clientId);
    case "before-floor":
    case "beyond-head":
      throw new Error(`a moment was not resolved before it was restored: ${plan.kind}`);
  }
}
