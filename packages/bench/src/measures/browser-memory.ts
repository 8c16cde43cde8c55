import { setTimeout as sleep } from "node:timers/promises";
import {
  createDocument,
  newPerson,
  openDocument,
  saved,
  toTheMiddle,
  withBrowser,
} from "../browser/browser-pages.ts";
import { MainThread } from "../browser/main-thread.ts";
import { manyBlocks } from "../browser/many-blocks.ts";
import { typeLikeAPerson } from "../browser/person-typing.ts";
import { type Measure, withServer } from "../measure.ts";
import { seededRandom } from "../seeded-random.ts";
import { sum } from "../statistics.ts";
import { originOf } from "../web-origin.ts";

const BLOCKS = 200;
const TYPISTS = ["Ada", "Ben"] as const;
/** Until what a page does when it has come to rest is done: the outline, the local copy, the audit. */
const REST_MS = 10_000;

/** k: whether pages in which two people type keep more than pages that have just been opened. */
export const browserMemory: Measure = {
  kind: "each",
  id: "k",
  title: "memory in the browser",
  appliesTo: (target) => target.kind === "ours",
  run: (target, bench) =>
    withServer(target, bench.freshDir(target), (server) =>
      withBrowser(async (chromium) => {
        const origin = await originOf(server);
        const seconds = bench.sizes.browserSeconds;
        const contexts = await Promise.all(TYPISTS.map((name) => newPerson(chromium, origin, name)));
        const [first] = contexts;
        if (first === undefined) throw new Error("nobody types");
        const id = await createDocument(first, origin, manyBlocks(BLOCKS));
        const pages = await Promise.all(contexts.map((context) => context.newPage()));
        for (const page of pages) {
          await openDocument(page, origin, id);
          await toTheMiddle(page);
        }
        const [page] = pages;
        if (page === undefined) throw new Error("no page");
        const thread = await MainThread.of(page);
        bench.say(`k two people type for ${Math.round(seconds / 60)} minutes`);
        const typed: number[] = [];
        const type = async (from: number, part: number) => {
          const done = await Promise.all(
            pages.map((each, index) => typeLikeAPerson(each, seededRandom(from + index), part)),
          );
          typed.push(...done.map(({ characters }) => characters));
        };
        await type(1, seconds / 6);
        const heapStart = await thread.heapBytes();
        await type(100, (seconds * 5) / 6);
        await Promise.all(pages.map(saved));
        await sleep(REST_MS);
        const heapEnd = await thread.heapBytes();
        const end = await thread.counters();

        const fresh = await first.newPage();
        await openDocument(fresh, origin, id);
        const freshThread = await MainThread.of(fresh);
        await sleep(REST_MS);
        const heapFresh = await freshThread.heapBytes();
        const beside = await freshThread.counters();
        return {
          values: {
            heapStart: heapStart / 1e6,
            heapEnd: heapEnd / 1e6,
            heapFresh: heapFresh / 1e6,
            ratio: heapEnd / heapFresh,
            nodes: end.nodes / beside.nodes,
            listeners: end.listeners / beside.listeners,
            characters: sum(typed),
          },
          faults: [],
        };
      }),
    ),
};
