import { setTimeout as sleep } from "node:timers/promises";
import { joinRoom } from "./connecting.ts";
import { type Bench, withServer } from "./measure.ts";
import type { Target } from "./target.ts";
import { loadTrace, type Trace } from "./trace.ts";

/** A stopped server's data folder with the trace's document in it. */
export interface TracedDocument {
  readonly dataDir: string;
  readonly trace: Trace;
}

/** Where the trace's document is. */
export const TRACE_ROOM = "paper";
/** A small document in the same folder: opening it first makes the process warm and leaves the other one cold. */
export const TINY_ROOM = "tiny";
/** Longer than any of the servers waits for silence before it saves or compacts, in ms. */
export const SILENCE_MS = 20_000;

const documents = new Map<string, TracedDocument>();
let loaded: { readonly edits: number; readonly trace: Trace } | null = null;

/** The trace in this run's size, replayed once. */
export function traceOf({ sizes, say }: Bench): Trace {
  if (loaded?.edits !== sizes.edits) {
    say("replaying the editing trace");
    loaded = { edits: sizes.edits, trace: loadTrace(sizes.edits) };
  }
  return loaded.trace;
}

/** Leaves a document for the measures that open it. */
export function keepTracedDocument(target: Target, document: TracedDocument): void {
  documents.set(target.name, document);
}

/** What `d` left, or the same document put there now as one update: some servers do not survive the edits. */
export async function tracedDocument(target: Target, bench: Bench): Promise<TracedDocument> {
  const known = documents.get(target.name);
  if (known !== undefined) return known;
  const document = { dataDir: bench.freshDir(target), trace: traceOf(bench) };
  await withServer(target, document.dataDir, async (server) => {
    const tiny = await joinRoom(server, TINY_ROOM);
    tiny.sendUpdate(document.trace.opening);
    const paper = await joinRoom(server, TRACE_ROOM, { reading: "queue" });
    paper.sendUpdate(document.trace.state);
    await sleep(target.isDurable ? SILENCE_MS : 500);
    await Promise.all([tiny.close(), paper.close()]);
  });
  documents.set(target.name, document);
  return document;
}
