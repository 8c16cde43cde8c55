import { setTimeout as sleep } from "node:timers/promises";
import { billedRequests, costOfHour } from "../cost.ts";
import { watchCpu } from "../cpu.ts";
import { type Measure, withServer } from "../measure.ts";
import { percentile, sum } from "../statistics.ts";
import type { RunningServer, Target } from "../target.ts";
import { openRoom, type TypedRoom, type TypedRoomOptions, typeIntoRoom } from "../typed-room.ts";

/** Milliseconds between two pushes for whoever would rather pay less than see others at once. */
const ECONOMY_COALESCE_MS = 500;
const PER_CHARACTERS = 1_000;
const SEED = 23;
/** After connecting and before the first key. */
const SETTLE_MS = 2_000;
const CROWDS = [10, 50] as const;

/** h: what people who type like people cost, counted and at Cloudflare's prices. */
export const money: Measure = {
  kind: "each",
  id: "h",
  title: "money",
  appliesTo: (target) => target.isBilledByUse,
  run: (target, { sizes, freshDir }) =>
    withServer(target, freshDir(target), async (server) => {
      const options = { seconds: sizes.typingSeconds, coalesceMs: null, seed: SEED };
      // several documents at once, instead of people who type faster than people do
      const alone = await typeAlone(server, target, "alone", sizes.soloDocuments, options);
      const values: Record<string, number> = {
        ...perMessage(alone.rooms),
        cost1: alone.cost,
      };
      const faults = [...alone.faults];
      if (target.kind === "ours") {
        const economy = { ...options, coalesceMs: ECONOMY_COALESCE_MS };
        const saving = await typeAlone(server, target, "economy", sizes.soloDocuments, economy);
        const { messages, p50, p95 } = perMessage(saving.rooms);
        Object.assign(values, { economyMessages: messages, economyP50: p50, economyP95: p95 });
        faults.push(...saving.faults);
      }
      for (const writers of CROWDS) {
        const crowd = await typeTogether(server, target, [{ ...options, room: `crowd-${writers}`, writers }]);
        values[`cost${writers}`] = crowd.cost;
        values[`rowsPerMessage${writers}`] = perMessage(crowd.rooms).rowsPerMessage;
        faults.push(...crowd.faults);
      }
      return { values, faults };
    }),
};

interface Typed {
  readonly rooms: readonly TypedRoom[];
  /** Dollars for an hour in one of the documents. */
  readonly cost: number;
  readonly faults: readonly string[];
}

function typeAlone(
  server: RunningServer,
  target: Target,
  name: string,
  documents: number,
  options: Omit<TypedRoomOptions, "room" | "writers">,
): Promise<Typed> {
  const rooms = Array.from({ length: documents }, (_, index) => ({
    ...options,
    room: `${name}-${index}`,
    writers: 1,
    seed: options.seed + 100 * index,
  }));
  return typeTogether(server, target, rooms);
}

async function typeTogether(
  server: RunningServer,
  target: Target,
  rooms: readonly TypedRoomOptions[],
): Promise<Typed> {
  const open = await Promise.all(rooms.map((room) => openRoom(server, room)));
  await sleep(SETTLE_MS);
  const cpu = watchCpu(server.runtimePid);
  const typed = await Promise.all(open.map((room) => typeIntoRoom(server, room)));
  const cpuSeconds = cpu();
  const seconds = sum(rooms.map((room) => room.seconds));
  const total = (key: "messages" | "rowsWritten" | "storedBytes") => sum(typed.map((room) => room[key]));
  const cost = costOfHour({
    seconds,
    messages: total("messages"),
    connections: rooms[0]?.writers ?? 0,
    rowsWritten: total("rowsWritten"),
    // nobody counts them; at a thousandth of the price of writing they would not show
    rowsRead: 0,
    activeSeconds: target.keepsTimers ? seconds : cpuSeconds,
    storedBytes: total("storedBytes"),
  });
  return { rooms: typed, cost, faults: typed.flatMap(({ faults }) => faults) };
}

function perMessage(rooms: readonly TypedRoom[]) {
  const characters = sum(rooms.map((room) => room.characters)) / PER_CHARACTERS;
  const messages = sum(rooms.map((room) => room.messages));
  const rows = sum(rooms.map((room) => room.rowsWritten));
  const latencies = rooms.flatMap((room) => room.latencies);
  return {
    rowsPerMessage: rows / messages,
    messages: messages / characters,
    p50: percentile(latencies, 50),
    p95: percentile(latencies, 95),
    rows1: rows / characters,
    requests1: billedRequests(messages) / characters,
  };
}
