import type { AuthorNo, Frame, NewFrame, Seq } from "@palimpsest/history";
import { expect, it } from "vitest";
import type { WithDriver } from "../contract-suite.ts";
import { MAX_ROW_BYTES } from "../document-store.ts";
import { SqliteStore } from "../sqlite-store.ts";
import { faulty } from "./faulty-driver.ts";
import { batch, created, digest, edit, everyFrame, HALVED, SMALL, sampleBytes } from "./samples.ts";
import { snapshot } from "./snapshot-rules.ts";

/** What the log promises: order, bytes, ranges, sizes. */
export function logRules(withDriver: WithDriver): void {
  it("[ST1] seq is one more for each frame, across closed segments and reopenings", () =>
    withDriver((driver) => {
      let store = created(driver);
      let expected = 0;
      for (let turn = 0; turn < 60; turn++) {
        if (turn % 7 === 3) store = new SqliteStore(driver);
        const frames = Array.from({ length: 1 + (turn % 3) }, (_, i) =>
          edit(30 + ((turn * 131) % 900), turn * 3 + i),
        );
        expected += frames.length;
        expect(store.append(batch(frames))).toBe(expected);
        expect(store.load()?.head).toBe(expected);
        expect(store.stats().head).toBe(expected);
      }
      expect(store.stats().segments).toBeGreaterThan(5);
      expect(everyFrame(store).map(({ seq }) => seq)).toEqual(
        Array.from({ length: expected }, (_, i) => i + 1),
      );
    }));

  it("[ST2] frames come back with their bytes, author, kind and target", () =>
    withDriver((driver) => {
      const store = created(driver);
      const frames: NewFrame[] = [
        edit(0),
        { ...edit(3, 2), author: 300 as AuthorNo },
        { ...edit(127, 3), kind: "import" },
        { ...edit(128, 4), kind: "restore", target: 0 as Seq },
        { ...edit(5000, 5), kind: "restore", target: 200_000 as Seq },
        { ...edit(16_384, 6), author: (2 ** 31) as AuthorNo },
      ];
      for (const frame of frames) store.append(batch([frame]));
      store.append(batch(frames));
      const twice = [...frames, ...frames].map(comparable);
      expect(everyFrame(store).map(comparable)).toEqual(twice);
      expect(everyFrame(new SqliteStore(driver)).map(comparable)).toEqual(twice);
    }));

  it("[ST3] time never goes back, even where the clock did, whatever segment or start lies between", () =>
    withDriver((driver) => {
      let store = created(driver);
      const clock = [5_000, 4_000, 6_000, 100, 2_000, 2 ** 42, 9_000];
      const expected: number[] = [];
      for (const [i, time] of clock.entries()) {
        if (i % 2 === 1) store = new SqliteStore(driver);
        // 4,200 bytes close a segment each; the small one after it begins a new one
        store.append(batch([edit(4_200, i, time)]));
        store.append(batch([edit(10, i, time - 50)]));
        const latest = Math.max(time, ...expected);
        expected.push(latest, latest);
        expect(store.load()?.lastFrameAt).toBe(latest);
      }
      expect(everyFrame(store).map(({ time }) => time)).toEqual(expected);
    }));

  it("[ST4] both directions yield exactly the range that was asked for, at every boundary", () =>
    withDriver((driver) => {
      const store = created(driver, { sizes: SMALL });
      // more rows than one query reads at a time, packed and not, with one to three frames each
      for (let turn = 0; turn < 260; turn++) {
        for (let i = 0; i < turn % 3; i++) store.append(batch([edit(20, i)]));
        store.append(batch([edit(410, turn)]));
      }
      store.append(batch([edit(9)]));
      const head = store.stats().head;
      expect(store.stats().segments).toBeGreaterThan(17);
      const positions = Array.from({ length: head + 2 }, (_, i) => i).filter(
        (i) => i % 83 < 2 || i > head - 12,
      );
      for (const after of positions) {
        for (const through of [after - 1, after, after + 1, after + 30, head, head + 5]) {
          const seqs = [...store.frames(after as Seq, through as Seq)].map(({ seq }) => seq);
          expect(seqs).toEqual(range(after + 1, Math.min(through, head)));
        }
        const down = [...store.framesDescending(after as Seq)].map(({ seq }) => seq);
        expect(down).toEqual(range(1, Math.min(after - 1, head)).reverse());
      }
    }));

  it("[ST4] a walk that was begun before a write yields what it was asked for", () =>
    withDriver((driver) => {
      const store = created(driver);
      for (let i = 0; i < 50; i++) store.append(batch([edit(1_500, i)]));
      const seen: number[] = [];
      for (const { seq } of store.frames(0 as Seq, 50 as Seq)) {
        seen.push(seq);
        if (seq % 10 === 0) store.append(batch([edit(1_500, seq)]));
      }
      expect(seen).toEqual(range(1, 50));
      const down: number[] = [];
      for (const { seq } of store.framesDescending(51 as Seq)) {
        down.push(seq);
        if (seq % 10 === 0) store.append(batch([edit(1_500, seq)]));
      }
      expect(down).toEqual(range(1, 50).reverse());
    }));

  it("[ST5] a frame larger than a row is split, comes back, and the log goes on after it", () =>
    withDriver((driver) => {
      const store = created(driver);
      store.append(batch([edit(100)]));
      const sizes = [MAX_ROW_BYTES - 200, MAX_ROW_BYTES, MAX_ROW_BYTES + 1, 5_000_000];
      for (const [i, size] of sizes.entries()) {
        store.append(batch([edit(size, i + 1)]));
        store.append(batch([edit(7, i + 50)]));
      }
      const expected = [100, ...sizes.flatMap((size) => [size, 7])];
      const frames = everyFrame(new SqliteStore(driver));
      expect(frames.map(({ update }) => update.length)).toEqual(expected);
      sizes.forEach((size, i) => {
        expect(digest(frames[1 + 2 * i]?.update ?? new Uint8Array())).toBe(digest(edit(size, i + 1).update));
      });
      for (const table of ["segments", "segment_parts"]) {
        const largest = driver.query(`SELECT max(length(bytes)) AS n FROM ${table}`)[0]?.n;
        expect(Number(largest)).toBeLessThanOrEqual(MAX_ROW_BYTES);
      }
    }));

  it("[ST8] a closed segment stores the state vector asked for at that moment, and only then", () =>
    withDriver((driver) => {
      const store = created(driver);
      expect(store.load()?.base).toEqual({ seq: 0, stateVector: new Uint8Array([0]) });
      let asked = 0;
      const vector = (bytes: number[]) => () => {
        asked++;
        return new Uint8Array(bytes);
      };
      store.append(batch([edit(50)], { stateVector: vector([1, 1, 1]) }));
      expect(asked).toBe(0);
      store.append(batch([edit(50), edit(5_000)], { stateVector: vector([1, 2, 2]) }));
      expect(asked).toBe(1);
      store.append(batch([edit(50)], { stateVector: vector([1, 3, 3]) }));
      expect(asked).toBe(1);
      const base = { seq: 3, stateVector: new Uint8Array([1, 2, 2]) };
      expect(plainBase(store)).toEqual(base);
      expect(plainBase(new SqliteStore(driver))).toEqual(base);
    }));

  it("[ST8] a state vector larger than what came since the one before is not stored again", () =>
    withDriver((driver) => {
      let store = created(driver);
      const bases: number[] = [];
      for (let i = 0; i < 6; i++) {
        if (i === 4) store = new SqliteStore(driver);
        store.append(batch([edit(4_100, i)], { stateVector: () => sampleBytes(9_000, i) }));
        bases.push(store.load()?.base.seq ?? 0);
      }
      expect(bases).toEqual([0, 0, 3, 3, 3, 6]);
    }));

  it("[ST8] a state vector that fits no row leaves the older base: the document stays writable", () =>
    withDriver((driver) => {
      const store = created(driver);
      store.append(batch([edit(5_000)], { stateVector: () => new Uint8Array([1, 2, 2]) }));
      store.append(batch([edit(5_000)], { stateVector: () => new Uint8Array(MAX_ROW_BYTES + 1) }));
      expect(plainBase(store)).toEqual({ seq: 1, stateVector: new Uint8Array([1, 2, 2]) });
      expect(store.append(batch([edit(5)]))).toBe(3);
    }));

  for (const size of [20, 5_000]) {
    for (const before of [0, 1]) {
      const when = `after ${before} frames, with ${size} bytes`;
      it(`[ST20] what another store has appended meanwhile is not written over, ${when}: the append fails, the next goes on`, () =>
        withDriver((driver) => {
          const [one, two] = [created(driver), new SqliteStore(driver)];
          if (before === 1) one.append(batch([edit(30, 1)]));
          expect([one, two].map((store) => store.stats().head)).toEqual([before, before]);
          one.append(batch([edit(40, 2)]));
          expect(() => two.append(batch([edit(size, 3)]))).toThrow("without this store");
          expect(two.append(batch([edit(size, 3)]))).toBe(before + 2);
          expect(() => one.append(batch([edit(50, 4)]))).toThrow();
          expect(one.append(batch([edit(50, 4)]))).toBe(before + 3);
          const sizes = everyFrame(one).map(({ update }) => update.length);
          expect(sizes).toEqual([30, 40, size, 50].slice(1 - before));
        }));
    }
  }

  for (const before of [0, 1]) {
    it(`[ST20] nor where the row that it would have gone on in was packed away meanwhile, after ${before} frames`, () =>
      withDriver((driver) => {
        const [one, two] = [created(driver, { sizes: HALVED }), new SqliteStore(driver)];
        one.append(batch([edit(5_000, 1)]));
        if (before === 1) one.append(batch([edit(30, 2)]));
        const { head } = two.stats();
        expect(() => two.append(batch([]))).not.toThrow();
        for (let i = 0; i < 20; i++) one.append(batch([edit(5_000, i)]));
        const kept = everyFrame(one).map(({ update }) => digest(update));
        expect(one.stats().segments).toBeLessThan(20);
        expect(() => two.append(batch([edit(40, 3)]))).toThrow("without this store");
        expect(everyFrame(one).map(({ update }) => digest(update))).toEqual(kept);
        expect(two.append(batch([edit(40, 3)]))).toBe(head + 21);
      }));
  }

  it("[ST20] a store that knows of the newest frame does not append for a caller who does not", () =>
    withDriver((driver) => {
      const [one, two] = [created(driver), new SqliteStore(driver)];
      one.append(batch([edit(30, 1)]));
      expect(() => two.append(batch([edit(40, 2)], { after: 0 as Seq }))).toThrow("without this store");
      expect(() => two.append(batch([], { after: 0 as Seq }))).toThrow("without this store");
      expect(two.append(batch([edit(40, 2)], { after: 1 as Seq }))).toBe(2);
    }));

  it("[ST14] [ST20] a number that another store has given to somebody else meanwhile is not given again", () =>
    withDriver((driver) => {
      const [one, two] = [created(driver), new SqliteStore(driver)];
      const person = (userId: string) => ({ no: 1 as AuthorNo, userId, name: userId, color: "#000000" });
      expect([one, two].map((store) => store.stats().head)).toEqual([0, 0]);
      one.append(batch([], { authors: [person("ada")] }));
      expect(() => two.append(batch([], { authors: [person("bob")] }))).toThrow("without this store");
      expect(two.authors()).toEqual([person("ada")]);
    }));

  it("[ST9] totals count the rows written and the starts that wrote, and outlive a restart", () =>
    withDriver((plain) => {
      const driver = faulty(plain);
      let store = new SqliteStore(driver);
      const migrated = driver.rowsWritten;
      store.create({ documentId: "d1", logId: "l1", createdAt: 500 });
      expect(store.stats()).toMatchObject({ head: 0, wakes: 1, rowsWritten: driver.rowsWritten - migrated });
      store = new SqliteStore(driver);
      expect(store.stats().rowsWritten, "after a restart before the first frame").toBe(
        driver.rowsWritten - migrated,
      );
      expect(store.stats().wakes).toBe(2);
      for (let i = 0; i < 5; i++) store.append(batch([edit(1_500, i)]));
      store.addVersion({
        id: "v",
        seq: 1 as Seq,
        name: "n",
        description: "",
        createdAt: 1,
        author: 1 as AuthorNo,
        automatic: false,
      });
      const { rowsWritten, wakes, segments } = store.stats();
      expect(rowsWritten).toBe(driver.rowsWritten - migrated);
      expect({ wakes, segments }).toEqual({ wakes: 2, segments: 2 });
      new SqliteStore(driver); // a start that writes nothing is not remembered
      expect(new SqliteStore(driver).stats()).toMatchObject({ rowsWritten, wakes: 3 });
    }));

  it("[ST9] a snapshot costs its own row and one for each that it drops, and keeps the totals", () =>
    withDriver((plain) => {
      const driver = faulty(plain);
      const store = created(driver);
      for (let i = 0; i < 3; i++) store.append(batch([edit(50, i)]));
      const before = driver.rowsWritten;
      store.writeSnapshot(snapshot(3, 500));
      expect(driver.rowsWritten - before).toBe(1);
      store.append(batch([edit(50, 9)]));
      store.writeSnapshot(snapshot(4, 500), [3 as Seq]);
      expect(driver.rowsWritten - before).toBe(4);
      const { rowsWritten } = store.stats();
      expect(new SqliteStore(driver).stats().rowsWritten).toBe(rowsWritten);
      store.countRows(7);
      expect(store.stats().rowsWritten).toBe(rowsWritten + 7);
      store.append(batch([edit(50, 10)]));
      expect(new SqliteStore(driver).stats().rowsWritten).toBe(rowsWritten + 8);
    }));

  it("[ST19] the bytes behind a position are those of its frames, and at most a row's more", () =>
    withDriver((driver) => {
      const store = created(driver, { sizes: HALVED });
      for (let i = 0; i < 300; i++) store.append(batch([edit(600, i)]));
      for (let after = 0; after <= 300; after += 7) {
        const exact = [...store.frames(after as Seq, 300 as Seq)].reduce(
          (sum, { update }) => sum + update.length,
          0,
        );
        const bytes = store.tailBytes(after as Seq);
        expect(bytes).toBeGreaterThanOrEqual(exact);
        expect(bytes).toBeLessThan(exact * 1.05 + 70_000);
      }
      expect(store.tailBytes(300 as Seq)).toBe(0);
      const ends = store.rowEnds();
      expect(ends.at(-1)).toEqual({ seq: 300, logBytes: store.stats().logBytes });
      for (const [i, { seq, logBytes }] of ends.entries()) {
        expect(seq).toBeGreaterThan(ends[i - 1]?.seq ?? 0);
        expect(logBytes).toBe(store.stats().logBytes - store.tailBytes(seq));
      }
    }));

  it("[ST16] a message in an open segment costs one row", () =>
    withDriver((plain) => {
      const driver = faulty(plain);
      const store = created(driver);
      store.append(batch([edit(10)]));
      for (let i = 0; i < 20; i++) {
        const before = driver.rowsWritten;
        store.append(batch([edit(50, i)]));
        expect(driver.rowsWritten - before).toBe(1);
      }
    }));
}

function comparable(frame: NewFrame | Frame) {
  const target = frame.kind === "restore" ? frame.target : null;
  return [frame.kind, frame.author, target, digest(frame.update)];
}

function plainBase(store: SqliteStore) {
  const base = store.load()?.base;
  return base && { seq: base.seq, stateVector: new Uint8Array(base.stateVector) };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
