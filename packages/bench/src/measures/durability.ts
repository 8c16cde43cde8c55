import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { joinRoom } from "../connecting.ts";
import { type Bench, type Measure, type Outcome, withServer } from "../measure.ts";
import { firstText, typeAtEnd } from "../page.ts";
import type { PlainClient } from "../plain-client.ts";
import type { RunningServer, Target } from "../target.ts";
import { until } from "../waiting.ts";

const CHARACTERS = 90;
const KEY_EVERY_MS = 100;
const RECEIPT_LIMIT_MS = 10_000;
/** Time in which a restarted server may still bring out what it has. */
const RETURN_LIMIT_MS = 2_000;

/** g: what a server forgets that somebody has already seen. */
export const durability: Measure = {
  kind: "each",
  id: "g",
  title: "kill -9",
  appliesTo: (target) => target.isDurable,
  run: async (target, bench) => {
    const dataDir = bench.freshDir(target);
    let lost = 0;
    for (let kill = 0; kill < bench.sizes.kills; kill++) {
      const room = `kill-${kill}`;
      await killAtReceipt(target, dataDir, room);
      const kept = await withServer(target, dataDir, (server) => charactersIn(server, room, 1));
      if (kept < 1) lost++;
    }
    return typedAndKilled(target, bench, { killed: bench.sizes.kills, lost });
  },
};

/** Kills the server in the very callback in which another client receives the change. */
async function killAtReceipt(target: Target, dataDir: string, room: string): Promise<void> {
  const server = await target.start(dataDir);
  const clients: PlainClient[] = [];
  let killed: Promise<void> | null = null;
  try {
    const writer = await joinRoom(server, room);
    clients.push(writer);
    const reader = await joinRoom(server, room);
    clients.push(reader);
    await sleep(100);
    typeAtEnd(writer.doc, "k");
    const goal = Y.getState(writer.doc.store, writer.doc.clientID);
    reader.onClock = (clientId, end) => {
      if (clientId === writer.doc.clientID && end >= goal) killed ??= server.kill();
    };
    if (!(await until(() => killed !== null, RECEIPT_LIMIT_MS, 1))) throw new Error("a change never arrived");
  } finally {
    for (const client of clients) client.terminate();
    await (killed ?? server.kill());
  }
}

async function typedAndKilled(
  target: Target,
  bench: Bench,
  values: Readonly<Record<string, number>>,
): Promise<Outcome> {
  const dataDir = bench.freshDir(target);
  const rooms = Array.from({ length: bench.sizes.typedDocuments }, (_, index) => `typed-${index}`);
  const server = await target.start(dataDir);
  const clients: PlainClient[] = [];
  try {
    await Promise.all(rooms.map((room) => typeAndReceive(server, room, clients)));
  } finally {
    const killed = server.kill();
    for (const client of clients) client.terminate();
    await killed;
  }
  const kept = await withServer(target, dataDir, (restarted) =>
    Promise.all(rooms.map((room) => charactersIn(restarted, room, CHARACTERS))),
  );
  return { values: { ...values, lostCharacters: CHARACTERS - Math.min(...kept) }, faults: [] };
}

/** Types at ten characters a second until another client has them all. */
async function typeAndReceive(server: RunningServer, room: string, clients: PlainClient[]): Promise<void> {
  const writer = await joinRoom(server, room);
  const reader = await joinRoom(server, room);
  clients.push(writer, reader);
  for (let key = 0; key < CHARACTERS; key++) {
    typeAtEnd(writer.doc, "l");
    await sleep(KEY_EVERY_MS);
  }
  const hasAll = () => firstText(reader.doc)?.length === CHARACTERS;
  if (!(await until(hasAll, RECEIPT_LIMIT_MS))) throw new Error("what was typed never arrived");
}

/** How many characters a newcomer finds. */
async function charactersIn(server: RunningServer, room: string, goal: number): Promise<number> {
  const visitor = await joinRoom(server, room);
  const found = () => firstText(visitor.doc)?.length ?? 0;
  await until(() => found() >= goal, RETURN_LIMIT_MS, 10);
  await visitor.close();
  return found();
}
