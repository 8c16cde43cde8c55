import { setTimeout as sleep } from "node:timers/promises";
import { bytesBelow, settledBytes } from "../disk.ts";
import { type Bench, type Measure, withServer } from "../measure.ts";
import { seededRandom } from "../seeded-random.ts";
import { median, percentile } from "../statistics.ts";
import type { RunningServer } from "../target.ts";
import { SILENCE_MS, TINY_ROOM, traceOf } from "../traced-document.ts";
import { historyFileOf } from "../traced-history.ts";

/** Alarms write what makes the past quick to look at: each one of them a part. */
const UPKEEP_LIMIT_MS = 15 * 60_000;
const UPKEEP_QUIET_MS = 60_000;
const RANDOM_MOMENTS = 40;
const SCRUBBED = 200;
const BLOCKS = 10_000;
const CHANGED_BLOCKS = 1_000;

/** i: how long it takes to look at the past of a document of 259,778 edits, and what keeping all of them costs. */
export const past: Measure = {
  kind: "each",
  id: "i",
  title: "the past",
  appliesTo: (target) => target.kind === "ours",
  run: async (target, bench) => {
    const dataDir = bench.freshDir(target);
    const file = historyFileOf(traceOf(bench));
    const values: Record<string, number> = {};
    let id = "";
    let edits = 0;
    await withServer(target, dataDir, async (server) => {
      await (await Api.of(server)).create("A line.");
    });
    const baseline = bytesBelow(dataDir);
    await withServer(target, dataDir, async (server) => {
      const api = await Api.of(server);
      bench.say("importing the trace with its history");
      const startedAt = performance.now();
      id = await api.importFile(file);
      edits = await api.head(id);
      values.importRate = edits / ((performance.now() - startedAt) / 1000);
      bench.say("waiting for the snapshots along its log");
      await upkeep(api, id);
      // the database's journal goes with the object that has it open
      await sleep(SILENCE_MS);
      values.bytesPerEdit = ((await settledBytes(dataDir, UPKEEP_QUIET_MS)) - baseline) / edits;
    });
    const random = seededRandom(11);
    const anywhere = () => Math.floor(random() * edits) + 1;
    const cold = await coldMoments(target.start, dataDir, id, edits, bench);
    values.cold = median(cold);
    values.coldWorst = Math.max(...cold);
    await withServer(target, dataDir, async (server) => {
      const api = await Api.of(server);
      await api.moment(id, 1);
      const jumps: number[] = [];
      for (let i = 0; i < RANDOM_MOMENTS; i++) jumps.push(await api.moment(id, anywhere()));
      values.jump = median(jumps);
      values.jumpP95 = percentile(jumps, 95);
      values.stepRate = await rateOf(api, id, (i) => Math.floor(edits / 2) + i);
      values.sweepRate = await rateOf(api, id, (i) => Math.floor((edits * (i + 1)) / SCRUBBED));
      values.authorship = await api.timed(`/api/documents/${id}/authorship`);
      values.authorshipAgain = await api.timed(`/api/documents/${id}/authorship`);
      values.list = await api.timed(`/api/documents/${id}/history?limit=40`);
      values.diff = await manyBlocks(api);
    });
    return { values, faults: [] };
  },
};

async function upkeep(api: Api, id: string): Promise<void> {
  const end = performance.now() + UPKEEP_LIMIT_MS;
  let snapshots = -1;
  for (let quietSince = performance.now(); performance.now() < end; await sleep(2_000)) {
    const now = await api.snapshots(id);
    if (now !== snapshots) quietSince = performance.now();
    snapshots = now;
    if (performance.now() - quietSince > UPKEEP_QUIET_MS) return;
  }
}

/**
 * The first look of an object that was just started, in a process that has shown no moment of any past: only the page of
 * an empty document. At moments that stand at equal distances, so that each run has near and far ones.
 */
async function coldMoments(
  start: (dataDir: string) => Promise<RunningServer>,
  dataDir: string,
  id: string,
  edits: number,
  bench: Bench,
): Promise<number[]> {
  const times: number[] = [];
  const starts = bench.sizes.openings * 3;
  for (let round = 0; round < starts; round++) {
    const server = await start(dataDir);
    try {
      const api = await Api.of(server);
      await api.head(await api.create("Warm."));
      times.push(await api.moment(id, Math.floor((edits * (round + 1)) / (starts + 1))));
    } finally {
      await server.stop();
    }
  }
  return times;
}

/** Moments a second, one after the other, as a slider asks for them. */
async function rateOf(api: Api, id: string, at: (i: number) => number): Promise<number> {
  const startedAt = performance.now();
  for (let i = 0; i < SCRUBBED; i++) await api.moment(id, at(i));
  return SCRUBBED / ((performance.now() - startedAt) / 1000);
}

/** The comparison of two versions of a long document. */
async function manyBlocks(api: Api): Promise<number> {
  const paragraph = (i: number) => `Paragraph ${i} of a long document, with a sentence of some length in it.`;
  const changed = (i: number) => {
    if (i % (BLOCKS / CHANGED_BLOCKS) !== 0) return paragraph(i);
    return i % 20 === 0 ? "" : paragraph(i).replace("a sentence", "**another** sentence");
  };
  const text = (of: (i: number) => string) => Array.from({ length: BLOCKS }, (_, i) => of(i)).join("\n\n");
  const id = await api.create(text(paragraph));
  await api.replace(id, text(changed));
  const times: number[] = [];
  for (let round = 0; round < 3; round++)
    times.push(await api.timed(`/api/documents/${id}/diff?from=1&to=2`));
  return median(times);
}

/** What an outside program asks for. */
class Api {
  readonly #origin: string;
  readonly #token: string;

  private constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  static async of(server: RunningServer): Promise<Api> {
    const own = await server.own(TINY_ROOM);
    if (own === null) throw new Error("only our server has a past");
    const origin = own.url.replace(/^ws/, "http").replace(/\/sync$/, "");
    const response = await fetch(`${origin}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Bench" }),
    });
    return new Api(origin, ((await response.json()) as { readonly token: string }).token);
  }

  async create(markdown: string): Promise<string> {
    return (await this.#json<{ readonly id: string }>("POST", "/api/documents", { markdown })).id;
  }

  async replace(id: string, markdown: string): Promise<void> {
    await this.#json("PUT", `/api/documents/${id}/content`, { markdown });
  }

  async importFile(file: Uint8Array<ArrayBuffer>): Promise<string> {
    const response = await fetch(`${this.#origin}/api/documents/import`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/x-palimpsest-history" },
      body: file,
    });
    if (!response.ok) throw new Error(`import: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { readonly id: string }).id;
  }

  async head(id: string): Promise<number> {
    return (await this.#json<{ readonly head: number }>("GET", `/api/documents/${id}/stats`)).head;
  }

  async snapshots(id: string): Promise<number> {
    return (await this.#json<{ readonly snapshots: number }>("GET", `/api/documents/${id}/stats`)).snapshots;
  }

  /** @returns ms */
  moment(id: string, seq: number): Promise<number> {
    return this.timed(`/api/documents/${id}/content?format=json&at=${seq}`);
  }

  /** @returns ms until the whole answer was here */
  async timed(path: string): Promise<number> {
    const startedAt = performance.now();
    const response = await fetch(`${this.#origin}${path}`, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    const text = await response.text();
    const ms = performance.now() - startedAt;
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return ms;
  }

  async #json<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Answer;
  }
}
