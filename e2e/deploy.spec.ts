import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { blocksOf, Guest } from "./support/api.ts";
import { type Line, layLine } from "./support/line.ts";
import { OwnServer } from "./support/own-server.ts";
import { Typist } from "./support/typist.ts";

/** People, and ms between two keys of each: this one process keeps a copy of the document for everybody. */
const crowds = [
  { people: 20, everyMs: 200 },
  ...(process.env.NIGHTLY === undefined ? [] : [{ people: 200, everyMs: 2_500 }]),
];

/** What an interruption cost. */
interface Outage {
  /** Until there was a server again. */
  readonly downMs: number;
  /** From then until everybody was synced. */
  readonly healedMs: number;
  readonly attempts: number;
  /** The most people who meant to come back within the same 100 ms of those that a first wait is spread over. */
  readonly crowd: number;
}

for (const { people, everyMs } of crowds) {
  test(`[I1] [I4] [PV3] ${people} people type through a deploy and a crash: nothing is lost or doubled, no storm`, async () => {
    test.setTimeout(400_000);
    const server = await new OwnServer().start();
    const line = await layLine(server.url);
    const typists: Typist[] = [];
    try {
      const scribe = await Guest.enter("Scribe", server.url);
      const id = await scribe.create();
      for (let i = 0; i < people; i++)
        typists.push(new Typist(await Guest.enter(`Guest ${i}`, line.url), `g${i}`, id));
      for (const { provider } of typists) provider.connect();
      await until("everybody is there", () => typists.every(({ isWell }) => isWell));
      for (const [i, typist] of typists.entries())
        setTimeout(() => typist.start(everyMs), (i / people) * everyMs);
      await sleep(4_000);

      // as a deploy does: every socket closes at one instant, and there is a server all the time
      const deploy = await interrupt(typists, async () => {
        line.cut();
        line.mend();
      });
      await sleep(3_000);
      const crash = await interrupt(typists, async () => server.start(await server.kill()));
      await sleep(2_000);

      for (const typist of typists) typist.stop();
      const expected = typists.map(({ typed }) => typed).sort();
      await until("everything is saved", () => typists.every(({ isWell }) => isWell));
      await until("everybody sees what was typed", () =>
        typists.every(({ paragraphs }) => JSON.stringify(paragraphs) === JSON.stringify(expected)),
      );
      const stored = blocksOf((await scribe.content(id)).content).filter((text) => text !== "");
      expect(stored.sort()).toEqual(expected);
      expect(typists.filter(({ losses }) => losses > 0)).toEqual([]);

      console.log(JSON.stringify({ people, characters: expected.join("").length, deploy, crash }));
      for (const { downMs, healedMs, attempts, crowd } of [deploy, crash]) {
        // a first wait is spread over 300 ms: a third of them within 100
        expect(crowd).toBeLessThan(people * 0.6 + 6);
        // the longest wait doubles: about one attempt more for each time the outage is twice as long
        expect(attempts).toBeLessThan(people * (4 + Math.log2(1 + (downMs + healedMs) / 300)));
      }
    } finally {
      await end(typists, line, server);
    }
  });
}

/** Lets `act` end every connection and bring a server back; waits until everybody is synced again. */
async function interrupt(typists: readonly Typist[], act: () => Promise<unknown>): Promise<Outage> {
  for (const typist of typists) {
    typist.attempts = 0;
    typist.waits.length = 0;
  }
  const start = performance.now();
  await act();
  const downMs = performance.now() - start;
  // the closing takes a moment to arrive
  await until("all have noticed", () => typists.every(({ attempts }) => attempts > 0));
  const isBack = ({ provider }: Typist) => provider.state.synced;
  await until("everybody is back", () => typists.every(isBack)).catch((cause) => {
    const why = typists.filter((typist) => !isBack(typist)).map(({ trouble }) => trouble);
    throw new Error(`${why.length} of ${typists.length} are not back: ${[...new Set(why)].join("; ")}`, {
      cause,
    });
  });
  const healedMs = performance.now() - start - downMs;
  const crowds = [0, 1, 2].map(
    (tenth) => typists.filter(({ waits }) => Math.floor((waits[0] ?? 0) / 100) === tenth).length,
  );
  return {
    downMs: Math.round(downMs),
    healedMs: Math.round(healedMs),
    attempts: typists.reduce((sum, typist) => sum + typist.attempts, 0),
    crowd: Math.max(...crowds),
  };
}

async function end(typists: readonly Typist[], line: Line, server: OwnServer): Promise<void> {
  for (const typist of typists) typist.leave();
  await line.close();
  await server.end();
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = performance.now() + 90_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`not within 90 s: ${what}`);
    await sleep(20);
  }
}
