import type { Browser } from "@playwright/test";
import { accessOf, createDocument, newPerson, openDocument, withBrowser } from "../browser/browser-pages.ts";
import { firstLoad, noteEditable } from "../browser/first-load.ts";
import { manyBlocks } from "../browser/many-blocks.ts";
import { keyCosts, remoteEdits } from "../browser/typing.ts";
import { type Bench, type Measure, withServer } from "../measure.ts";
import { median, percentile } from "../statistics.ts";
import type { RunningServer } from "../target.ts";
import { ownTypist } from "../typist.ts";
import { originOf } from "../web-origin.ts";

/** j: what a person feels at the editor, in a headless browser beside the server. */
export const browser: Measure = {
  kind: "each",
  id: "j",
  title: "in the browser",
  appliesTo: (target) => target.kind === "ours",
  run: (target, bench) =>
    withServer(target, bench.freshDir(target), (server) =>
      withBrowser(async (chromium) => {
        const values: Record<string, number> = {};
        await measureFirstLoads(chromium, server, bench, values);
        await measureDocument(chromium, server, bench, values);
        await measureLargeDocument(chromium, server, bench, values);
        return { values, faults: [] };
      }),
    ),
};

type Values = Record<string, number>;

async function measureFirstLoads(chromium: Browser, server: RunningServer, bench: Bench, values: Values) {
  const origin = await originOf(server);
  const author = await newPerson(chromium, origin, "Author");
  const id = await createDocument(author, origin, "A short document.");
  await author.close();
  bench.say("j opening a short document in browsers that have never been here");
  const loads = [];
  for (let round = 0; round < bench.sizes.pageLoads; round++)
    loads.push(await firstLoad(chromium, origin, id));
  values.script = Math.max(...loads.map(({ scriptBytes }) => scriptBytes)) / 1000;
  values.style = Math.max(...loads.map(({ styleBytes }) => styleBytes)) / 1000;
  values.firstLoad = median(loads.map(({ ms }) => ms));
}

async function measureDocument(chromium: Browser, server: RunningServer, bench: Bench, values: Values) {
  const origin = await originOf(server);
  const context = await newPerson(chromium, origin, "Ada");
  try {
    const id = await createDocument(context, origin, manyBlocks(bench.sizes.blocks));
    bench.say(`j opening a document of ${bench.sizes.blocks} blocks again and again`);
    const first = await context.newPage();
    await openDocument(first, origin, id);
    await first.close();
    const openings: number[] = [];
    for (let round = 0; round < bench.sizes.pageLoads; round++) {
      const page = await context.newPage();
      await page.addInitScript(noteEditable);
      await openDocument(page, origin, id);
      openings.push(await page.evaluate(() => window.editableAt ?? Number.NaN));
      await page.close();
    }
    values.open = median(openings);
    values.openP95 = percentile(openings, 95);

    bench.say("j typing in it");
    const page = await context.newPage();
    await openDocument(page, origin, id);
    const keys = await keyCosts(page, bench.sizes.keys);
    values.key = median(keys);
    values.keyP95 = percentile(keys, 95);

    bench.say("j reading what somebody else writes in it");
    const writer = await ownTypist(accessOf(context, origin, id), 0);
    const { costs, delays } = await remoteEdits(page, writer, bench.sizes.remoteEdits);
    writer.close();
    values.remote = median(costs);
    values.remoteP95 = percentile(costs, 95);
    values.remoteDelay = median(delays);
  } finally {
    await context.close();
  }
}

async function measureLargeDocument(chromium: Browser, server: RunningServer, bench: Bench, values: Values) {
  const origin = await originOf(server);
  const context = await newPerson(chromium, origin, "Ben");
  try {
    bench.say(`j typing in a document of ${bench.sizes.manyBlocks} blocks`);
    const id = await createDocument(context, origin, manyBlocks(bench.sizes.manyBlocks));
    const page = await context.newPage();
    await openDocument(page, origin, id);
    const keys = await keyCosts(page, bench.sizes.keys);
    values.largeKey = median(keys);
    values.largeKeyP95 = percentile(keys, 95);
  } finally {
    await context.close();
  }
}
