export { type Admission, type Admitted, admit, type KnownState } from "./admit.ts";
export { type Anchor, type AnchorPlace, type AnchorPosition, makeAnchor, resolveAnchors } from "./anchors.ts";
export { changeDocument } from "./change-document.ts";
export { type CompactState, compact } from "./compact.ts";
export { compactWithoutDocument } from "./compact-without-document.ts";
export { compare } from "./compare.ts";
export type {
  Change,
  ChangeKind,
  Compared,
  ComparedElement,
  ComparedText,
  Comparison,
  Share,
} from "./compared.ts";
export { condense } from "./condense.ts";
export {
  type Credit,
  type Credited,
  type CreditedElement,
  type CreditedText,
  type CreditSource,
  creditOf,
} from "./credit.ts";
export { DeleteSet } from "./delete-set.ts";
export { type DocumentBudget, defaultDocumentBudget, withinBudget } from "./document-budget.ts";
export { lackedBy, updateFor } from "./for-reader.ts";
export { gleanText } from "./glean-text.ts";
export type { ClientId, IdRange } from "./ids.ts";
export { joinUpdates } from "./join.ts";
export { materialize } from "./materialize.ts";
export { measure, type UpdateSize } from "./measure.ts";
export { EMPTY_UPDATE, mergeUpdates } from "./merge.ts";
export { type Move, Moved } from "./moves.ts";
export { decodeMoves, encodeMoves } from "./moves-codec.ts";
export type { Outline } from "./outline.ts";
export { blocksReversal, type Place, passageReversal, selectionReversal } from "./part-reversal.ts";
export { projectRoot } from "./project-root.ts";
export { refersTo } from "./refers-to.ts";
export type { RefusalReason } from "./refusal.ts";
export { type Reversal, type Reverted, type RevertOptions, revert } from "./revert.ts";
export { rollBack } from "./roll-back.ts";
export { sameState } from "./same-state.ts";
export { covers, decodeStateVector, encodeStateVector, type StateVector } from "./state-vector.ts";
export { decodeDeleteSet, deleteSetOf, stateVectorOf } from "./stored-update.ts";
export { type Stranded, type StrandedQuery, strandedIn } from "./stranded.ts";
export { personReversal, type StretchFrame, takeBackFrame } from "./take-back.ts";
export { type TimedUpdate, Timeline } from "./timeline.ts";
export { defaultUpdateLimits, type UpdateLimits } from "./update-limits.ts";
export { type Strands, Weave } from "./weave.ts";
export { withoutDeleted } from "./without-deleted.ts";
export type { Id, Valued, Values, Woven, WovenElement, WovenText } from "./woven.ts";
