import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { joinRoom, lostSockets, newClient } from "../connecting.ts";
import { watchCpu } from "../cpu.ts";
import { bytesBelow, settledBytes } from "../disk.ts";
import { type Measure, type Outcome, withServer } from "../measure.ts";
import { contentOf, typeAtEnd } from "../page.ts";
import type { PlainClient } from "../plain-client.ts";
import type { RunningServer } from "../target.ts";
import type { Trace } from "../trace.ts";
import { keepTracedDocument, SILENCE_MS, TINY_ROOM, TRACE_ROOM, traceOf } from "../traced-document.ts";
import { until, yieldToSockets } from "../waiting.ts";

const LIMIT_MS = 120_000;
/** Some servers store behind what they have already passed on. */
const SETTLE_LIMIT_MS = 90_000;
const MAX_BUFFERED_BYTES = 256 * 1024;
const BYTES_PER_MB = 1e6;

/** d: every keystroke of a paper, as fast as the server takes them, and what is on disk afterwards. */
export const ingest: Measure = {
  kind: "each",
  id: "d",
  title: "editing trace",
  appliesTo: () => true,
  run: async (target, bench) => {
    const trace = traceOf(bench);
    const dataDir = bench.freshDir(target);
    await withServer(target, dataDir, async (server) => {
      const tiny = await joinRoom(server, TINY_ROOM);
      typeAtEnd(tiny.doc, "x");
      await sleep(target.isDurable ? SILENCE_MS : 100);
      await tiny.close();
    });
    const baseline = bytesBelow(dataDir);
    const outcome = await withServer(target, dataDir, async (server) => {
      const taken = await takeTrace(server, trace);
      // what is on disk of half a document says nothing
      if (!target.isDurable || taken.faults.length > 0) return taken;
      await sleep(SILENCE_MS);
      const idle = (await settledBytes(dataDir, SETTLE_LIMIT_MS)) - baseline;
      return { ...taken, values: { ...taken.values, diskIdle: idle / BYTES_PER_MB } };
    });
    if (outcome.faults.length > 0 || !target.isDurable) return outcome;
    if (target.opensDocuments) keepTracedDocument(target, { dataDir, trace });
    const stopped = bytesBelow(dataDir) - baseline;
    return { ...outcome, values: { ...outcome.values, diskStopped: stopped / BYTES_PER_MB } };
  },
};

async function takeTrace(server: RunningServer, trace: Trace): Promise<Outcome> {
  const reader = await joinRoom(server, TRACE_ROOM, { reading: "queue" });
  const writer = await newClient(server, TRACE_ROOM, { reading: "queue" });
  await writer.connect();
  writer.sendUpdate(trace.opening);
  await sleep(200);
  const cpu = watchCpu(server.runtimePid);
  const startedAt = performance.now();
  const lastAt = await sendAndAwait(writer, reader, trace);
  const seconds = (lastAt - startedAt) / 1000;
  const cpuSeconds = cpu();
  const rows = (await server.counts(TRACE_ROOM))?.rowsWritten ?? Number.NaN;
  const faults = [...lostSockets([writer, reader])];
  if (Number.isNaN(lastAt)) faults.push(`the reader did not have everything within ${LIMIT_MS / 1000} s`);
  else if (!holds(reader, trace)) faults.push("the reader's document is not the trace's");
  await Promise.all([writer.close(), reader.close()]);
  return { values: { rate: trace.updates.length / seconds, cpu: cpuSeconds, rows }, faults };
}

/**
 * Sends every edit and returns when the reader has the last of them, NaN if it does not come. Deletions move no
 * clock, so the end is told by one more change, of another client, sent behind everything on the same socket.
 */
async function sendAndAwait(writer: PlainClient, reader: PlainClient, trace: Trace): Promise<number> {
  const deadline = performance.now() + LIMIT_MS;
  const marker = new Y.Doc();
  let lastAt = Number.NaN;
  reader.onClock = (clientId, _end, at) => {
    if (clientId === marker.clientID) lastAt = at;
  };
  marker.on("update", (update: Uint8Array) => writer.sendUpdate(update));
  await sendAll(writer, trace.updates, deadline);
  marker.getMap("meta").set("title", "A paper");
  const isOver = () => !Number.isNaN(lastAt) || !writer.isOpen || !reader.isOpen;
  await until(isOver, deadline - performance.now(), 2);
  return lastAt;
}

async function sendAll(writer: PlainClient, updates: readonly Uint8Array[], deadline: number): Promise<void> {
  let sent = 0;
  for (const update of updates) {
    writer.sendUpdate(update);
    if (++sent % 64 !== 0) continue;
    while (writer.buffered > MAX_BUFFERED_BYTES && performance.now() < deadline) await sleep(1);
    if (sent % 1024 === 0) await yieldToSockets();
    if (!writer.isOpen || performance.now() > deadline) return;
  }
}

function holds(reader: PlainClient, trace: Trace): boolean {
  reader.flush();
  const expected = new Y.Doc();
  Y.applyUpdate(expected, trace.state);
  return contentOf(reader.doc) === contentOf(expected);
}
