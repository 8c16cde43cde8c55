import { runInDurableObject } from "cloudflare:test";
import type { AuthorNo, Seq } from "@palimpsest/history";
import { RoomHost } from "@palimpsest/room";
import { SCHEMA_VERSION } from "@palimpsest/schema";
import { SqliteStore } from "@palimpsest/store";
import { beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { compactNow } from "../src/document/compaction.ts";
import { keepMs } from "../src/document/keep-ms.ts";
import { updatesAt } from "../src/document/moment.ts";
import { HibernatingSockets } from "../src/document/sockets.ts";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { summarise } from "../src/document/summarise.ts";
import { thin, thinningPlan } from "../src/document/thinning.ts";
import { Upkeep } from "../src/document/upkeep.ts";
import { bindings, stubOf } from "./support/api.ts";
import { beside } from "./support/beside.ts";
import { filesOf } from "./support/files.ts";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 5, 1);
const FRAMES = 100;

let objects = 0;
let id = "";
beforeEach(() => {
  objects += 1;
  id = `thinning ${objects}`;
});

/** A frame for each of the last hundred days, with a snapshot on some of them. */
async function withPast(use: (store: SqliteStore, state: DurableObjectState) => void | Promise<void>) {
  await runInDurableObject(stubOf(id), async (_, state) => {
    const store = new SqliteStore(sqlDriver(state.storage), { summarise });
    store.create({ documentId: id, logId: "l1", createdAt: 0 });
    const doc = new Y.Doc();
    doc.on("update", (update: Uint8Array) => {
      const time = NOW - (FRAMES - store.stats().head) * DAY;
      store.append({
        frames: [{ kind: "edit", time, author: 1 as AuthorNo, update }],
        authors: [],
        owners: new Map(),
        stateVector: () => Y.encodeStateVector(doc),
      });
    });
    const text = doc.getText("t");
    for (let i = 1; i <= FRAMES; i++) {
      doc.transact(() => {
        text.delete(0, text.length);
        text.insert(0, `day ${i} `.padEnd(6_000, `${i} `));
      });
      if ([33, 66, 95].includes(i)) compactNow(store, NOW);
    }
    await use(store, state);
  });
}

const name = (id: string, seq: number) => ({
  id,
  seq: seq as Seq,
  name: id,
  description: "",
  createdAt: NOW,
  author: 1 as AuthorNo,
  automatic: false,
});

function dayAt(seq: number, store: SqliteStore): string {
  const doc = new Y.Doc();
  for (const update of updatesAt(seq as Seq, store)) Y.applyUpdate(doc, update);
  return doc.getText("t").toString().split(" ").slice(0, 2).join(" ");
}

function verified(store: SqliteStore) {
  const walk = store.verify();
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
}

/** All steps that are to be done now. */
async function tend(store: SqliteStore, keepMs: number | null): Promise<string[]> {
  const kinds: string[] = [];
  for (let plan = thinningPlan(store, keepMs, NOW); plan.kind !== "none"; ) {
    kinds.push(plan.kind === "pin" ? `pin ${plan.seq}` : `thin ${plan.floor}`);
    await thin(plan, store, NOW, async () => undefined);
    plan = thinningPlan(store, keepMs, NOW);
  }
  return kinds;
}

describe("keeping the past", () => {
  it("[WK59] a deployer's number of days is obeyed, a mistake keeps everything", () => {
    for (const [setting, ms] of [
      ["365", 365 * DAY],
      [30, 30 * DAY],
      ["0.5", DAY / 2],
    ] as const)
      expect(keepMs({ HISTORY_KEEP_DAYS: setting })).toBe(ms);
    for (const setting of ["", " ", "0", 0, "-3", "forever", "1 year", "Infinity", "NaN"])
      expect(keepMs({ HISTORY_KEEP_DAYS: setting }), `${setting}`).toBeNull();
    expect(keepMs({})).toBeNull();
  });

  it("[WK58] everything is kept unless it is said otherwise", () =>
    withPast(async (store) => {
      expect(await tend(store, null)).toEqual([]);
      expect(await tend(store, 200 * DAY)).toEqual([]);
      for (let seq = 1; seq <= FRAMES; seq += 9) expect(dayAt(seq, store)).toBe(`day ${seq}`);
    }));

  it("[WK58] the past before so many days goes; versions stay, each as it was, and what follows is untouched", () =>
    withPast(async (store, { storage }) => {
      for (const one of [name("v_a", 20), name("v_b", 50), name("v_c", 66), name("v_d", 80)])
        store.addVersion(one);
      const { logBytes } = store.stats();
      expect(await tend(store, 30 * DAY)).toEqual(["pin 20", "pin 50", "thin 66"]);
      expect(store.stats()).toMatchObject({ floor: 66, head: FRAMES });
      expect(store.stats().logBytes).toBeLessThan(logBytes / 2);
      const again = new SqliteStore(sqlDriver(storage), { summarise });
      for (const seq of [20, 50, 66, 67, 80, 99, 100]) expect(dayAt(seq, again)).toBe(`day ${seq}`);
      for (const seq of [19, 33, 51]) expect(() => updatesAt(seq as Seq, again)).toThrow("before-floor");
      expect(verified(again)).toMatchObject({ versions: 4, bad: null });

      store.removeVersion("v_a");
      expect(await tend(store, null)).toEqual(["thin 66"]);
      expect(store.snapshots().map(({ seq }) => seq as number)).not.toContain(20);
      expect(dayAt(50, store)).toBe("day 50");
      expect(await tend(store, 30 * DAY)).toEqual([]);
    }));

  it("[WK58] a version that was pinned to a damaged snapshot gets another one before the log goes", () =>
    withPast(async (store, { storage }) => {
      store.addVersion(name("v_a", 20));
      const plan = thinningPlan(store, 30 * DAY, NOW);
      expect(plan).toEqual({ kind: "pin", seq: 20 });
      if (plan.kind === "pin") await thin(plan, store, NOW, async () => undefined);
      storage.sql.exec("UPDATE snapshots SET update_checksum = 1 WHERE seq = 20");
      expect(await tend(store, 30 * DAY)).toEqual(["thin 66", "pin 20", "thin 66"]);
      expect(dayAt(20, store)).toBe("day 20");
      expect(store.damagedSnapshots).toEqual([]);
    }));

  it("[WK58] where a version cannot be read any more the log from there on stays, until it is removed", () =>
    withPast(async (store, { storage }) => {
      store.addVersion(name("v_a", 70));
      const [row] = storage.sql
        .exec("SELECT first_seq FROM segments WHERE first_seq <= 70 AND last_seq >= 70")
        .toArray();
      storage.sql.exec("UPDATE segments SET checksum = 1 WHERE first_seq = ?", row?.first_seq ?? null);
      expect(await tend(store, 0)).toEqual(["pin 70", "thin 66"]);
      expect(await tend(store, 0)).toEqual([]);
      store.removeVersion("v_a");
      expect(await tend(store, 0)).toEqual(["thin 95"]);
    }));

  it("[WK58] alarms do it step by step when nobody types", () =>
    withPast(async (store, state) => {
      store.addVersion(name("v_a", 20));
      const sockets = new HibernatingSockets(state);
      const nobody = () => undefined;
      const host = new RoomHost(
        { store, sockets, differed: nobody, dirty: nobody, flushAt: nobody },
        { schemaVersion: SCHEMA_VERSION, crowdMs: 0 },
      );
      const { storage } = state;
      const directory = bindings().DIRECTORY;
      const upkeep = new Upkeep({
        storage,
        store,
        sockets,
        host,
        ...beside(store, directory),
        files: filesOf(storage, store),
        keepMs: 30 * DAY,
      });
      const floors: number[] = [];
      for (let i = 0; i < 4; i++) {
        await upkeep.run(NOW + 20_000 * (i + 1));
        floors.push(store.stats().floor);
      }
      expect(floors.at(0)).toBe(0);
      expect(floors.at(-1)).toBe(66);
      expect(dayAt(20, store)).toBe("day 20");
    }));
});
