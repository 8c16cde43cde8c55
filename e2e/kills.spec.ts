import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { blocksOf, Guest } from "./support/api.ts";
import { type Line, layLine } from "./support/line.ts";
import { OwnServer } from "./support/own-server.ts";
import { Typist } from "./support/typist.ts";

const kills = Number(process.env.KILLS ?? 4);
const documents = 3;
const typistsEach = 3;
/** Milliseconds between two keys of one person; not all the same, so that the documents' people drift apart. */
const everyMs = 23;
/** The next kill comes so many milliseconds after everybody types again, at most. */
const withinMs = 1_500;
/** Multiples of it, whole parts left out, are spread evenly however many there are, and are the same in each run. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

interface Desk {
  readonly id: string;
  readonly typists: readonly Typist[];
}

/** What is wrong with one person's text, in characters. */
interface Harm {
  /** Acknowledged, or seen by somebody else, and not stored. */
  lost: number;
  /** Stored and never typed so: twice, or in another order. */
  doubled: number;
}

test(`[I1] [I2] [I4] [I7] the server is killed ${kills} times while ${documents * typistsEach} people type: nothing is lost or doubled`, async () => {
  test.setTimeout(60_000 + kills * 15_000);
  const server = await new OwnServer().start();
  const line = await layLine(server.url);
  const desks: Desk[] = [];
  const harm: Harm = { lost: 0, doubled: 0 };
  try {
    const scribe = await Guest.enter("Scribe", server.url);
    for (let i = 0; i < documents; i++) desks.push(await openDesk(scribe, line, i));
    const everybody = desks.flatMap(({ typists }) => typists);
    let slowestMs = 0;
    let inFlight = 0;
    for (let kill = 1; kill <= kills; kill++) {
      for (const [i, typist] of everybody.entries()) typist.start(everyMs + i);
      await sleep(((kill * GOLDEN) % 1) * withinMs);
      const port = await server.kill();
      // nobody may come back and send again what the server should have kept by itself
      line.cut();
      await until("all have noticed", () => everybody.every(({ provider }) => !provider.state.synced));
      inFlight += everybody.reduce(
        (sum, { typed, acknowledged }) => sum + typed.length - acknowledged.length,
        0,
      );
      await server.start(port);
      for (const desk of desks) await checkStored(desk, scribe, harm);
      line.mend();
      const start = performance.now();
      for (const typist of everybody) typist.stop();
      await until("everything is saved", () => {
        // the system says that the network is back: minutes of waiting for the next attempt would show nothing more
        for (const { provider } of everybody) if (provider.state.status === "offline") provider.connect();
        return everybody.every(({ isWell }) => isWell);
      });
      for (const desk of desks) await checkAgreement(desk, scribe, line);
      slowestMs = Math.max(slowestMs, performance.now() - start);
      expect(harm, `after kill ${kill}`).toEqual({ lost: 0, doubled: 0 });
    }
    const characters = everybody.reduce((sum, { typed }) => sum + typed.length, 0);
    console.log(
      JSON.stringify({ kills, characters, inFlight, ...harm, slowestHealMs: Math.round(slowestMs) }),
    );
    expect(inFlight, "each kill came in the middle of something").toBeGreaterThan(kills);
    expect(everybody.filter(({ stepsBack, losses }) => stepsBack + losses > 0)).toEqual([]);
  } finally {
    for (const { typists } of desks) for (const typist of typists) typist.leave();
    await line.close();
    await server.end();
  }
});

async function openDesk(scribe: Guest, line: Line, index: number): Promise<Desk> {
  const id = await scribe.create();
  const typists: Typist[] = [];
  for (let i = 0; i < typistsEach; i++) {
    const guest = await Guest.enter(`Guest ${index}.${i}`, line.url);
    const typist = new Typist(guest, `d${index}p${i}`, id);
    typist.provider.connect();
    typists.push(typist);
  }
  await until("everybody is there", () => typists.every(({ isWell }) => isWell));
  return { id, typists };
}

/** What the server has by itself, before anybody comes back. */
async function checkStored({ id, typists }: Desk, scribe: Guest, harm: Harm): Promise<void> {
  const { content, seq } = await scribe.content(id);
  const blocks = blocksOf(content);
  for (const typist of typists) {
    const { name, typed, acknowledged, provider } = typist;
    const kept = theirs(blocks, name);
    const seen = typists
      .filter((other) => other !== typist)
      .map(({ paragraphs }) => theirs(paragraphs, name));
    for (const known of [acknowledged, ...seen]) harm.lost += known.length - commonLength(known, kept);
    harm.doubled += kept.length - commonLength(kept, typed);
    expect(seq, "the log ends where somebody was, or later").toBeGreaterThanOrEqual(provider.state.seq ?? 0);
  }
}

/** Every client, a fresh one and the server have what was typed, once. */
async function checkAgreement({ id, typists }: Desk, scribe: Guest, line: Line): Promise<void> {
  const expected = typists.map(({ typed }) => typed).sort();
  const newcomer = new Typist(await Guest.enter("Newcomer", line.url), "newcomer", id);
  newcomer.provider.connect();
  try {
    for (const typist of [...typists, newcomer])
      await until("everybody has it all", () => String(typist.paragraphs) === String(expected));
  } finally {
    newcomer.leave();
  }
  const stored = blocksOf((await scribe.content(id)).content).filter((text) => text !== "");
  expect(stored.sort()).toEqual(expected);
}

function theirs(blocks: readonly string[], name: string): string {
  return blocks.find((block) => block.startsWith(`${name} `)) ?? "";
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`not within 30 s: ${what}`);
    await sleep(20);
  }
}
