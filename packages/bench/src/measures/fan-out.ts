import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { joinRoom, joinRooms, lostSockets } from "../connecting.ts";
import { divergence } from "../convergence.ts";
import { watchCpu } from "../cpu.ts";
import { Deliveries } from "../deliveries.ts";
import { type Measure, withServer } from "../measure.ts";
import { addParagraph } from "../page.ts";
import { percentile } from "../statistics.ts";
import { sleepUntil, until } from "../waiting.ts";

const KEYS_PER_SECOND = 20;
const WARM_UP_KEYS = 20;
const room = "fan-out";

/** a: how long a character takes to a hundred readers. */
export const fanOut: Measure = {
  kind: "each",
  id: "a",
  title: "fan-out",
  appliesTo: () => true,
  run: (target, { sizes, freshDir }) =>
    withServer(target, freshDir(target), async (server) => {
      const typist = await joinRoom(server, room);
      const readers = await joinRooms(server, Array<string>(sizes.readers).fill(room), { reading: "queue" });
      const text = addParagraph(typist.doc);
      const { clientID } = typist.doc;
      const deliveries = new Deliveries();
      for (const reader of readers) reader.onClock = deliveries.listener(reader.doc.clientID);
      await sleep(200);
      let cpu = watchCpu(server.runtimePid);
      const startedAt = performance.now();
      const keys = WARM_UP_KEYS + KEYS_PER_SECOND * sizes.fanOutSeconds;
      for (let key = 0; key < keys; key++) {
        await sleepUntil(startedAt + (key * 1000) / KEYS_PER_SECOND);
        if (key === WARM_UP_KEYS) cpu = watchCpu(server.runtimePid);
        const clock = Y.getState(typist.doc.store, clientID);
        if (key >= WARM_UP_KEYS) deliveries.mark(clientID, clock, readers.length);
        text.insert(text.length, "x");
      }
      await until(() => deliveries.missing === 0, 10_000);
      const cpuSeconds = cpu();
      const clients = [typist, ...readers];
      const faults = [...lostSockets(clients)];
      if (deliveries.missing > 0)
        faults.push(`${deliveries.missing} of ${deliveries.expected} deliveries are missing`);
      const different = divergence(clients);
      if (different !== null) faults.push(different);
      for (const client of clients) client.terminate();
      return {
        values: {
          p50: percentile(deliveries.samples, 50),
          p99: percentile(deliveries.samples, 99),
          cpu: cpuSeconds,
        },
        faults,
      };
    }),
};
