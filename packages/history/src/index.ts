export {
  type CompactionPlan,
  type CompactionPolicy,
  defaultCompactionPolicy,
  isTimeToTell,
  nextAlarm,
  planCompaction,
  type Tail,
} from "./compaction.ts";
export type { AppendBatch, Author, AuthorNo, Frame, NewFrame, StoredDocument } from "./frame.ts";
export { defaultPrunePolicy, type PrunePolicy, planPrune } from "./prune.ts";
export { type Extent, planReplay, type ReplayPlan } from "./replay.ts";
export { planRollBack, type RollBackPlan } from "./roll-back.ts";
export { BEFORE_ALL, type Seq } from "./seq.ts";
export {
  type Act,
  type FrameSummary,
  groupEntries,
  SESSION_GAP_MS,
  type Session,
  startsEntry,
} from "./sessions.ts";
export { planStretch, type StretchPlan } from "./stretch.ts";
