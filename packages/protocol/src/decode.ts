import * as decoding from "lib0/decoding";
import { DIGEST_BYTES } from "./digest.ts";
import type { ClientId, ConnectionId, Identity, Role, Seq } from "./ids.ts";
import { MAX_COALESCE_MS, PROTOCOL_VERSION } from "./limits.ts";
import type {
  AwarenessEntry,
  ClientMessage,
  Decoded,
  Notice,
  PlainMessage,
  ServerMessage,
} from "./messages.ts";
import { MessageType, SyncType } from "./wire.ts";

/** Thrown and caught inside this file only: turns a rule of the grammar into a refusal. */
class Refused extends Error {
  readonly reason: "unknown-kind" | "bad-value";
  constructor(reason: "unknown-kind" | "bad-value") {
    super(reason);
    this.reason = reason;
  }
}

/** Reads what a client sent. Never throws; never allocates more than the message's own size. */
export function decodeClientMessage(bytes: Uint8Array): Decoded<ClientMessage> {
  return decode(bytes, readClientMessage);
}

/** Reads what the server sent. Never throws. */
export function decodeServerMessage(bytes: Uint8Array): Decoded<ServerMessage> {
  return decode(bytes, readServerMessage);
}

function decode<M>(bytes: Uint8Array, read: (input: decoding.Decoder) => M): Decoded<M> {
  const input = decoding.createDecoder(bytes);
  try {
    const message = read(input);
    if (decoding.hasContent(input)) return { ok: false, reason: "trailing-bytes" };
    return { ok: true, message };
  } catch (error) {
    // lib0 throws plain Errors at the end of the buffer, on integers past 2^53 and on broken UTF-8
    return { ok: false, reason: error instanceof Refused ? error.reason : "truncated" };
  }
}

function readClientMessage(input: decoding.Decoder): ClientMessage {
  const type = readUint(input);
  switch (type) {
    case MessageType.hello: {
      const protocolVersion = readUint(input);
      if (protocolVersion !== PROTOCOL_VERSION) {
        input.pos = input.arr.length;
        return { kind: "other-version", protocolVersion };
      }
      const schemaVersion = readUint(input);
      const stateVector = readOptional(input);
      const resume = readFlag(input) ? { logId: decoding.readVarString(input), seq: readSeq(input) } : null;
      return { kind: "hello", protocolVersion, schemaVersion, stateVector, resume };
    }
    case MessageType.push:
      return { kind: "push", pushId: readUint(input), update: readBytes(input) };
    case MessageType.confirmed:
      return { kind: "confirmed", token: readUint(input) };
    case MessageType.audit:
      return {
        kind: "audit",
        seq: readSeq(input),
        stateVector: take(input, DIGEST_BYTES),
        deleteSet: take(input, DIGEST_BYTES),
      };
    default:
      return readPlainMessage(type, input);
  }
}

function readServerMessage(input: decoding.Decoder): ServerMessage {
  const type = readUint(input);
  switch (type) {
    case MessageType.welcome:
      return {
        kind: "welcome",
        connectionId: decoding.readVarString(input) as ConnectionId,
        logId: decoding.readVarString(input),
        head: readSeq(input),
        role: readRole(input),
        user: readIdentity(readJSON(input)),
        coalesceMs: readCoalesceMs(input),
        stateVector: readOptional(input),
      };
    case MessageType.helloAgain:
      return { kind: "hello-again" };
    case MessageType.part:
      return {
        kind: "part",
        index: readUint(input),
        count: readUint(input),
        seq: readSeq(input),
        bytes: readBytes(input),
      };
    case MessageType.frames:
      return { kind: "frames", seq: readSeq(input), update: readBytes(input) };
    case MessageType.synced:
      return { kind: "synced", seq: readSeq(input) };
    case MessageType.ack:
      return { kind: "ack", pushId: readUint(input), seq: readSeq(input) };
    case MessageType.resync:
      return { kind: "resync", pushId: readUint(input), stateVector: readBytes(input) };
    case MessageType.notice:
      return { kind: "notice", notice: readNotice(readJSON(input)) };
    case MessageType.confirm:
      return { kind: "confirm", token: readUint(input) };
    case MessageType.audited: {
      const seq = readSeq(input);
      const difference = readFlag(input)
        ? { stateVector: readBytes(input), deleteSet: readBytes(input) }
        : null;
      return { kind: "audited", seq, difference };
    }
    default:
      return readPlainMessage(type, input);
  }
}

function readPlainMessage(type: number, input: decoding.Decoder): PlainMessage {
  switch (type) {
    case MessageType.sync:
      return readSyncMessage(input);
    case MessageType.awareness:
      return { kind: "awareness", states: readAwareness(readBytes(input)) };
    case MessageType.queryAwareness:
      return { kind: "query-awareness" };
    default:
      throw new Refused("unknown-kind");
  }
}

function readSyncMessage(input: decoding.Decoder): PlainMessage {
  const type = readUint(input);
  switch (type) {
    case SyncType.step1:
      return { kind: "sync-step-1", stateVector: readBytes(input) };
    case SyncType.step2:
      return { kind: "sync-step-2", update: readBytes(input) };
    case SyncType.update:
      return { kind: "update", update: readBytes(input) };
    default:
      throw new Refused("unknown-kind");
  }
}

function readAwareness(bytes: Uint8Array): AwarenessEntry[] {
  const input = decoding.createDecoder(bytes);
  const count = readUint(input);
  // an entry is at least three bytes: a larger count cannot be true, and must not size an array
  if (count * 3 > bytes.length) throw new Refused("bad-value");
  const entries: AwarenessEntry[] = [];
  for (let i = 0; i < count; i++) {
    entries.push({
      clientId: readClientId(input),
      clock: readUint(input),
      state: decoding.readVarString(input),
    });
  }
  if (decoding.hasContent(input)) throw new Refused("bad-value");
  return entries;
}

/** lib0 checks the size of an integer between its bytes but not after the last one. */
function readUint(input: decoding.Decoder): number {
  const value = decoding.readVarUint(input);
  if (value > Number.MAX_SAFE_INTEGER) throw new Refused("bad-value");
  return value;
}

function readClientId(input: decoding.Decoder): ClientId {
  const id = readUint(input);
  if (id > 0xffff_ffff) throw new Refused("bad-value");
  return id as ClientId;
}

function readBytes(input: decoding.Decoder): Uint8Array {
  return take(input, readUint(input));
}

function readOptional(input: decoding.Decoder): Uint8Array | null {
  return readFlag(input) ? readBytes(input) : null;
}

function take(input: decoding.Decoder, length: number): Uint8Array {
  // lib0 would make a view past the end of the message, or throw a RangeError far from here
  if (length > input.arr.length - input.pos) throw new Error("unexpected end");
  return decoding.readUint8Array(input, length);
}

function readSeq(input: decoding.Decoder): Seq {
  return readUint(input) as Seq;
}

function readCoalesceMs(input: decoding.Decoder): number {
  const ms = readUint(input);
  if (ms > MAX_COALESCE_MS) throw new Refused("bad-value");
  return ms;
}

function readFlag(input: decoding.Decoder): boolean {
  // readUint8 yields undefined past the end instead of throwing
  if (!decoding.hasContent(input)) throw new Error("unexpected end");
  const flag = decoding.readUint8(input);
  if (flag > 1) throw new Refused("bad-value");
  return flag === 1;
}

function readRole(input: decoding.Decoder): Role {
  const role = decoding.readVarString(input);
  if (role !== "view" && role !== "edit") throw new Refused("bad-value");
  return role;
}

function readJSON(input: decoding.Decoder): Readonly<Record<string, unknown>> {
  const text = decoding.readVarString(input);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused("bad-value");
  }
  if (typeof value !== "object" || value === null) throw new Refused("bad-value");
  return value as Record<string, unknown>;
}

function readIdentity({ id, name, color }: Readonly<Record<string, unknown>>): Identity {
  if (typeof id !== "string" || typeof name !== "string" || typeof color !== "string") {
    throw new Refused("bad-value");
  }
  return { id: id as Identity["id"], name, color };
}

function readNotice(value: Readonly<Record<string, unknown>>): Notice {
  switch (value.kind) {
    case "history":
      return { kind: "history" };
    case "identity":
      if (typeof value.user !== "object" || value.user === null) throw new Refused("bad-value");
      return { kind: "identity", user: readIdentity(value.user as Record<string, unknown>) };
    default:
      throw new Refused("bad-value");
  }
}
