import type { Frame, Seq } from "@palimpsest/history";
import { digest as sha256 } from "lib0/hash/sha256";
import { expect, it } from "vitest";
import type { WithDriver } from "../contract-suite.ts";
import { Damage } from "../damage.ts";
import type { SqlDriver, SqlValue } from "../driver.ts";
import { encodeFrames } from "../segment.ts";
import { SqliteStore } from "../sqlite-store.ts";
import type { Verification, VerifyOptions } from "../verify.ts";
import { batch, created, digest, edit, everyFrame, HALVED, SMALL } from "./samples.ts";
import { snapshot, version } from "./snapshot-rules.ts";

/** A row of each form, in this order: packed, kept, packed, closed, open; and a snapshot of each kind. */
export function ofEveryForm(driver: SqlDriver): SqliteStore {
  const store = created(driver, { sizes: SMALL });
  const vector = (i: number) => ({ stateVector: () => new Uint8Array([1, i, i]) });
  for (let i = 1; i <= 60; i++) store.append(batch([edit(150, i, 1_000 * i)], vector(i)));
  store.append(batch([edit(30_000, 61, 61_000)], vector(61)));
  for (let i = 62; i <= 116; i++) store.append(batch([edit(150, i, 1_000 * i)], vector(i)));
  store.writeSnapshot(snapshot(20, 700));
  store.writeSnapshot(snapshot(80, 500));
  store.addVersion(version("v1", 7, 5));
  store.addVersion(version("v2", 116, 6));
  return store;
}

/** One value of one row, changed behind the store's back. */
function change(
  driver: SqlDriver,
  table: string,
  where: string,
  column: string,
  to: (was: SqlValue) => SqlValue,
) {
  const was = driver.query(`SELECT ${column} AS was FROM ${table} WHERE ${where}`)[0]?.was ?? null;
  driver.exec(`UPDATE ${table} SET ${column} = ? WHERE ${where}`, to(was));
}

const flipped = (at: number) => (was: SqlValue) => {
  const bytes = new Uint8Array(was as Uint8Array);
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] as number) ^ 4;
  return bytes;
};

function run(store: SqliteStore, options?: VerifyOptions): Verification {
  const walk = store.verify(options);
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
}

/** All frames that can be read, and the stretches that cannot. */
function around(store: SqliteStore): { frames: Frame[]; damaged: [number, number][] } {
  const { head } = store.stats();
  const frames: Frame[] = [];
  const damaged: [number, number][] = [];
  for (let after = 0 as Seq; after < head; ) {
    try {
      for (const frame of store.frames(after, head)) {
        frames.push(frame);
        after = frame.seq;
      }
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      damaged.push([error.seq, error.through]);
      after = error.through;
    }
  }
  return { frames, damaged };
}

function rowsOf(driver: SqlDriver): { first: number; last: number; form: number }[] {
  return driver
    .query("SELECT first_seq, last_seq, form FROM segments ORDER BY first_seq")
    .map((row) => ({ first: Number(row.first_seq), last: Number(row.last_seq), form: Number(row.form) }));
}

const told = ({ seq, time, update }: Frame) => [seq, time, digest(update)];

/** What the store promises about bytes that changed while nobody looked. */
export function integrityRules(withDriver: WithDriver): void {
  it("[ST24] a flipped bit in any row of the log is damage of that row, and all others are read", () =>
    withDriver((driver) => {
      const whole = everyFrame(ofEveryForm(driver)).map(told);
      const rows = rowsOf(driver);
      expect([...new Set(rows.map(({ form }) => form))]).toEqual([2, 3, 1, 0]);
      for (const { first, last } of rows) {
        const where = `first_seq = ${first}`;
        for (const [column, to] of [
          ["bytes", flipped(0)],
          ["bytes", flipped(9)],
          ["bytes", flipped(-1)],
          ["last_time", (was: SqlValue) => Number(was) + 1],
        ] as const) {
          const before = driver.query(`SELECT ${column} AS was FROM segments WHERE ${where}`)[0]?.was ?? null;
          change(driver, "segments", where, column, to);
          const store = new SqliteStore(driver);
          const { frames, damaged } = around(store);
          expect(damaged, `${column} of ${where}`).toEqual([[first, last]]);
          expect(frames.map(told)).toEqual(
            whole.filter(([seq = 0]) => Number(seq) < first || Number(seq) > last),
          );
          const above: number[] = [];
          const down = () => {
            for (const { seq } of store.framesDescending(200 as Seq)) above.push(seq);
          };
          expect(down).toThrow(Damage);
          expect(above).toHaveLength(116 - last);
          expect(run(store).bad).toEqual({ part: "log", seq: first, through: last, reason: "unreadable" });
          driver.exec(`UPDATE segments SET ${column} = ? WHERE ${where}`, before);
        }
      }
      expect(everyFrame(new SqliteStore(driver)).map(told)).toEqual(whole);
    }));

  it("[ST24] a row that is gone is damage of what it held, not a log without it", () =>
    withDriver((driver) => {
      const store = ofEveryForm(driver);
      const { first = 0, last = 0 } = rowsOf(driver)[1] ?? {};
      driver.exec("DELETE FROM segments WHERE first_seq = ?", first);
      expect(around(new SqliteStore(driver)).damaged).toEqual([[first, last]]);
      expect(run(store).bad).toEqual({ part: "log", seq: first, through: last, reason: "missing" });
    }));

  it("[ST24] what grows is not written to where it is damaged, and goes on once it is mended", () =>
    withDriver((driver) => {
      ofEveryForm(driver);
      const where = "form = 0";
      change(driver, "segments", where, "bytes", flipped(30));
      const store = new SqliteStore(driver);
      expect(() => store.append(batch([edit(5)]))).toThrow(Damage);
      change(driver, "segments", where, "bytes", flipped(30));
      expect(new SqliteStore(driver).append(batch([edit(5)]))).toBe(117);
      expect(run(store).bad).toBeNull();
    }));

  it("[ST24] a checksum that grew with its row is that of the whole row, across starts", () =>
    withDriver((driver) => {
      let store = created(driver);
      for (let i = 1; i <= 40; i++) {
        if (i % 5 === 0) store = new SqliteStore(driver);
        store.append(batch([edit(i % 9, i)]));
        expect(run(new SqliteStore(driver))).toMatchObject({ frames: i, bad: null });
      }
    }));

  it("[ST24] a damaged snapshot is never read, whichever section it is and whether it fits a row", () =>
    withDriver((driver) => {
      ofEveryForm(driver).writeSnapshot(snapshot(20, 4_000_000));
      for (const [table, seq, column, where, section] of [
        ["snapshots", 80, "bytes", "seq = 80", "update"],
        ["snapshots", 80, "state_vector", "seq = 80", "state-vector"],
        ["snapshots", 80, "delete_set", "seq = 80", "delete-set"],
        ["snapshot_parts", 20, "bytes", "seq = 20 AND section = 'update' AND part = 2", "update"],
        ["snapshot_parts", 20, "bytes", "seq = 20 AND section = 'delete-set'", "delete-set"],
      ] as const) {
        const store = new SqliteStore(driver);
        change(driver, table, where, column, flipped(5));
        expect(() => store.readSnapshot(seq as Seq, section)).toThrow(`the snapshot at ${seq}`);
        expect(run(store).bad).toEqual({ part: "snapshot", seq, through: seq, reason: "unreadable" });
        change(driver, table, where, column, flipped(5));
        store.readSnapshot(seq as Seq, section);
      }
    }));

  it("[ST8] [ST24] a damaged state vector is passed over for an older one", () =>
    withDriver((driver) => {
      const store = ofEveryForm(driver);
      const [newest, older] = store.bases(2);
      expect(store.load()?.base.seq).toBe(newest?.seq);
      change(driver, "segments", `last_seq = ${newest?.seq}`, "state_vector", flipped(1));
      expect(new SqliteStore(driver).load()?.base).toEqual(older);
      expect(new SqliteStore(driver).bases(2)).toEqual([older]);
      driver.exec("UPDATE segments SET vector_checksum = 1 WHERE vector_checksum IS NOT NULL");
      const { head, base } = new SqliteStore(driver).load() ?? {};
      expect({ head, seq: base?.seq }).toEqual({ head: 116, seq: 0 });
    }));

  it("[ST25] links can be made again from the frames and the ends of segments, packed or not", () =>
    withDriver((driver) => {
      const store = ofEveryForm(driver);
      const links = store.links();
      expect(links.length).toBeGreaterThan(30);
      expect(links.filter(({ link }) => link !== null).length).toBe(rowsOf(driver).length - 1);
      let [before, after] = [new Uint8Array(32), 0];
      for (const { through, link } of links) {
        const { bytes } = encodeFrames([...store.frames(after as Seq, through)], 0);
        before = new Uint8Array(sha256(new Uint8Array([...before, ...bytes])));
        if (link !== null) expect(before).toEqual(new Uint8Array(link));
        after = through;
      }
      expect(after).toBe((rowsOf(driver).at(-1)?.first as number) - 1);
    }));

  it("[ST26] everything that is whole is counted, and sealed through the last closed segment", () =>
    withDriver((driver) => {
      const store = ofEveryForm(driver);
      const rows = rowsOf(driver);
      const asked: number[] = [];
      const sameState = (seq: number) => asked.push(seq) > 0;
      expect(run(store, { sameState })).toEqual({
        frames: 116,
        segments: rows.length,
        snapshots: 2,
        versions: 2,
        sealed: (rows.at(-1)?.first ?? 0) - 1,
        bad: null,
      });
      expect(asked).toEqual([20, 80]);
      expect(run(new SqliteStore(driver))).toMatchObject({ frames: 116, bad: null });
    }));

  it("[ST26] a frame that was exchanged with care is found by its row's link, in every form", () =>
    withDriver((driver) => {
      ofEveryForm(driver);
      for (const { first, last, form } of rowsOf(driver)) {
        if (form === 0) continue;
        const where = `first_seq = ${first}`;
        change(driver, "segments", where, "link", flipped(3));
        const found = run(new SqliteStore(driver));
        expect(found.bad).toEqual({ part: "log", seq: first, through: last, reason: "unlinked" });
        expect(found.sealed).toBe(first - 1);
        change(driver, "segments", where, "link", flipped(3));
      }
    }));

  it("[ST26] a snapshot that is not what the log gives and a version beyond it are named, the first of all alone", () =>
    withDriver((driver) => {
      const store = ofEveryForm(driver);
      store.addVersion(version("v3", 900, 7));
      const late = { part: "version", seq: 900, through: 900, reason: "unreachable" };
      expect(run(store)).toMatchObject({ snapshots: 2, versions: 2, bad: late });
      const other = { part: "snapshot", seq: 80, through: 80, reason: "state" };
      expect(run(store, { sameState: (seq) => seq !== 80 })).toMatchObject({ snapshots: 1, bad: other });
    }));

  it("[ST26] a walk that goes on while rows are packed misses nothing and blames nothing", () =>
    withDriver((driver) => {
      const store = created(driver, { sizes: HALVED });
      const vector = { stateVector: () => new Uint8Array([0]) };
      for (let i = 1; i <= 40; i++) store.append(batch([edit(1_500, i)], vector));
      const walk = store.verify();
      for (let i = 0; i < 6; i++) walk.next();
      expect(rowsOf(driver).some(({ form }) => form === 2)).toBe(false);
      for (let i = 41; i <= 60; i++) store.append(batch([edit(1_500, i)], vector));
      expect(rowsOf(driver)[0]?.form).toBe(2);
      let step = walk.next();
      while (!step.done) step = walk.next();
      expect(step.value.bad).toBeNull();
      expect(step.value.frames).toBeGreaterThanOrEqual(40);
    }));

  for (const column of ["bytes", "link"]) {
    it(`[ST27] packing leaves a segment whose ${column} are damaged as it is, packs the others, and the log goes on`, () =>
      withDriver((driver) => {
        let store = created(driver);
        for (let i = 1; i <= 30; i++) store.append(batch([edit(1_500, i)]));
        const { first = 0, last = 0 } = rowsOf(driver)[4] ?? {};
        change(driver, "segments", `first_seq = ${first}`, column, flipped(2));
        store = new SqliteStore(driver);
        for (let i = 31; i <= 150; i++) store.append(batch([edit(1_500, i)]));
        const rows = rowsOf(driver);
        expect(rows.filter(({ form }) => form === 2).length).toBeGreaterThan(1);
        expect(rows.filter((row) => row.first === first)).toEqual([{ first, last, form: 3 }]);
        const reason = column === "bytes" ? "unreadable" : "unlinked";
        expect(run(store).bad).toEqual({ part: "log", seq: first, through: last, reason });
      }));
  }

  it("[ST28] a snapshot that was found damaged counts as not there from then on, until one takes its place", () =>
    withDriver((driver) => {
      let store = ofEveryForm(driver);
      const read = () =>
        store.readAround(() => store.snapshots().map(({ seq }) => store.readSnapshot(seq, "update")));
      change(driver, "snapshots", "seq = 80", "bytes", flipped(5));
      expect(store.damagedSnapshots).toEqual([]);
      expect(read()).toHaveLength(1);
      for (const again of [store, new SqliteStore(driver)]) {
        expect(again.damagedSnapshots).toEqual([80]);
        expect(again.snapshots().map(({ seq }) => seq)).toEqual([20]);
      }
      store = new SqliteStore(driver);
      store.writeSnapshot(snapshot(116, 50), [80 as Seq]);
      for (const again of [store, new SqliteStore(driver)]) {
        expect(again.damagedSnapshots).toEqual([]);
        expect(again.snapshots().map(({ seq }) => seq)).toEqual([20, 116]);
      }
      expect(run(store).bad).toBeNull();
    }));

  it("[ST29] a wake is two queries, and checks what it read", () =>
    withDriver((plain) => {
      ofEveryForm(plain);
      let queries = 0;
      const store = new SqliteStore({
        exec: (sql, ...params) => plain.exec(sql, ...params),
        query: (sql, ...params) => {
          queries++;
          return plain.query(sql, ...params);
        },
        transaction: (act) => plain.transaction(act),
      });
      const { head = 0, base } = store.load() ?? {};
      expect([...store.frames(base?.seq as Seq, head as Seq)].length).toBeLessThanOrEqual(3);
      expect(queries).toBe(2);
    }));
}
