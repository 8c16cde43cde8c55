import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { joinRooms, lostSockets } from "../connecting.ts";
import { divergence } from "../convergence.ts";
import { watchCpu } from "../cpu.ts";
import { type Measure, withServer } from "../measure.ts";
import { addParagraph } from "../page.ts";
import { type PlainClient, UNSENT } from "../plain-client.ts";
import { until, yieldToSockets } from "../waiting.ts";

const LIMIT_MS = 90_000;
/** A writer goes on when less than this waits in its socket. */
const MAX_BUFFERED_BYTES = 64 * 1024;
const FRAMES_PER_TURN = 20;

/** b: ten people who write at once as fast as the server takes it. */
export const writers: Measure = {
  kind: "each",
  id: "b",
  title: "ten writers",
  appliesTo: () => true,
  run: (target, { sizes, freshDir }) =>
    withServer(target, freshDir(target), async (server) => {
      const clients = await joinRooms(server, Array<string>(sizes.writers).fill("writers"), {
        reading: "queue",
      });
      const frames = clients.map((client) => prepareFrames(client, sizes.updatesPerWriter));
      await sleep(500);
      const arrival = watchArrival(clients);
      const cpu = watchCpu(server.runtimePid);
      const startedAt = performance.now();
      await sendAll(clients, frames);
      const arrived = await until(() => arrival.left() === 0, LIMIT_MS);
      const cpuSeconds = cpu();
      const seconds = (arrival.lastAt() - startedAt) / 1000;
      const faults = [...lostSockets(clients)];
      if (!arrived) faults.push(`not everybody had everything within ${LIMIT_MS / 1000} s`);
      const different = divergence(clients);
      if (different !== null) faults.push(different);
      for (const client of clients) client.terminate();
      const updates = sizes.writers * sizes.updatesPerWriter;
      return { values: { rate: arrived ? updates / seconds : Number.NaN, cpu: cpuSeconds }, faults };
    }),
};

/** A paragraph for this writer, sent now, and the frames of one character each that will fill it. */
function prepareFrames(client: PlainClient, count: number): readonly Uint8Array[] {
  const text = addParagraph(client.doc);
  const frames: Uint8Array[] = [];
  const collect = (update: Uint8Array, origin: unknown) => {
    if (origin === UNSENT) frames.push(client.updateFrame(update));
  };
  client.doc.on("update", collect);
  for (let index = 0; index < count; index++) {
    client.doc.transact(() => text.insert(index, "x"), UNSENT);
  }
  client.doc.off("update", collect);
  return frames;
}

/** Counts the pairs of reader and writer in which the reader has not yet everything of the writer's. */
function watchArrival(clients: readonly PlainClient[]) {
  const goals = new Map(clients.map(({ doc }) => [doc.clientID, Y.getState(doc.store, doc.clientID)]));
  let left = clients.length * (clients.length - 1);
  let lastAt = Number.NaN;
  for (const client of clients) {
    const done = new Set([client.doc.clientID]);
    client.onClock = (writer, end, at) => {
      if (done.has(writer) || end < (goals.get(writer) ?? Number.POSITIVE_INFINITY)) return;
      done.add(writer);
      left--;
      lastAt = at;
    };
  }
  return { left: () => left, lastAt: () => lastAt };
}

async function sendAll(
  clients: readonly PlainClient[],
  frames: readonly (readonly Uint8Array[])[],
): Promise<void> {
  const writers = clients.map((client, index) => ({ client, frames: frames[index] ?? [], next: 0 }));
  while (writers.some((writer) => writer.next < writer.frames.length && writer.client.isOpen)) {
    for (const writer of writers) {
      for (let sent = 0; sent < FRAMES_PER_TURN && writer.client.buffered < MAX_BUFFERED_BYTES; sent++) {
        const frame = writer.frames[writer.next];
        if (frame === undefined) break;
        writer.client.send(frame);
        writer.next++;
      }
    }
    await yieldToSockets();
  }
}
