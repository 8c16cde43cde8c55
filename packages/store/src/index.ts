export { Damage } from "./damage.ts";
export {
  type DocumentStore,
  type FrameHead,
  MAX_ROW_BYTES,
  type NewSnapshot,
  type RestoreFacts,
  type RestoreHow,
  type SnapshotInfo,
  type SnapshotSection,
  type StoredRestore,
  type StoreStats,
  type Version,
} from "./document-store.ts";
export type { SqlDriver, SqlRow, SqlValue } from "./driver.ts";
export { decodeSegment, encodeFrames } from "./segment.ts";
export type { LogSizes } from "./sqlite-log.ts";
export { SqliteStore } from "./sqlite-store.ts";
