import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { joinRoom } from "./connecting.ts";
import { type Bench, withServer } from "./measure.ts";
import { openByOwnProtocol, type Position } from "./own-opening.ts";
import { addParagraph, contentOf } from "./page.ts";
import type { Target } from "./target.ts";
import { SILENCE_MS, TRACE_ROOM, type TracedDocument, tracedDocument } from "./traced-document.ts";
import { until } from "./waiting.ts";

/** The trace's document with a hundred updates behind it, and what clients know who were there before. */
export interface OpenedDocument extends TracedDocument {
  /** Before the last hundred updates, and after them. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly content: string;
  /** The same two moments as positions of our log; null for other servers. */
  readonly beforeAt: Position | null;
  readonly afterAt: Position | null;
}

export const LAST_UPDATES = 100;
const UPDATES_PER_SECOND = 50;
const LOAD_LIMIT_MS = 90_000;

const opened = new Map<TracedDocument, OpenedDocument>();

/** Types the last hundred updates into the trace's document, once, and lets the server come to rest. */
export async function openedDocument(target: Target, bench: Bench): Promise<OpenedDocument> {
  const traced = await tracedDocument(target, bench);
  const known = opened.get(traced);
  if (known !== undefined) return known;
  const document = await withServer(target, traced.dataDir, async (server) => {
    const own = await server.own(TRACE_ROOM);
    const position = async () =>
      own === null ? null : (await openByOwnProtocol(own, new Y.Doc(), null)).position;
    const beforeAt = await position();
    const typist = await joinRoom(server, TRACE_ROOM);
    const { clientId, end } = traced.trace;
    // one of the peers answers before it has read the document, and reads the longer the more updates there are
    if (!(await until(() => Y.getState(typist.doc.store, clientId) >= end, LOAD_LIMIT_MS, 50))) {
      throw new Error(`the document was not there ${LOAD_LIMIT_MS / 1000} s after the server's start`);
    }
    const before = Y.encodeStateAsUpdate(typist.doc);
    const text = addParagraph(typist.doc);
    for (let update = 1; update < LAST_UPDATES; update++) {
      await sleep(1000 / UPDATES_PER_SECOND);
      text.insert(text.length, "x");
    }
    await sleep(500);
    const afterAt = await position();
    await sleep(SILENCE_MS);
    await typist.close();
    const { doc } = typist;
    return {
      ...traced,
      before,
      after: Y.encodeStateAsUpdate(doc),
      content: contentOf(doc),
      beforeAt,
      afterAt,
    };
  });
  opened.set(traced, document);
  return document;
}
