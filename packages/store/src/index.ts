export { CHAIN_START, linkOf } from "./chain.ts";
export type { Condense } from "./condensed.ts";
export { crc32 } from "./crc32.ts";
export { Damage } from "./damage.ts";
export {
  type DocumentStore,
  type FrameHead,
  MAX_ROW_BYTES,
  type NewSnapshot,
  type RestoreFacts,
  type RestoreHow,
  type RowSummary,
  type SnapshotInfo,
  type SnapshotSection,
  type StoredRestore,
  type StoreStats,
  type Version,
} from "./document-store.ts";
export type { SqlDriver, SqlRow, SqlValue } from "./driver.ts";
export { decodeSegment, encodeFrames } from "./segment.ts";
export { type Link, rowChecksum } from "./segment-rows.ts";
export { type AssetLook, type NewAsset, SqliteAssets, type StoredAsset } from "./sqlite-assets.ts";
export type { LogSizes, Summarise } from "./sqlite-log.ts";
export { SqliteStore, type StoreOptions } from "./sqlite-store.ts";
export type { Bad, BadReason, Verification, VerifyOptions } from "./verify.ts";
