import type { AuthorNo, Seq } from "@palimpsest/history";
import { expect, it } from "vitest";
import type { WithDriver } from "../contract-suite.ts";
import { MAX_ROW_BYTES, type NewSnapshot, type Version } from "../document-store.ts";
import { SqliteStore } from "../sqlite-store.ts";
import { batch, created, digest, dump, edit, sampleBytes } from "./samples.ts";

export function snapshot(seq: number, size: number): NewSnapshot {
  return {
    seq: seq as Seq,
    createdAt: 1_000 + seq,
    collected: seq % 2 === 1,
    update: sampleBytes(size, seq),
    stateVector: sampleBytes(40, seq + 1),
    deleteSet: sampleBytes(60, seq + 2),
  };
}

export function version(id: string, seq: number, createdAt: number): Version {
  return {
    id,
    seq: seq as Seq,
    name: `version ${id}`,
    description: seq % 3 === 0 ? `why ${id}` : "",
    createdAt,
    author: 1 as AuthorNo,
    automatic: seq % 2 === 0,
  };
}

/** What stands beside the log: snapshots, versions, authors, notes, the document itself. */
export function snapshotRules(withDriver: WithDriver): void {
  it("[ST6] a snapshot comes back section by section, whatever its size, and no row is too large", () =>
    withDriver((driver) => {
      const store = created(driver);
      const sizes = [2, MAX_ROW_BYTES - 1, MAX_ROW_BYTES, MAX_ROW_BYTES + 1, 2 * MAX_ROW_BYTES, 4_500_000];
      const written = sizes.map((size, i) => ({
        ...snapshot(i + 1, size),
        deleteSet: sampleBytes(size / 2, i),
      }));
      for (const one of [...written].reverse()) store.writeSnapshot(one);
      const reopened = new SqliteStore(driver);
      expect(reopened.snapshots()).toEqual(
        written.map(({ seq, createdAt, collected, update }) => ({
          seq,
          createdAt,
          collected,
          bytes: update.length,
          isDeflated: false,
        })),
      );
      for (const { seq, update, stateVector, deleteSet } of written) {
        expect(digest(reopened.readSnapshot(seq, "update"))).toBe(digest(update));
        expect(digest(reopened.readSnapshot(seq, "state-vector"))).toBe(digest(stateVector));
        expect(digest(reopened.readSnapshot(seq, "delete-set"))).toBe(digest(deleteSet));
      }
      const largest = driver.query("SELECT max(length(bytes)) AS n FROM snapshot_parts")[0]?.n;
      expect(Number(largest)).toBe(MAX_ROW_BYTES);
    }));

  it("[ST6] a snapshot at the same position replaces the other whole, a dropped one leaves nothing", () =>
    withDriver((driver) => {
      const store = created(driver);
      store.append(batch([edit(5)]));
      const empty = countParts();
      store.writeSnapshot(snapshot(1, 3 * MAX_ROW_BYTES));
      store.writeSnapshot({ ...snapshot(1, 10), createdAt: 9 });
      expect(store.snapshots()).toEqual([
        { seq: 1, createdAt: 9, bytes: 10, collected: true, isDeflated: false },
      ]);
      expect(digest(store.readSnapshot(1 as Seq, "update"))).toBe(digest(sampleBytes(10, 1)));
      store.writeSnapshot(snapshot(2, 20), [1 as Seq]);
      expect(store.snapshots().map(({ seq }) => seq)).toEqual([2]);
      expect(() => store.readSnapshot(1 as Seq, "update")).toThrow("no snapshot at 1");
      store.writeSnapshot(snapshot(3, 2 * MAX_ROW_BYTES), []);
      store.writeSnapshot(snapshot(4, 30), [2 as Seq, 3 as Seq, 7 as Seq]);
      expect(countParts()).toBe(empty);
      expect(store.stats()).toMatchObject({ snapshots: 1, snapshotBytes: 30 });

      function countParts() {
        return driver.query("SELECT count(*) AS n FROM snapshot_parts")[0]?.n;
      }
    }));

  it("[ST31] a snapshot that is packed comes back as it was, in less room, and only its own row is touched", () =>
    withDriver((driver) => {
      const store = created(driver);
      const text = new TextEncoder().encode("people write the same words again and again. ".repeat(120_000));
      const large = { ...snapshot(1, 0), update: text };
      const small = { ...snapshot(2, 0), update: text.slice(0, 50_000) };
      for (const one of [large, small]) store.writeSnapshot(one);
      const stored = () =>
        Number(driver.query("SELECT sum(length(bytes)) AS n FROM snapshots")[0]?.n ?? 0) +
        Number(driver.query("SELECT sum(length(bytes)) AS n FROM snapshot_parts")[0]?.n ?? 0);
      const before = stored();
      store.writeSnapshot({ ...snapshot(3, 0), update: text.slice(7) }, [], [1, 2, 3, 99] as Seq[]);
      store.writeSnapshot(snapshot(4, 300), [], [1 as Seq]);
      expect(stored()).toBeLessThan(before / 10);
      const whole = [large, small, { ...snapshot(3, 0), update: text.slice(7) }, snapshot(4, 300)];
      for (const reader of [store, new SqliteStore(driver)]) {
        expect(reader.snapshots()).toEqual(
          whole.map(({ seq, createdAt, collected, update }) => ({
            seq,
            createdAt,
            collected,
            bytes: update.length,
            isDeflated: seq < 4,
          })),
        );
        for (const { seq, update, stateVector, deleteSet } of whole) {
          expect(digest(reader.readSnapshot(seq, "update"))).toBe(digest(update));
          expect(digest(reader.readSnapshot(seq, "state-vector"))).toBe(digest(stateVector));
          expect(digest(reader.readSnapshot(seq, "delete-set"))).toBe(digest(deleteSet));
        }
      }
    }));

  it("[ST31] one that is damaged is not packed: nobody would see it any more", () =>
    withDriver((driver) => {
      const store = created(driver);
      for (const seq of [1, 2]) store.writeSnapshot(snapshot(seq, 500));
      driver.exec("UPDATE snapshots SET update_checksum = 1 WHERE seq = 1");
      store.writeSnapshot(snapshot(3, 10), [], [1, 2] as Seq[]);
      expect(() => store.readSnapshot(1 as Seq, "update")).toThrow("the snapshot at 1");
      expect(store.snapshots().map(({ isDeflated }) => isDeflated)).toEqual([false, true, false]);
    }));

  it("[ST10] versions come back, newest position first, and an id is used once", () =>
    withDriver((driver) => {
      const store = created(driver);
      const [a, b, c] = [version("a", 3, 100), version("b", 9, 50), version("c", 3, 200)];
      for (const one of [a, b, c]) store.addVersion(one);
      expect(store.versions()).toEqual([b, c, a]);
      expect(() => store.addVersion({ ...a, name: "again" })).toThrow();
      expect(new SqliteStore(driver).versions()).toEqual([b, c, a]);
      expect(store.stats().versions).toBe(3);
    }));

  it("[ST11] a database of a newer program is refused and not touched", () =>
    withDriver((driver) => {
      created(driver);
      driver.exec("UPDATE meta SET value = 99 WHERE key = 'store-version'");
      const before = dump(driver);
      expect(() => new SqliteStore(driver)).toThrow("newer version (99)");
      expect(dump(driver)).toBe(before);
    }));

  it("[ST13] nothing is loaded before a document was created, and it is created once", () =>
    withDriver((driver) => {
      const store = new SqliteStore(driver);
      expect(store.load()).toBeNull();
      store.create({ documentId: "d1", logId: "l1", createdAt: 500 });
      const before = dump(driver);
      expect(() => store.create({ documentId: "d2", logId: "l2", createdAt: 600 })).toThrow("exists already");
      expect(dump(driver)).toBe(before);
      expect(new SqliteStore(driver).load()).toEqual({
        documentId: "d1",
        logId: "l1",
        createdAt: 500,
        head: 0,
        floor: 0,
        lastFrameAt: 0,
        base: { seq: 0, stateVector: new Uint8Array([0]) },
      });
    }));

  it("[ST14] authors keep their number under a new name, and a client id keeps its owner", () =>
    withDriver((driver) => {
      const store = created(driver);
      const ada = { no: 1 as AuthorNo, userId: "u1", name: "Ada", color: "#112233" };
      const bob = { no: 2 as AuthorNo, userId: "u2", name: "Bob", color: "#445566" };
      store.append(batch([edit(5)], { authors: [ada], owners: new Map([[4_294_967_295, ada.no]]) }));
      store.append(
        batch([edit(5)], { authors: [bob, { ...ada, name: "Ada L." }], owners: new Map([[7, bob.no]]) }),
      );
      const reopened = new SqliteStore(driver);
      expect(reopened.authors()).toEqual([{ ...ada, name: "Ada L." }, bob]);
      const owners = () => [7, 4_294_967_295, 8].map((client) => store.ownerOf(client));
      expect(owners()).toEqual([bob.no, ada.no, null]);
      expect(() => store.append(batch([edit(5)], { owners: new Map([[7, ada.no]]) }))).toThrow();
      expect(owners()).toEqual([bob.no, ada.no, null]);
    }));

  it("[ST15] a note is the text written last under its key, and no note is null", () =>
    withDriver((driver) => {
      const store = created(driver);
      expect(store.readNote("title")).toBeNull();
      store.writeNote("title", "One");
      store.writeNote("document-id", "not the real one");
      store.writeNote("title", "Two");
      expect(new SqliteStore(driver).readNote("title")).toBe("Two");
      expect(store.load()?.documentId).toBe("d1");
    }));
}
