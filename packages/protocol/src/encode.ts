import * as encoding from "lib0/encoding";
import type { AwarenessEntry, ClientMessage, ServerMessage } from "./messages.ts";
import { MessageType, SyncType } from "./wire.ts";

/** Bytes of any message, ready for `WebSocket.send`. The grammar is in SPEC.md. */
export function encodeMessage(message: ClientMessage | ServerMessage): Uint8Array<ArrayBuffer> {
  const out = encoding.createEncoder();
  switch (message.kind) {
    case "sync-step-1":
      return sync(SyncType.step1, message.stateVector);
    case "sync-step-2":
      return sync(SyncType.step2, message.update);
    case "update":
      return sync(SyncType.update, message.update);
    case "awareness":
      encoding.writeVarUint(out, MessageType.awareness);
      encoding.writeVarUint8Array(out, encodeAwareness(message.states));
      break;
    case "query-awareness":
      encoding.writeVarUint(out, MessageType.queryAwareness);
      break;
    case "hello":
      encoding.writeVarUint(out, MessageType.hello);
      encoding.writeVarUint(out, message.protocolVersion);
      encoding.writeVarUint(out, message.schemaVersion);
      writeOptional(out, message.stateVector);
      if (message.resume === null) encoding.writeUint8(out, 0);
      else {
        encoding.writeUint8(out, 1);
        encoding.writeVarString(out, message.resume.logId);
        encoding.writeVarUint(out, message.resume.seq);
      }
      break;
    case "other-version":
      encoding.writeVarUint(out, MessageType.hello);
      encoding.writeVarUint(out, message.protocolVersion);
      break;
    case "push":
      encoding.writeVarUint(out, MessageType.push);
      encoding.writeVarUint(out, message.pushId);
      return withPayload(out, message.update);
    case "confirmed":
      encoding.writeVarUint(out, MessageType.confirmed);
      encoding.writeVarUint(out, message.token);
      break;
    case "audit":
      encoding.writeVarUint(out, MessageType.audit);
      encoding.writeVarUint(out, message.seq);
      encoding.writeUint8Array(out, message.stateVector);
      encoding.writeUint8Array(out, message.deleteSet);
      break;
    case "welcome":
      encoding.writeVarUint(out, MessageType.welcome);
      encoding.writeVarString(out, message.connectionId);
      encoding.writeVarString(out, message.logId);
      encoding.writeVarUint(out, message.head);
      encoding.writeVarString(out, message.role);
      encoding.writeVarString(out, JSON.stringify(message.user));
      encoding.writeVarUint(out, message.coalesceMs);
      writeOptional(out, message.stateVector);
      break;
    case "hello-again":
      encoding.writeVarUint(out, MessageType.helloAgain);
      break;
    case "part":
      encoding.writeVarUint(out, MessageType.part);
      encoding.writeVarUint(out, message.index);
      encoding.writeVarUint(out, message.count);
      encoding.writeVarUint(out, message.seq);
      return withPayload(out, message.bytes);
    case "frames":
      encoding.writeVarUint(out, MessageType.frames);
      encoding.writeVarUint(out, message.seq);
      return withPayload(out, message.update);
    case "synced":
      encoding.writeVarUint(out, MessageType.synced);
      encoding.writeVarUint(out, message.seq);
      break;
    case "ack":
      encoding.writeVarUint(out, MessageType.ack);
      encoding.writeVarUint(out, message.pushId);
      encoding.writeVarUint(out, message.seq);
      break;
    case "resync":
      encoding.writeVarUint(out, MessageType.resync);
      encoding.writeVarUint(out, message.pushId);
      encoding.writeVarUint8Array(out, message.stateVector);
      break;
    case "notice":
      encoding.writeVarUint(out, MessageType.notice);
      encoding.writeVarString(out, JSON.stringify(message.notice));
      break;
    case "confirm":
      encoding.writeVarUint(out, MessageType.confirm);
      encoding.writeVarUint(out, message.token);
      break;
    case "audited":
      encoding.writeVarUint(out, MessageType.audited);
      encoding.writeVarUint(out, message.seq);
      if (message.difference === null) encoding.writeUint8(out, 0);
      else {
        encoding.writeUint8(out, 1);
        encoding.writeVarUint8Array(out, message.difference.stateVector);
        encoding.writeVarUint8Array(out, message.difference.deleteSet);
      }
      break;
  }
  return encoding.toUint8Array(out) as Uint8Array<ArrayBuffer>;
}

function writeOptional(out: encoding.Encoder, bytes: Uint8Array | null): void {
  encoding.writeUint8(out, bytes === null ? 0 : 1);
  if (bytes !== null) encoding.writeVarUint8Array(out, bytes);
}

function sync(type: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, MessageType.sync);
  encoding.writeVarUint(out, type);
  return withPayload(out, payload);
}

/** A whole document may be the payload: an encoder would take its memory twice over while it hands it out. */
function withPayload(head: encoding.Encoder, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  encoding.writeVarUint(head, payload.length);
  const at = encoding.length(head);
  const bytes = new Uint8Array(at + payload.length);
  bytes.set(encoding.toUint8Array(head));
  bytes.set(payload, at);
  return bytes;
}

function encodeAwareness(states: readonly AwarenessEntry[]): Uint8Array {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, states.length);
  for (const { clientId, clock, state } of states) {
    encoding.writeVarUint(out, clientId);
    encoding.writeVarUint(out, clock);
    encoding.writeVarString(out, state);
  }
  return encoding.toUint8Array(out);
}
