import * as Y from "yjs";
import { scanClocks } from "./clocks.ts";
import { documentsDiffer } from "./convergence.ts";
import { Deliveries } from "./deliveries.ts";
import { addParagraph } from "./page.ts";
import { typingRhythm } from "./rhythm.ts";
import { seededRandom } from "./seeded-random.ts";
import type { RunningServer } from "./target.ts";
import { newTypist, type Typist } from "./typist.ts";
import { sleepUntil, until } from "./waiting.ts";

/** Fifty people in one process may be slower than the server that they measure. */
const ARRIVAL_LIMIT_MS = 60_000;

export interface TypedRoomOptions {
  readonly room: string;
  readonly writers: number;
  readonly seconds: number;
  /** Null: the provider's default. */
  readonly coalesceMs: number | null;
  readonly seed: number;
}

/** What was counted from the first key to the last, in one document. */
export interface TypedRoom {
  readonly writers: number;
  readonly characters: number;
  /** Sent by the writers. */
  readonly messages: number;
  /** NaN where the server counts none. */
  readonly rowsWritten: number;
  readonly storedBytes: number;
  /** Milliseconds from a key to the reader's document. */
  readonly latencies: readonly number[];
  readonly faults: readonly string[];
}

/** A document in which everybody is connected and has a paragraph to type into. */
export interface OpenRoom {
  readonly options: TypedRoomOptions;
  readonly reader: Typist;
  readonly writers: readonly Typist[];
  readonly texts: readonly Y.XmlText[];
}

export async function openRoom(server: RunningServer, options: TypedRoomOptions): Promise<OpenRoom> {
  const { room, coalesceMs } = options;
  const reader = await newTypist(server, room, coalesceMs);
  const writers: Typist[] = [];
  for (let index = 0; index < options.writers; index++)
    writers.push(await newTypist(server, room, coalesceMs));
  return { options, reader, writers, texts: writers.map(({ doc }) => addParagraph(doc)) };
}

/** Lets everybody type at their own rhythm while one more person reads, and closes the room. */
export async function typeIntoRoom(server: RunningServer, open: OpenRoom): Promise<TypedRoom> {
  const { reader, writers, texts } = open;
  const { room, seconds, seed } = open.options;
  const deliveries = new Deliveries();
  const heard = deliveries.listener(reader.doc.clientID);
  reader.doc.on("update", (update: Uint8Array) => {
    const now = performance.now();
    scanClocks(update, (clientId, end) => heard(clientId, end, now));
  });
  const sent = () => writers.reduce((total, writer) => total + writer.messages(), 0);
  const before = { counts: await server.counts(room), messages: sent() };
  const startedAt = performance.now();
  const typed = await Promise.all(
    texts.map((text, index) => type(text, deliveries, startedAt, seconds, seed + index)),
  );
  const isOver = () => deliveries.missing <= 0 && writers.every((writer) => writer.isSettled());
  const arrived = await until(isOver, ARRIVAL_LIMIT_MS);
  const messages = sent() - before.messages;
  const after = await server.counts(room);
  const added = (key: "rowsWritten" | "storedBytes") =>
    after === null ? Number.NaN : after[key] - (before.counts?.[key] ?? 0);
  const faults = arrived ? [] : [`${room}: ${deliveries.missing} characters did not arrive`];
  const different = arrived ? documentsDiffer([reader, ...writers].map(({ doc }) => doc)) : null;
  if (different !== null) faults.push(`${room}: ${different}`);
  for (const typist of [reader, ...writers]) typist.close();
  return {
    writers: writers.length,
    characters: typed.reduce((total, count) => total + count, 0),
    messages,
    rowsWritten: added("rowsWritten"),
    storedBytes: added("storedBytes"),
    latencies: deliveries.samples,
    faults,
  };
}

/** One person's keys, each at its time. Returns how many there were. */
async function type(
  text: Y.XmlText,
  deliveries: Deliveries,
  startedAt: number,
  seconds: number,
  seed: number,
): Promise<number> {
  const { doc } = text;
  if (doc === null) throw new Error("the text is in no document");
  const keystrokes = typingRhythm(seededRandom(seed), seconds);
  for (const { atMs, character } of keystrokes) {
    await sleepUntil(startedAt + atMs);
    deliveries.mark(doc.clientID, Y.getState(doc.store, doc.clientID), 1);
    text.insert(text.length, character);
  }
  return keystrokes.length;
}
