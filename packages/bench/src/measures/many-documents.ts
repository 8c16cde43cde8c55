import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { joinRooms, lostSockets } from "../connecting.ts";
import { divergence } from "../convergence.ts";
import { watchCpu } from "../cpu.ts";
import { Deliveries } from "../deliveries.ts";
import { type Measure, withServer } from "../measure.ts";
import { addParagraph } from "../page.ts";
import type { PlainClient } from "../plain-client.ts";
import { seededRandom } from "../seeded-random.ts";
import { percentile } from "../statistics.ts";
import { sleepUntil, until } from "../waiting.ts";

/** Between two characters of one writer. */
const KEY_EVERY_MS = 500;
const WARM_UP_MS = 2_000;
const SEED = 11;

/** c: two hundred documents, each with two people who type now and then. */
export const manyDocuments: Measure = {
  kind: "each",
  id: "c",
  title: "many documents",
  appliesTo: () => true,
  run: (target, { sizes, freshDir }) =>
    withServer(target, freshDir(target), async (server) => {
      const rooms = Array.from({ length: sizes.documents }, (_, index) => `many-${index}`);
      const left = await joinRooms(server, rooms, { reading: "queue" });
      const right = await joinRooms(server, rooms, { reading: "queue" });
      const clients = [...left, ...right];
      const deliveries = new Deliveries();
      const writers = clients.map((client) => {
        client.onClock = deliveries.listener(client.doc.clientID);
        return { client, text: addParagraph(client.doc) };
      });
      await sleep(500);
      const random = seededRandom(SEED);
      const startedAt = performance.now();
      // all have the same rate, so a queue that is read and refilled in order stays in order
      const queue = writers
        .map((writer) => ({ writer, at: startedAt + random() * KEY_EVERY_MS }))
        .sort((a, b) => a.at - b.at);
      const measuredFrom = startedAt + WARM_UP_MS;
      const endAt = measuredFrom + sizes.documentsSeconds * 1000;
      let cpu: (() => number) | null = null;
      for (let next = queue.shift(); next !== undefined && next.at < endAt; next = queue.shift()) {
        const { writer, at } = next;
        await sleepUntil(at);
        if (at >= measuredFrom) {
          cpu ??= watchCpu(server.runtimePid);
          markNext(writer.client, deliveries);
        }
        writer.text.insert(writer.text.length, "x");
        queue.push({ writer, at: at + KEY_EVERY_MS });
      }
      await until(() => deliveries.missing === 0, 10_000);
      const cpuSeconds = cpu?.() ?? Number.NaN;
      const faults = [...lostSockets(clients)];
      if (deliveries.missing > 0)
        faults.push(`${deliveries.missing} of ${deliveries.expected} deliveries are missing`);
      const different = rooms.filter((_, index) => differs(left[index], right[index])).length;
      if (different > 0) faults.push(`${different} documents did not converge`);
      for (const client of clients) client.terminate();
      const { samples } = deliveries;
      return {
        values: { p50: percentile(samples, 50), p99: percentile(samples, 99), cpu: cpuSeconds },
        faults,
      };
    }),
};

function markNext({ doc }: PlainClient, deliveries: Deliveries): void {
  deliveries.mark(doc.clientID, Y.getState(doc.store, doc.clientID), 1);
}

function differs(a: PlainClient | undefined, b: PlainClient | undefined): boolean {
  return a === undefined || b === undefined || divergence([a, b]) !== null;
}
