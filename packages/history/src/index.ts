export { type Band, bandsOf } from "./bands.ts";
export {
  type Checkpoint,
  type CheckpointPolicy,
  defaultCheckpointPolicy,
  type LogExtent,
  planCheckpoint,
  type RowEnd,
} from "./checkpoints.ts";
export {
  type CompactionPlan,
  type CompactionPolicy,
  defaultCompactionPolicy,
  isTimeToTell,
  nextAlarm,
  planCompaction,
  type Tail,
} from "./compaction.ts";
export { decodeEntries, encodeEntries } from "./entries-text.ts";
export type { AppendBatch, Author, AuthorNo, Frame, NewFrame, StoredDocument } from "./frame.ts";
export { planPrune } from "./prune.ts";
export { type Extent, planReplay, type ReplayPlan } from "./replay.ts";
export { planRollBack, type RollBackPlan } from "./roll-back.ts";
export { BEFORE_ALL, type Seq } from "./seq.ts";
export {
  type Act,
  AUTHOR_GAP_MS,
  type Entry,
  entriesOf,
  type FrameSummary,
  firstSeqOf,
  joinEntries,
  type Lost,
  lastSeqOf,
  SESSION_GAP_MS,
  type Session,
  type Share,
  startsEntry,
} from "./sessions.ts";
export { planStretch, type StretchPlan } from "./stretch.ts";
export { type Past, planThinning, type ThinningPlan } from "./thinning.ts";
