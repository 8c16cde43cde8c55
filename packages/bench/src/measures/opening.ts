import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { joinRoom, newClient } from "../connecting.ts";
import { type Bench, type Measure, withServer } from "../measure.ts";
import { type OpenedDocument, openedDocument } from "../opened-document.ts";
import { openByOwnProtocol, type Position } from "../own-opening.ts";
import { addParagraph, contentOf } from "../page.ts";
import { median } from "../statistics.ts";
import type { RunningServer, Target } from "../target.ts";
import { TINY_ROOM, TRACE_ROOM } from "../traced-document.ts";
import { until } from "../waiting.ts";

const LIMIT_MS = 30_000;
/** What a client sends after it is complete is counted as well. */
const LAST_WORDS_MS = 300;
/** Building the client's own copy leaves its process busy for a while: that is not the server's time. */
const SETTLE_MS = 300;
const BYTES_PER_KB = 1000;

/** Somebody who opens the document, by what they have of it already. */
interface Visitor {
  /** The key of the time; that of the traffic ends in "Bytes". */
  readonly key: string;
  readonly has: Uint8Array | null;
  readonly resume: Position | null;
  readonly protocol: "plain" | "own";
}

interface Opening {
  readonly ms: number;
  readonly bytes: number;
  readonly isComplete: boolean;
  /** Until the socket was open, and how long the client was busy answering; null where that was not timed. */
  readonly parts: { readonly connectMs: number; readonly answeringMs: number } | null;
}

/** e: how long a document takes to open that no process has in memory. */
export const opening: Measure = {
  kind: "each",
  id: "e",
  title: "cold opening",
  appliesTo: (target) => target.opensDocuments || target.isDurable,
  run: async (target, bench) => {
    if (!target.opensDocuments) return { values: { connect: await connecting(target, bench) }, faults: [] };
    const document = await openedDocument(target, bench);
    const values: Record<string, number> = {};
    const faults: string[] = [];
    for (const visitor of visitors(document, target.kind === "ours")) {
      const openings: Opening[] = [];
      for (let round = 0; round < bench.sizes.openings; round++) {
        openings.push(
          await withServer(target, document.dataDir, async (server) => {
            await warmUp(server);
            const opened =
              visitor.protocol === "own"
                ? await openOwn(server, visitor, document)
                : await openPlain(server, visitor, document);
            await sleep(200);
            return opened;
          }),
        );
      }
      const parts = openings.flatMap((opening) => opening.parts ?? []);
      if (visitor.key === "same") {
        values.connect = median(parts.map(({ connectMs }) => connectMs));
        values.sameAnswering = median(parts.map(({ answeringMs }) => answeringMs));
      }
      values[visitor.key] = median(openings.map(({ ms }) => ms));
      values[`${visitor.key}Bytes`] = median(openings.map(({ bytes }) => bytes)) / BYTES_PER_KB;
      const incomplete = openings.filter(({ isComplete }) => !isComplete).length;
      if (incomplete > 0)
        faults.push(`${visitor.key}: ${incomplete} of ${openings.length} documents incomplete`);
    }
    return { values, faults };
  },
};

function visitors(document: OpenedDocument, isOurs: boolean): readonly Visitor[] {
  const { before, after, beforeAt, afterAt } = document;
  const plain = [
    { key: "fresh", has: null, resume: null, protocol: "plain" },
    { key: "same", has: after, resume: null, protocol: "plain" },
    { key: "lacking", has: before, resume: null, protocol: "plain" },
  ] as const;
  if (!isOurs) return plain;
  return [
    ...plain,
    { key: "freshOwn", has: null, resume: null, protocol: "own" },
    { key: "sameOwn", has: after, resume: afterAt, protocol: "own" },
    { key: "lackingOwn", has: before, resume: beforeAt, protocol: "own" },
  ];
}

/** Opens another, tiny document: the process is then warm, and the measured document still cold. */
async function warmUp(server: RunningServer): Promise<void> {
  const tiny = await joinRoom(server, TINY_ROOM);
  await sleep(200);
  await tiny.close();
  await sleep(100);
}

async function openPlain(
  server: RunningServer,
  visitor: Visitor,
  document: OpenedDocument,
): Promise<Opening> {
  const doc = docWith(visitor.has);
  const goal = vectorOf(docWith(document.after));
  const hasAll = () => [...goal].every(([clientId, clock]) => Y.getState(doc.store, clientId) >= clock);
  const hadAll = hasAll();
  const client = await newClient(server, TRACE_ROOM, { doc });
  await sleep(SETTLE_MS);
  let completeAt = Number.NaN;
  client.onUpdate = (at) => {
    if (Number.isNaN(completeAt) && hasAll()) completeAt = at;
  };
  await client.connect();
  await until(() => hadAll || !Number.isNaN(completeAt) || client.closed !== null, LIMIT_MS, 1);
  await sleep(LAST_WORDS_MS);
  const bytes = client.sent.bytes + client.received.bytes;
  await client.close();
  return {
    ms: (hadAll ? client.syncedAt : completeAt) - client.connectedAt,
    bytes,
    isComplete: contentOf(doc) === document.content,
    parts: { connectMs: client.openedAt - client.connectedAt, answeringMs: client.answeringMs },
  };
}

/** A floor answers nothing, so its part of an opening is to let somebody in to a room that no process has in memory. */
async function connecting(target: Target, bench: Bench): Promise<number> {
  const dataDir = bench.freshDir(target);
  await withServer(target, dataDir, async (server) => {
    for (const room of [TINY_ROOM, TRACE_ROOM]) {
      const client = await joinRoom(server, room);
      addParagraph(client.doc);
      await sleep(200);
      await client.close();
    }
  });
  const connects: number[] = [];
  for (let round = 0; round < bench.sizes.openings; round++) {
    await withServer(target, dataDir, async (server) => {
      await warmUp(server);
      const client = await joinRoom(server, TRACE_ROOM);
      connects.push(client.openedAt - client.connectedAt);
      await client.close();
    });
  }
  return median(connects);
}

async function openOwn(server: RunningServer, visitor: Visitor, document: OpenedDocument): Promise<Opening> {
  const own = await server.own(TRACE_ROOM);
  if (own === null) throw new Error("only our server speaks our protocol");
  const doc = docWith(visitor.has);
  await sleep(SETTLE_MS);
  const { ms, bytes } = await openByOwnProtocol(own, doc, visitor.resume);
  return { ms, bytes, isComplete: contentOf(doc) === document.content, parts: null };
}

function docWith(update: Uint8Array | null): Y.Doc {
  const doc = new Y.Doc();
  if (update !== null) Y.applyUpdate(doc, update);
  return doc;
}

function vectorOf(doc: Y.Doc): ReadonlyMap<number, number> {
  return Y.decodeStateVector(Y.encodeStateVector(doc));
}
