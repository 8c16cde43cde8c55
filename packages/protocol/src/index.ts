export { type AfterClose, type CloseCode, closeCodes, closeMeaning, type Remedy } from "./close-codes.ts";
export { decodeClientMessage, decodeServerMessage } from "./decode.ts";
export { digest, isSameDigest } from "./digest.ts";
export { encodeMessage } from "./encode.ts";
export type { ClientId, ConnectionId, Identity, Role, Seq, UserId } from "./ids.ts";
export {
  COALESCE_MS,
  limits,
  MAX_COALESCE_MS,
  PROTOCOL_VERSION,
  SUBPROTOCOL,
  SUBPROTOCOL_PREFIX,
} from "./limits.ts";
export type {
  AwarenessEntry,
  ClientMessage,
  Decoded,
  Notice,
  PlainMessage,
  ServerCopy,
  ServerMessage,
} from "./messages.ts";
export { MessageType, SyncType } from "./wire.ts";
