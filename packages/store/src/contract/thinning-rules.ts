import type { Seq } from "@palimpsest/history";
import { expect, it } from "vitest";
import { CHAIN_START, isSame, linkOf } from "../chain.ts";
import type { WithDriver } from "../contract-suite.ts";
import { encodeFrames } from "../segment.ts";
import { SqliteStore } from "../sqlite-store.ts";
import { batch, created, digest, dump, edit, everyFrame } from "./samples.ts";
import { snapshot, version } from "./snapshot-rules.ts";

const vector = (i: number) => ({ stateVector: () => new Uint8Array([1, i % 128, 1]) });

function verified(store: SqliteStore) {
  const walk = store.verify();
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
}

/** What forgetting the past promises: nothing newer goes with it, and what is pinned stays. */
export function thinningRules(withDriver: WithDriver): void {
  it("[ST32] what lies behind the floor stays whole, to the frame; what was pinned before it stays readable", () =>
    withDriver((driver) => {
      let store = created(driver);
      for (let i = 1; i <= 300; i++) store.append(batch([edit(i === 9 ? 2_000_000 : 900, i)], vector(i)));
      const whole = everyFrame(store);
      for (const seq of [40, 100, 150, 260]) store.writeSnapshot(snapshot(seq, 500));
      store.addVersion(version("v1", 40, 5));
      store.addVersion(version("v2", 200, 5));
      const before = store.stats();
      store.thin(150 as Seq, [100 as Seq]);
      expect(store.stats().floor).toBe(150);
      expect(store.stats().logBytes).toBeLessThan((before.logBytes - 2_000_000) * 0.7);
      expect(driver.query("SELECT count(*) AS n FROM segment_parts")[0]?.n).toBe(0);
      store = new SqliteStore(driver);
      expect(store.stats()).toMatchObject({ floor: 150, head: 300, snapshots: 3 });
      expect([...store.frames(150 as Seq, 300 as Seq)]).toEqual(whole.slice(150));
      const left = everyFrame(store);
      expect(left).toEqual(whole.slice(-left.length));
      const first = left[0]?.seq ?? 0;
      expect(first).toBeGreaterThan(1);
      expect([...store.frames((first - 1) as Seq, 300 as Seq)]).toEqual(left);
      for (const after of [0, first - 2])
        expect(() => [...store.frames(after as Seq, 300 as Seq)]).toThrow("were dropped");
      expect(store.load()?.floor).toBe(150);
      expect(digest(store.readSnapshot(40 as Seq, "update"))).toBe(digest(snapshot(40, 500).update));
      expect(verified(store)).toMatchObject({ frames: left.length, snapshots: 3, versions: 2, bad: null });
      expect(store.positionAt(0)).toBe((left[0]?.seq ?? 0) - 1);
      expect(store.frameHeadAt(1 as Seq)).toBeNull();
      for (let i = 301; i <= 500; i++) expect(store.append(batch([edit(900, i)], vector(i)))).toBe(i);
      expect(verified(new SqliteStore(driver))).toMatchObject({ versions: 2, bad: null });
      store.removeVersion("v1");
      store.thin(260 as Seq, [40, 150] as Seq[]);
      expect(verified(new SqliteStore(driver))).toMatchObject({ snapshots: 1, versions: 0 });
      expect(store.snapshots().map(({ seq }) => seq)).toEqual([260]);
    }));

  it("[ST25] [ST32] the links go on from the one before the floor", () =>
    withDriver((driver) => {
      const store = created(driver);
      for (let i = 1; i <= 300; i++) store.append(batch([edit(900, i)], vector(i)));
      const links = store.links();
      let [link, after] = [CHAIN_START, 0];
      const chain = new Map<number, Uint8Array>();
      for (const { through } of links) {
        link = linkOf(link, encodeFrames([...store.frames(after as Seq, through)], 0).bytes);
        chain.set(through, link);
        after = through;
      }
      store.writeSnapshot(snapshot(200, 50));
      store.thin(200 as Seq, []);
      for (let i = 301; i <= 400; i++) store.append(batch([edit(900, i)], vector(i)));
      for (const { through, link } of new SqliteStore(driver).links()) {
        const before = chain.get(through);
        if (link !== null && before !== undefined) expect(isSame(link, before)).toBe(true);
      }
      expect(verified(store)).toMatchObject({ bad: null });
      driver.exec("UPDATE meta SET value = x'00' WHERE key = 'floor-link'");
      expect(verified(store).bad).toMatchObject({ part: "log", reason: "unlinked" });
    }));

  it("[ST33] nothing is dropped where no whole snapshot holds it, and the floor never sinks", () =>
    withDriver((driver) => {
      const store = created(driver);
      for (let i = 1; i <= 100; i++) store.append(batch([edit(900, i)], vector(i)));
      store.writeSnapshot(snapshot(50, 300));
      store.writeSnapshot(snapshot(60, 300));
      driver.exec("UPDATE snapshots SET update_checksum = 1 WHERE seq = 60");
      const before = dump(driver);
      expect(() => store.thin(40 as Seq, [])).toThrow("no snapshot at 40");
      expect(() => store.thin(60 as Seq, [])).toThrow("the snapshot at 60");
      expect(() => store.thin(50 as Seq, [50 as Seq])).toThrow("holds what is dropped");
      expect(dump(driver)).toBe(before);
      store.thin(50 as Seq, []);
      const after = dump(driver);
      store.writeSnapshot(snapshot(20, 300));
      expect(() => store.thin(20 as Seq, [])).toThrow("does not come back");
      store.writeSnapshot(snapshot(50, 300), [20 as Seq]);
      expect(dump(driver).length).toBe(after.length);
    }));

  it("[ST8] [ST32] the newest state vector stays, and all behind it; where it is damaged a snapshot's stands in", () =>
    withDriver((driver) => {
      const store = created(driver);
      for (let i = 1; i <= 40; i++) store.append(batch([edit(900, i)], vector(i)));
      const { base } = store.load() ?? {};
      store.writeSnapshot(snapshot(40, 300));
      store.thin(40 as Seq, []);
      expect(new SqliteStore(driver).load()).toMatchObject({ head: 40, base });
      expect(new SqliteStore(driver).stats()).toMatchObject({ floor: 40, head: 40 });
      driver.exec("UPDATE segments SET vector_checksum = 1");
      const standIn = new SqliteStore(driver).load()?.base;
      expect(standIn?.seq).toBe(40);
      expect(digest(standIn?.stateVector ?? new Uint8Array())).toBe(digest(snapshot(40, 300).stateVector));
      expect(new SqliteStore(driver).append(batch([edit(9)]))).toBe(41);
    }));

  it("[ST32] a log that never stored a state vector is not cut", () =>
    withDriver((driver) => {
      const store = created(driver);
      for (let i = 1; i <= 50; i++)
        store.append(batch([edit(900, i)], { stateVector: () => new Uint8Array(3_000_000) }));
      store.writeSnapshot(snapshot(40, 300));
      store.thin(40 as Seq, []);
      expect(everyFrame(store)).toHaveLength(50);
      expect(new SqliteStore(driver).stats().floor).toBe(40);
    }));
}
