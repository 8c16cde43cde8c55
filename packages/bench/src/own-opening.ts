import {
  decodeServerMessage,
  encodeMessage,
  PROTOCOL_VERSION,
  type Seq,
  SUBPROTOCOL,
} from "@palimpsest/protocol";
import WebSocket from "ws";
import * as Y from "yjs";
import type { OwnAccess } from "./target.ts";

/** Up to where a client has everything of a log. */
export interface Position {
  readonly logId: string;
  readonly seq: Seq;
}

export interface OwnOpening {
  /** From connecting until the server said that nothing is missing. The ticket is fetched before. */
  readonly ms: number;
  /** Both ways, without the WebSocket's own headers. */
  readonly bytes: number;
  /** Where the client stands now, to come back with. */
  readonly position: Position;
}

/** Newer than any: the server refuses editors that are older than its own schema. */
const SCHEMA_VERSION = 1_000_000;
const LIMIT_MS = 30_000;

/** Opens a document by the protocol of our own provider, without the provider, and leaves again. */
export async function openByOwnProtocol(
  access: OwnAccess,
  doc: Y.Doc,
  resume: Position | null,
): Promise<OwnOpening> {
  const token = await access.ticket();
  const connectedAt = performance.now();
  const socket = new WebSocket(`${access.url}/${access.documentId}?token=${token}`, SUBPROTOCOL, {
    perMessageDeflate: false,
  });
  try {
    return await greet(socket, connectedAt, doc, resume);
  } finally {
    socket.terminate();
  }
}

function greet(
  socket: WebSocket,
  connectedAt: number,
  doc: Y.Doc,
  resume: Position | null,
): Promise<OwnOpening> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`opening by our protocol: ${reason}`));
    setTimeout(() => fail(`not synced within ${LIMIT_MS} ms`), LIMIT_MS).unref();
    let bytes = 0;
    let logId = "";
    const parts: Uint8Array[] = [];
    socket.on("open", () => {
      const stateVector = Y.encodeStateVector(doc);
      const hello = {
        kind: "hello",
        protocolVersion: PROTOCOL_VERSION,
        schemaVersion: SCHEMA_VERSION,
      } as const;
      const frame = encodeMessage({ ...hello, stateVector, resume });
      bytes += frame.length;
      socket.send(frame);
    });
    socket.on("message", (data: Buffer) => {
      const at = performance.now();
      bytes += data.length;
      const decoded = decodeServerMessage(data);
      if (!decoded.ok) return fail(`an unreadable message (${decoded.reason})`);
      const { message } = decoded;
      if (message.kind === "welcome") logId = message.logId;
      else if (message.kind === "frames" || message.kind === "sync-step-2")
        Y.applyUpdate(doc, message.update);
      else if (message.kind === "part") {
        // the socket uses its buffer again
        parts.push(message.bytes.slice());
        if (message.index === message.count - 1) Y.applyUpdate(doc, Buffer.concat(parts));
      } else if (message.kind === "synced") {
        resolve({ ms: at - connectedAt, bytes, position: { logId, seq: message.seq } });
      }
    });
    socket.on("error", (error) => fail(error.message));
    socket.on("close", (code) => fail(`closed with ${code}`));
  });
}
