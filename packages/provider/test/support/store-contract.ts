import { describe, expect, test } from "vitest";
import type { CopyChange, CopyHead, OfflineStore, StoredCopy } from "../../src/index.ts";

const head = (over: Partial<CopyHead> = {}): CopyHead => ({
  documentId: "d",
  generation: "g",
  owner: "ada",
  schemaVersion: 1,
  role: "edit",
  position: null,
  openedAt: 5,
  nextRow: 0,
  loose: 0,
  looseBytes: 0,
  wholeBytes: 0,
  ...over,
});
const bytes = (...values: number[]) => Uint8Array.from(values);
const row = (number: number, tab = "a") => ({ row: number, tab, update: bytes(number), checksum: number });
const entry = (tab: string, first: number) => ({ tab, first, update: bytes(first), checksum: first });

const read = (store: OfflineStore, documentId = "d") =>
  store.change(documentId, "all", (copy) => ({ result: copy, change: null }));
const write = (store: OfflineStore, change: CopyChange, documentId = "d") =>
  store.change(documentId, "head", () => ({ result: null, change }));

const shape = ({ head: found, rows, outbox }: StoredCopy) => ({
  generation: found?.generation ?? null,
  rows: rows.map((each) => each.row),
  outbox: outbox.map(({ tab, first }) => `${tab}${first}`),
});

/** What every store of offline copies has to do. `open` gives another tab's access to the same disk. */
export function storeContract(name: string, make: () => () => OfflineStore): void {
  describe(`${name} keeps the contract`, () => {
    test("[PV60] what was written is read whole, in order, by every tab; other documents are not touched", async () => {
      const open = make();
      const store = open();
      expect(shape(await read(store))).toEqual({ generation: null, rows: [], outbox: [] });
      await write(store, {
        head: head(),
        rows: [row(2), row(0), row(10)],
        outbox: [entry("b", 2), entry("a", 9), entry("a", 10)],
      });
      await write(store, { head: head({ documentId: "d2" }), rows: [row(7)] }, "d2");
      const seen = await read(open());
      expect(shape(seen)).toEqual({ generation: "g", rows: [0, 2, 10], outbox: ["a9", "a10", "b2"] });
      expect(seen.rows[1]).toMatchObject(row(2));
      expect(seen.head).toEqual(head());
      expect(shape(await read(store, "d2")).rows).toEqual([7]);
      expect(shape(await read(store, "other")).generation).toBeNull();
    });

    test("[PV60] a decision sees no more than it asked for", async () => {
      const store = make()();
      await write(store, { head: head(), rows: [row(0)], outbox: [entry("a", 1)] });
      const seen = async (reads: "head" | "outbox" | "all") =>
        shape(await store.change("d", reads, (copy) => ({ result: copy, change: null })));
      expect(await seen("head")).toEqual({ generation: "g", rows: [], outbox: [] });
      expect(await seen("outbox")).toEqual({ generation: "g", rows: [], outbox: ["a1"] });
      expect(await seen("all")).toEqual({ generation: "g", rows: [0], outbox: ["a1"] });
    });

    test("[PV60] what is to go goes before what comes, and nothing else", async () => {
      const store = make()();
      const outbox = [entry("a", 1), entry("a", 2), entry("a", 3), entry("b", 2), entry("c", 1)];
      await write(store, { head: head(), rows: [row(0), row(1), row(2)], outbox });
      await write(store, {
        removesRowsThrough: 1,
        removesEntries: [{ tab: "a", first: 2, last: 3 }],
        removesOutboxes: ["c"],
        rows: [row(1, "z")],
        outbox: [entry("c", 5)],
      });
      expect(shape(await read(store))).toEqual({ generation: "g", rows: [1, 2], outbox: ["a1", "b2", "c5"] });
      await write(store, { removesAll: true, head: head({ generation: "h" }), rows: [row(3)] });
      expect(shape(await read(store))).toEqual({ generation: "h", rows: [3], outbox: [] });
      await write(store, { removesAll: true });
      expect(shape(await read(store))).toEqual({ generation: null, rows: [], outbox: [] });
    });

    test("[PV60] a decision that throws changes nothing and is told", async () => {
      const store = make()();
      await write(store, { head: head(), rows: [row(0)] });
      const failure = store.change("d", "all", () => {
        throw new Error("no");
      });
      await expect(failure).rejects.toThrow("no");
      expect(shape(await read(store)).rows).toEqual([0]);
    });

    test("[PV60] tabs take turns: each decides on what the one before has written", async () => {
      const open = make();
      const tabs = [open(), open(), open()];
      await write(tabs[0]!, { head: head() });
      const next = (store: OfflineStore) =>
        store.change("d", "head", ({ head: found }) => ({
          result: null,
          change: { rows: [row(found!.nextRow)], head: head({ nextRow: found!.nextRow + 1 }) },
        }));
      await Promise.all(Array.from({ length: 30 }, (_, i) => next(tabs[i % 3]!)));
      const seen = await read(tabs[0]!);
      expect(seen.head?.nextRow).toBe(30);
      expect(seen.rows).toHaveLength(30);
    });

    test("[PV60] the list says what there is, and whether something of it was not sent", async () => {
      const store = make()();
      await write(store, { head: head(), outbox: [entry("a", 1)] });
      await write(store, { head: head({ documentId: "d2" }) }, "d2");
      const list = [...(await store.list())].sort((a, b) =>
        a.head.documentId.localeCompare(b.head.documentId),
      );
      expect(list).toEqual([
        { head: head(), hasUnsent: true },
        { head: head({ documentId: "d2" }), hasUnsent: false },
      ]);
    });

    test("[PV60] what is put aside stays when the copy goes, until it is discarded", async () => {
      const store = make()();
      const aside = { id: "x", documentId: "d", owner: "ada", at: 1, code: 4404, updates: [bytes(1)] };
      await write(store, { head: head() });
      await write(store, { removesAll: true, aside });
      expect(await store.asides("d")).toEqual([aside]);
      expect(await store.asides("other")).toEqual([]);
      await store.discardAside("x");
      expect(await store.asides("d")).toEqual([]);
    });
  });
}
