import { Provider } from "@palimpsest/provider";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { newClient } from "./connecting.ts";
import type { OwnAccess, RunningServer } from "./target.ts";
import { until } from "./waiting.ts";

/** Somebody at an editor: a document and the connection that an application would give it. */
export interface Typist {
  readonly doc: Y.Doc;
  /** WebSocket messages sent so far. */
  readonly messages: () => number;
  /** Whether the server has everything, as far as this client can know. */
  readonly isSettled: () => boolean;
  readonly close: () => void;
}

const LIMIT_MS = 20_000;
/** Newer than any: the server refuses editors that are older than its own schema. */
const SCHEMA_VERSION = 1_000_000;
const PERSON = { name: "Bench", color: "#2557c7" };

/**
 * A connected typist: by our provider at our server, elsewhere as y-websocket's does it, every update at once and
 * presence renewed as y-protocols wants it. `coalesceMs` null: the provider's own default.
 */
export async function newTypist(
  server: RunningServer,
  room: string,
  coalesceMs: number | null,
): Promise<Typist> {
  const own = await server.own(room);
  return own === null ? plainTypist(server, room) : ownTypist(own, coalesceMs);
}

/** A typist by our own provider, at a document of our own server. */
export async function ownTypist(own: OwnAccess, coalesceMs: number | null): Promise<Typist> {
  let messages = 0;
  class CountingSocket extends WebSocket {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      messages++;
      super.send(data as string);
    }
  }
  const doc = new Y.Doc();
  const provider = new Provider({
    url: own.url,
    documentId: own.documentId,
    doc,
    schemaVersion: SCHEMA_VERSION,
    ticket: own.ticket,
    WebSocket: CountingSocket,
    ...(coalesceMs === null ? {} : { coalesceMs }),
  });
  provider.awareness.setLocalStateField("user", PERSON);
  provider.connect();
  if (!(await until(() => provider.state.synced, LIMIT_MS))) {
    provider.destroy();
    throw new Error(`our provider was not synced within ${LIMIT_MS / 1000} s`);
  }
  return {
    doc,
    messages: () => messages,
    isSettled: () => provider.state.saved,
    close: () => provider.destroy(),
  };
}

async function plainTypist(server: RunningServer, room: string): Promise<Typist> {
  const client = await newClient(server, room);
  await client.connect();
  const awareness = new Awareness(client.doc);
  awareness.on("update", (_change: unknown, origin: unknown) => {
    if (origin === "local") client.sendAwareness(encodeAwarenessUpdate(awareness, [client.doc.clientID]));
  });
  awareness.setLocalStateField("user", PERSON);
  return {
    doc: client.doc,
    messages: () => client.sent.messages,
    isSettled: () => client.buffered === 0,
    close: () => {
      awareness.destroy();
      client.terminate();
    },
  };
}
