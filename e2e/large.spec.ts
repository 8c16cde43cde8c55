import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { Guest } from "./support/api.ts";
import { paragraphUpdates, textOf } from "./support/large-document.ts";
import { peakDuring, residentBytes } from "./support/memory.ts";
import { OwnServer } from "./support/own-server.ts";
import { RawClient } from "./support/raw-client.ts";
import { expect, test } from "./support/test.ts";

/** 36,000 paragraphs do not fit the object as a `Y.Doc` either; 300,000 are 10 MB, and take a while. */
const nightly = process.env.NIGHTLY === "1";
const paragraphs = nightly ? 300_000 : 36_000;
const perPush = nightly ? 30_000 : 6_000;
/** For people who open and edit it. A `Y.Doc` of 300,000 paragraphs would take 450 MB. */
const allowedGrowth = 64 * 1024 * 1024;
/**
 * With everything else that is asked of it one after the other. No more is needed at any time than before, but the
 * runtime collects buffers only after 64 MB of them.
 */
const allowedInAll = 2 * allowedGrowth;

interface LargeStats {
  readonly head: number;
  readonly snapshotBytes: number;
  readonly garbageCollected: boolean | null;
}

const statsOf = (guest: Guest, id: string) => guest.json<LargeStats>(`/api/documents/${id}/stats`);

async function write(guest: Guest, id: string): Promise<number> {
  const writer = await RawClient.open(guest.url, id, await guest.ticket(id));
  let bytes = 0;
  let head = 1;
  for (const update of paragraphUpdates(77, paragraphs, perPush)) {
    writer.push(update);
    bytes += update.length;
    head++;
    await expect.poll(async () => (await statsOf(guest, id)).head, { intervals: [20] }).toBe(head);
  }
  // on a slow machine the first one is written half way through
  await expect
    .poll(async () => (await statsOf(guest, id)).snapshotBytes, { timeout: 90_000 })
    .toBeGreaterThan(0.99 * bytes);
  await writer.close();
  return bytes;
}

/** A running runtime with everything in memory that any document needs. */
async function warm(server: OwnServer): Promise<{ readonly guest: Guest; readonly before: number }> {
  const guest = await Guest.enter("Ada", server.url);
  const small = await guest.create({ title: "small", markdown: "small" });
  const client = await RawClient.open(server.url, small, await guest.ticket(small));
  await guest.markdown(small);
  await client.close();
  await sleep(500);
  return { guest, before: residentBytes(server.runtimePid) };
}

test(`[WK24] [I15] a document of ${paragraphs} paragraphs is opened, edited and read in little memory`, async () => {
  test.setTimeout(180_000);
  const server = await new OwnServer().start();
  const told: string[] = [];
  try {
    let { guest } = await warm(server);
    const id = await guest.create({ title: "long" });
    const bytes = await write(guest, id);
    expect(await statsOf(guest, id)).toMatchObject({ garbageCollected: false });
    told.push(`${bytes} bytes`);

    await server.restart();
    const { before, ...again } = await warm(server);
    guest = again.guest;
    const growth = async <T>(name: string, act: () => Promise<T>, allowed = allowedInAll): Promise<T> => {
      const { result, peak } = await peakDuring(server.runtimePid, act);
      told.push(`${name}: +${((peak - before) / 1e6).toFixed(0)} MB`);
      expect(peak - before, told.join(", ")).toBeLessThan(allowed);
      return result;
    };
    const open = async () => RawClient.open(server.url, id, await guest.ticket(id));
    const ada = await growth("one opens it", open, allowedGrowth);
    const ben = await growth("another opens it", open, allowedGrowth);
    expect(ben.whole).toEqual(ada.whole);
    await growth(
      "they edit it",
      async () => {
        for (const update of paragraphUpdates(78, 20, 1)) {
          ada.push(update);
          expect(await ben.update()).toEqual(update);
        }
      },
      allowedGrowth,
    );
    await growth("it is renamed", () =>
      guest.json(`/api/documents/${id}`, { method: "PATCH", body: { title: "longer" } }),
    );
    const refused = await growth("it is too large to be shown", () =>
      guest.request(`/api/documents/${id}/content?format=markdown`),
    );
    expect(refused.status).toBe(413);
    const raw = await growth("it is read", async () =>
      (await guest.request(`/api/documents/${id}/content?format=yjs`)).arrayBuffer(),
    );
    const doc = new Y.Doc();
    Y.applyUpdate(doc, new Uint8Array(raw));
    const body = doc.getXmlFragment("default");
    expect(doc.getMap("meta").get("title")).toBe("longer");
    expect(body.length).toBeGreaterThanOrEqual(paragraphs + 20);
    expect(body.toString()).toContain(`<paragraph>${textOf(paragraphs - 1)}</paragraph>`);
    await Promise.all([ada.close(), ben.close()]);
  } finally {
    console.log(told.join(", "));
    await server.end();
  }
});
