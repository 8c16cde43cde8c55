import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { joinRoom, lostSockets } from "../connecting.ts";
import { divergence } from "../convergence.ts";
import { type Bench, caught, type Measure, type Outcome } from "../measure.ts";
import { firstText } from "../page.ts";
import type { PlainClient } from "../plain-client.ts";
import { rotate } from "../schedule.ts";
import { median } from "../statistics.ts";
import type { RunningServer, Target } from "../target.ts";
import { TRACE_ROOM, tracedDocument, traceOf } from "../traced-document.ts";
import { until } from "../waiting.ts";

/** The runtime lets go of an object that was left alone for about ten seconds. */
const SILENCE_MS = 15_000;
const LIMIT_MS = 10_000;
const NEXT_CHANGES = 10;

/** Two people with the document open on a server. */
interface Pair {
  readonly target: Target;
  readonly server: RunningServer;
  readonly writer: PlainClient;
  readonly reader: PlainClient;
  readonly startsBefore: number | null;
  readonly first: number[];
  readonly next: number[];
}

/** f: the first change after a silence, beside a large document that the server has put away meanwhile. */
export const wake: Measure = {
  kind: "together",
  id: "f",
  title: "waking",
  appliesTo: () => true,
  run: async (targets, bench) => {
    const outcomes = new Map<string, Outcome>();
    const pairs: Pair[] = [];
    try {
      for (const target of targets) {
        bench.say(`f waking: opening the document on ${target.name}`);
        const failed = await caught(openPair(target, bench, pairs));
        if (failed.faults.length > 0) outcomes.set(target.name, failed);
      }
      for (let round = 0; round < bench.sizes.wakes; round++) {
        await sleep(SILENCE_MS);
        for (const pair of rotate(pairs, round)) await wakeOnce(pair);
      }
      for (const pair of pairs)
        outcomes.set(pair.target.name, await caught(outcomeOf(pair, bench.sizes.wakes)));
    } finally {
      for (const { writer, reader, server } of pairs) {
        writer.terminate();
        reader.terminate();
        await server.stop();
      }
    }
    return outcomes;
  },
};

async function openPair(target: Target, bench: Bench, pairs: Pair[]): Promise<Outcome> {
  const { state } = traceOf(bench);
  const dataDir = target.opensDocuments
    ? (await tracedDocument(target, bench)).dataDir
    : bench.freshDir(target);
  const server = await target.start(dataDir);
  try {
    // clients that come with the document: a floor has it from them
    const join = async () => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, state);
      return joinRoom(server, TRACE_ROOM, { doc });
    };
    const writer = await join();
    const reader = await join();
    const pair = { target, server, writer, reader, first: [], next: [] };
    // a server may count only those starts after which something was written
    await change(pair);
    await sleep(500);
    pairs.push({ ...pair, startsBefore: await startsOf(server) });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { values: {}, faults: [] };
}

async function startsOf(server: RunningServer): Promise<number | null> {
  return server.starts() ?? (await server.counts(TRACE_ROOM))?.wakes ?? null;
}

async function wakeOnce(pair: Pair): Promise<void> {
  pair.first.push(await change(pair));
  for (let index = 0; index < NEXT_CHANGES; index++) {
    await sleep(30);
    pair.next.push(await change(pair));
  }
}

/** Milliseconds from a character to its receipt; NaN when it does not come. */
async function change({ writer, reader }: Pick<Pair, "writer" | "reader">): Promise<number> {
  const { clientID, store } = writer.doc;
  const goal = Y.getState(store, clientID) + 1;
  let receivedAt = Number.NaN;
  reader.onClock = (clientId, end, at) => {
    if (clientId === clientID && end >= goal && Number.isNaN(receivedAt)) receivedAt = at;
  };
  const changedAt = performance.now();
  firstText(writer.doc)?.insert(0, "w");
  await until(() => !Number.isNaN(receivedAt) || !writer.isOpen || !reader.isOpen, LIMIT_MS, 1);
  return receivedAt - changedAt;
}

async function outcomeOf(pair: Pair, rounds: number): Promise<Outcome> {
  const { writer, reader, server, startsBefore, first, next } = pair;
  await sleep(500);
  const faults = [...lostSockets([writer, reader])];
  if ([...first, ...next].some(Number.isNaN))
    faults.push(`a change did not arrive within ${LIMIT_MS / 1000} s`);
  const different = divergence([writer, reader]);
  if (different !== null) faults.push(different);
  const starts = await startsOf(server);
  const asleep = starts === null || startsBefore === null ? Number.NaN : (starts - startsBefore) / rounds;
  return { values: { first: median(first), next: median(next), asleep }, faults };
}
