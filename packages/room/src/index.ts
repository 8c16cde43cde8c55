export type { Attachment, Presence } from "./attachment.ts";
export type { Difference } from "./audit.ts";
export { catchUp, type LogReader } from "./catch-up.ts";
export { RoomHost, type RoomPorts, type RoomSockets, type RoomStore } from "./host.ts";
export type { CatchUp, EditKind, Effect, Input } from "./io.ts";
export { KnownDocument } from "./known-document.ts";
export { Room, type RoomOptions } from "./room.ts";
export { nextSweep, SILENT_MS } from "./sweep.ts";
