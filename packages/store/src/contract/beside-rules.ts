import type { AuthorNo, Seq } from "@palimpsest/history";
import { expect, it } from "vitest";
import type { WithDriver } from "../contract-suite.ts";
import { MAX_ROW_BYTES, type StoredRestore } from "../document-store.ts";
import { SqliteStore } from "../sqlite-store.ts";
import { batch, created, digest, edit, everyFrame, SMALL, sampleBytes } from "./samples.ts";
import { version } from "./snapshot-rules.ts";

export function restore(seq: number, change: Partial<StoredRestore> = {}): StoredRestore {
  return {
    seq: seq as Seq,
    how: "whole",
    of: null,
    from: null,
    through: null,
    moves: sampleBytes(20, seq),
    deletes: sampleBytes(30, seq + 1),
    ...change,
  };
}

/** What people change about versions, what is known of restores, and where a time lies in the log. */
export function besideRules(withDriver: WithDriver): void {
  it("[ST21] a version's name and description can be changed each by itself, and it can be removed", () =>
    withDriver((driver) => {
      const store = created(driver);
      const [a, b] = [version("a", 3, 100), version("b", 9, 50)];
      for (const one of [a, b]) store.addVersion(one);
      expect(store.updateVersion("a", { name: "better" })).toBe(true);
      expect(store.updateVersion("b", { description: "" })).toBe(true);
      expect(store.updateVersion("b", {})).toBe(true);
      const changed = [
        { ...b, description: "" },
        { ...a, name: "better" },
      ];
      expect(new SqliteStore(driver).versions()).toEqual(changed);
      expect(store.removeVersion("b")).toBe(true);
      expect(new SqliteStore(driver).versions()).toEqual(changed.slice(1));
      const { rowsWritten } = store.stats();
      expect([store.removeVersion("b"), store.updateVersion("b", { name: "late" })]).toEqual([false, false]);
      expect(store.stats()).toMatchObject({ rowsWritten, versions: 1 });
    }));

  it("[ST22] what is known of a restore comes back, ascending, whatever its size, and once for each position", () =>
    withDriver((driver) => {
      const store = created(driver);
      expect(store.hasRestores).toBe(false);
      const person = { how: "person", of: 2 as AuthorNo, from: 4 as Seq, through: 7 as Seq } as const;
      const restores = [
        restore(3, { moves: new Uint8Array(0), deletes: new Uint8Array(0) }),
        restore(8, person),
        restore(9, { how: "undo", moves: sampleBytes(2 * MAX_ROW_BYTES + 5, 3) }),
        restore(12, { how: "rescue", deletes: sampleBytes(MAX_ROW_BYTES, 4) }),
      ];
      for (const one of restores.toReversed()) store.addRestore(one);
      const reopened = new SqliteStore(driver);
      expect(reopened.hasRestores).toBe(true);
      expect(reopened.restores().map(comparable)).toEqual(restores.map(comparable));
      expect(reopened.restoreFacts()).toEqual(
        restores.map(({ seq, how, of, from, through }) => ({ seq, how, of, from, through })),
      );
      expect(() => store.addRestore(restore(8))).toThrow();
      expect(store.restores()).toHaveLength(4);
      const largest = driver.query("SELECT max(length(bytes)) AS n FROM restore_parts")[0]?.n;
      expect(Number(largest)).toBe(MAX_ROW_BYTES);
    }));

  it("[ST23] a time is found in the log, and who wrote a frame, in every kind of row", () =>
    withDriver((driver) => {
      const store = created(driver, { sizes: SMALL });
      expect(store.positionAt(5)).toBe(0);
      expect(store.frameHeadAt(1 as Seq)).toBeNull();
      for (let i = 0; i < 422; i++) {
        const size = i % 97 === 50 ? 30_000 : 70;
        const frame = {
          ...edit(size, i, 10_000 + Math.floor(i / 3) * 10),
          author: (1 + (i % 7)) as AuthorNo,
        };
        store.append(batch([i % 31 === 30 ? { ...frame, kind: "restore", target: i as Seq } : frame]));
      }
      const forms = driver.query("SELECT DISTINCT form FROM segments ORDER BY form").map(({ form }) => form);
      expect(forms).toEqual([0, 1, 2, 3]);
      const frames = everyFrame(store);
      for (const reader of [store, new SqliteStore(driver)]) {
        for (let time = 9_995; time < 11_410; time += 5) {
          const expected = frames.findLast((frame) => frame.time <= time)?.seq ?? 0;
          expect(reader.positionAt(time), `at ${time}`).toBe(expected);
        }
        for (const frame of frames) {
          const { seq, time, author, kind } = frame;
          const target = kind === "restore" ? frame.target : null;
          expect(reader.frameHeadAt(seq)).toEqual({ seq, time, author, kind, target });
        }
        expect(reader.frameHeadAt(0 as Seq)).toBeNull();
        expect(reader.frameHeadAt(423 as Seq)).toBeNull();
      }
    }));

  it("[ST23] finding a time reads one row's frames, however long the log is", () =>
    withDriver((plain) => {
      const store = created(plain);
      for (let i = 0; i < 200; i++) store.append(batch([edit(30_000, i, 1_000 + i)]));
      const asked: string[] = [];
      const reader = new SqliteStore({
        exec: (sql, ...params) => plain.exec(sql, ...params),
        query: (sql, ...params) => {
          const rows = plain.query(sql, ...params);
          asked.push(...rows.map((row) => (row.bytes === undefined ? "place" : "frames")));
          return rows;
        },
        transaction: (act) => plain.transaction(act),
      });
      asked.length = 0;
      expect(reader.positionAt(1_077)).toBe(78);
      expect(asked.filter((what) => what === "frames").length).toBeLessThanOrEqual(1);
      expect(asked.length).toBeLessThan(10);
    }));
}

function comparable({ moves, deletes, ...rest }: StoredRestore) {
  return { ...rest, moves: digest(moves), deletes: digest(deletes) };
}
