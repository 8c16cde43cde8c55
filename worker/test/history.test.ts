import { runInDurableObject } from "cloudflare:test";
import type { AuthorNo, NewFrame, Seq } from "@palimpsest/history";
import { type SqlDriver, SqliteStore } from "@palimpsest/store";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { historyPage } from "../src/document/history-page.ts";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { summarise } from "../src/document/summarise.ts";
import { timeline } from "../src/document/timeline.ts";
import { stubOf } from "./support/api.ts";
import { updateOf } from "./support/client.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);
const [ada, bob] = [1, 2] as AuthorNo[] as [AuthorNo, AuthorNo];
const letter = updateOf(new Y.Doc(), (doc) => doc.getText("t").insert(0, "x"));

const edit = (minutes: number, author = ada): NewFrame => ({
  kind: "edit",
  time: START + minutes * MINUTE,
  author,
  update: letter,
});

let objects = 0;

/** A store over an empty database of its own. */
async function withStore(use: (store: SqliteStore, driver: SqlDriver) => void): Promise<void> {
  objects += 1;
  await runInDurableObject(stubOf(`history ${objects}`), (_, { storage }) => {
    const driver = sqlDriver(storage);
    const store = new SqliteStore(driver, { summarise });
    store.create({ documentId: "d1", logId: "l1", createdAt: START });
    const people = [ada, bob].map((no) => ({ no, userId: `u${no}`, name: `P${no}`, color: "#112233" }));
    store.append({ frames: [], authors: people, owners: new Map(), stateVector: () => new Uint8Array([0]) });
    use(store, driver);
  });
}

function write(store: SqliteStore, ...frames: NewFrame[]): Seq {
  return store.append({
    frames,
    authors: [],
    owners: new Map(),
    stateVector: () => new Uint8Array([0]),
  });
}

const page = (store: SqliteStore, before: number | null = null, limit = 50, filter?: "named") =>
  historyPage(store, store.authors(), before as Seq | null, limit, filter);

describe("the history list", () => {
  it("[WK36] forty sessions of 260,000 frames are listed from a few rows, and the whole timeline from its packs' summaries", () =>
    withStore((store, driver) => {
      const total = 260_000;
      for (let i = 0; i < total; i += 500) {
        const minutes = (i / 500) * 7;
        write(
          store,
          ...Array.from({ length: 500 }, (_, n) => edit(minutes + n / 500, i % 1_000 === 0 ? ada : bob)),
        );
      }
      const rows = store.stats().segments;
      const read = { all: 0, frames: 0 };
      const counting = new SqliteStore(
        {
          ...driver,
          query: (sql, ...params) => {
            const found = driver.query(sql, ...params);
            read.all += found.length;
            read.frames += found.filter(({ bytes }) => bytes instanceof Uint8Array).length;
            return found;
          },
        },
        { summarise },
      );
      const { entries } = page(counting, null, 40);
      expect(entries).toHaveLength(40);
      expect(entries[0]).toMatchObject({
        kind: "session",
        lastSeq: total,
        authors: [{ id: "u2", edits: 500, inserted: 500, deleted: 0 }],
      });
      expect(read.frames).toBeLessThan(25);
      expect(read.all).toBeLessThan(100);

      Object.assign(read, { all: 0, frames: 0 });
      const { sessions } = timeline(counting);
      expect(sessions).toHaveLength(total / 500);
      expect(read.frames).toBeLessThan(25);
      expect(read.all).toBeLessThan(rows + 100);
    }));

  it("[WK36] whatever rows and pages cut, each frame is in one entry, and pages give what the whole list gives", () =>
    withStore((store) => {
      for (let i = 0; i < 9_000; i++) {
        const act = i % 1_700 === 1_699;
        const frame = edit(
          i / 60 + Math.floor(i / 800) * 6 + Math.floor(i / 300) * 2,
          i % 600 < 300 ? ada : bob,
        );
        write(store, act ? { ...frame, kind: "restore", target: (i - 5) as Seq } : frame);
      }
      expect(store.stats().segments).toBeGreaterThan(3);
      const whole = page(store, null, 1_000).entries;
      expect(whole.length).toBeGreaterThan(20);
      let next = 9_000;
      for (const entry of whole) {
        const [first, last] = "seq" in entry ? [entry.seq, entry.seq] : [entry.firstSeq, entry.lastSeq];
        expect(last).toBe(next);
        next = first - 1;
      }
      expect(next).toBe(0);
      const paged = [];
      for (let before: number | null = null, more = true; more; ) {
        const { entries, next } = page(store, before, 7);
        paged.push(...entries);
        before = next;
        more = next !== null;
      }
      expect(paged).toEqual(whole);
      const inside = page(store, 4_321).entries[0];
      expect(inside).toMatchObject({ kind: "session", lastSeq: 4_320 });
    }));

  it("[WK19] a restore says how, whose edits and which stretch; one of which nothing else is known brought back everything", () =>
    withStore((store) => {
      write(store, edit(0), edit(1, bob));
      write(store, { ...edit(2), kind: "restore", target: 1 as Seq });
      const seq = write(store, { ...edit(3), kind: "restore", target: 2 as Seq });
      store.addRestore({
        seq,
        how: "person",
        of: bob,
        from: 1 as Seq,
        through: 3 as Seq,
        moves: new Uint8Array(),
        deletes: new Uint8Array(),
      });
      const [person, whole] = page(store).entries;
      expect(person).toMatchObject({ seq: 4, how: "person", of: { id: "u2" }, from: 1, through: 3 });
      expect(person).toMatchObject({ target: 2, targetTime: new Date(START + MINUTE).toISOString() });
      expect(whole).toMatchObject({ seq: 3, how: "whole", of: null, from: null, through: null, target: 1 });
    }));

  it("[WK37] the list shows what can be read, and says where something cannot", () =>
    withStore((store, driver) => {
      for (let i = 0; i < 900; i++) write(store, edit(i * 6));
      const rows = driver.query("SELECT first_seq, last_seq FROM segments ORDER BY first_seq");
      const { first_seq: first, last_seq: last } = rows[1] ?? {};
      driver.exec("UPDATE segments SET checksum = 1, summary = NULL WHERE first_seq = ?", first ?? null);
      const { entries } = page(new SqliteStore(driver, { summarise }), null, 1_000);
      const lost = entries.filter(({ kind }) => kind === "damaged");
      expect(lost).toEqual([{ kind: "damaged", firstSeq: first, lastSeq: last }]);
      expect(entries).toHaveLength(900 - (Number(last) - Number(first)));
      const below = page(store, Number(last), 1_000).entries;
      expect(below[0]).toEqual({ kind: "damaged", firstSeq: first, lastSeq: Number(last) - 1 });
    }));

  it("[WK38] named versions can be listed alone, in pages that lose none", () =>
    withStore((store) => {
      write(store, edit(0), edit(1), edit(2));
      for (let i = 0; i < 9; i++) {
        store.addVersion({
          id: `v_${i}`,
          seq: (1 + (i % 3)) as Seq,
          name: `n${i}`,
          description: i === 4 ? "why" : "",
          createdAt: START + i,
          author: bob,
          automatic: i % 4 === 0,
        });
      }
      const all = page(store, null, 50, "named");
      expect(all).toMatchObject({ head: 3, floor: 0, next: null });
      expect(all.entries.map((entry) => entry.kind === "version" && [entry.id, entry.seq])).toEqual([
        ["v_5", 3],
        ["v_2", 3],
        ["v_7", 2],
        ["v_1", 2],
        ["v_6", 1],
        ["v_3", 1],
      ]);
      const paged = [];
      for (let before: number | null = null, more = true; more; ) {
        const { entries, next } = page(store, before, 1, "named");
        expect(entries.length).toBe(2); // those at one position stay together
        paged.push(...entries);
        before = next;
        more = next !== null;
      }
      expect(paged).toEqual(all.entries);
    }));

  it("[WK38] the timeline tells the people once, the sessions oldest first and every version", () =>
    withStore((store) => {
      write(store, { ...edit(0, bob), kind: "import" }, edit(1, bob), edit(1.5, ada), edit(30, ada));
      const version = { description: "", createdAt: START, author: bob };
      store.addVersion({ ...version, id: "v_a", seq: 2 as Seq, name: "A", automatic: true });
      store.addVersion({ ...version, id: "v_b", seq: 4 as Seq, name: "B", automatic: false });
      const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();
      expect(timeline(store)).toEqual({
        head: 4,
        floor: 0,
        people: [
          { id: "u2", name: "P2", color: "#112233" },
          { id: "u1", name: "P1", color: "#112233" },
        ],
        sessions: [
          { kind: "import", firstSeq: 1, lastSeq: 1, startedAt: at(0), endedAt: at(0), authors: [0] },
          { kind: "session", firstSeq: 2, lastSeq: 3, startedAt: at(1), endedAt: at(1.5), authors: [0, 1] },
          { kind: "session", firstSeq: 4, lastSeq: 4, startedAt: at(30), endedAt: at(30), authors: [1] },
        ],
        versions: [
          { id: "v_a", seq: 2, name: "A", automatic: true },
          { id: "v_b", seq: 4, name: "B", automatic: false },
        ],
      });
    }));
});
