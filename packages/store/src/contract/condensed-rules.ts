import type { NewFrame, Seq } from "@palimpsest/history";
import { expect, it } from "vitest";
import type { WithDriver } from "../contract-suite.ts";
import { Damage } from "../damage.ts";
import { SqliteStore } from "../sqlite-store.ts";
import { batch, created, edit, everyFrame, sampleBytes } from "./samples.ts";

/** Says which frames it was given: that shows in their first two bytes. */
const condense = (updates: readonly Uint8Array[]) =>
  Uint8Array.from(updates.flatMap((update) => [...update.subarray(0, 2)]));

/** Odd: what is condensed has two bytes for each frame. */
const FRAME_BYTES = 41;

/** Begins with its number. */
function numbered(i: number): NewFrame {
  const frame = edit(FRAME_BYTES, i);
  frame.update.set([i >> 8, i & 255]);
  return frame;
}

/** The numbers of the frames that updates speak of, condensed or not. */
function told(updates: Iterable<Uint8Array>): { readonly frames: number[]; readonly updates: number } {
  const frames: number[] = [];
  let count = 0;
  for (const update of updates) {
    count++;
    const end = update.length === FRAME_BYTES ? 2 : update.length;
    for (let at = 0; at < end; at += 2)
      frames.push(((update[at] as number) << 8) | (update[at + 1] as number));
  }
  return { frames, updates: count };
}

const numbers = (after: number, through: number) =>
  Array.from({ length: through - after }, (_, i) => after + i + 1);
const FRAMES = 9_000;

function written(store: SqliteStore): SqliteStore {
  for (let i = 1; i <= FRAMES; i++) store.append(batch([numbered(i)]));
  return store;
}

/** What packs say in a few updates. */
export function condensedRules(withDriver: WithDriver): void {
  it("[ST35] the updates of any stretch say what its frames do, each once and in order, in far fewer pieces", () =>
    withDriver((driver) => {
      const writer = written(created(driver, { condense }));
      const rows = driver.query("SELECT last_seq, condensed FROM segments WHERE form = 2 ORDER BY first_seq");
      expect(rows.length).toBeGreaterThan(1);
      for (const { condensed } of rows) expect(condensed).not.toBeNull();
      const end = Number(rows[0]?.last_seq);
      for (const store of [writer, new SqliteStore(driver)]) {
        for (const [after, through] of [
          [0, FRAMES],
          [0, 0],
          [0, 1],
          [499, 500],
          [0, 500],
          [0, 501],
          [250, 1_600],
          [end - 1, end + 1],
          [end, end + 700],
          [FRAMES - 1, FRAMES],
        ] as const) {
          expect(told(store.updates(after as Seq, through as Seq)).frames).toEqual(numbers(after, through));
        }
        expect(told(store.updates(0 as Seq, end as Seq)).updates).toBeLessThan(end / 400);
        expect(told(store.updates(0 as Seq, (end - 1) as Seq)).updates).toBeLessThan(end / 400 + 500);
      }
    }));

  it("[ST35] where they were not kept, or are damaged, the frames are read one by one", () =>
    withDriver((driver) => {
      const store = written(created(driver, { condense }));
      const all = numbers(0, FRAMES);
      const few = told(store.updates(0 as Seq, FRAMES as Seq)).updates;
      driver.exec("UPDATE segments SET condensed = NULL WHERE first_seq = 1");
      const more = told(store.updates(0 as Seq, FRAMES as Seq));
      expect(more.frames).toEqual(all);
      expect(more.updates).toBeGreaterThan(few + 1_000);
      const [row] = driver.query("SELECT first_seq, condensed FROM segments WHERE condensed IS NOT NULL");
      const bytes = row?.condensed as Uint8Array;
      for (const at of [0, 4, 8, bytes.length - 1]) {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] as number) ^ 1;
        driver.exec("UPDATE segments SET condensed = ? WHERE first_seq = ?", damaged, row?.first_seq ?? null);
        expect(told(store.updates(0 as Seq, FRAMES as Seq)).frames).toEqual(all);
      }
      // those of another row are whole, and not this one's
      driver.exec("UPDATE segments SET condensed = ? WHERE first_seq = 1", bytes);
      expect(told(store.updates(0 as Seq, FRAMES as Seq)).frames).toEqual(all);
    }));

  it("[ST35] a damaged pack is read across by what is kept beside it, and what is missing is never passed over", () =>
    withDriver((driver) => {
      const store = written(created(driver, { condense }));
      const [first, second] = driver
        .query("SELECT first_seq FROM segments WHERE form = 2 ORDER BY first_seq")
        .map((row) => Number(row.first_seq));
      driver.exec("UPDATE segments SET checksum = checksum + 1 WHERE first_seq = ?", first as number);
      expect(told(store.updates(0 as Seq, FRAMES as Seq)).frames).toEqual(numbers(0, FRAMES));
      expect(() => [...store.updates(0 as Seq, 501 as Seq)]).toThrow(Damage);
      expect(() => [...store.frames(0 as Seq, FRAMES as Seq)]).toThrow(Damage);
      driver.exec("DELETE FROM segments WHERE first_seq = ?", second as number);
      expect(() => [...store.updates(0 as Seq, FRAMES as Seq)]).toThrow(Damage);
      driver.exec("DELETE FROM segments WHERE first_seq = ?", first as number);
      expect(() => [...store.updates(0 as Seq, FRAMES as Seq)]).toThrow("were dropped");
    }));

  it("[ST35] what cannot be condensed, or gains no room by it, is packed without", () =>
    withDriver((driver) => {
      const failing = () => {
        throw new Error("these updates make no one update");
      };
      const store = written(created(driver, { condense: failing }));
      expect(driver.query("SELECT 1 FROM segments WHERE condensed IS NOT NULL")).toEqual([]);
      expect(everyFrame(store)).toHaveLength(FRAMES);
      const wordy = (updates: readonly Uint8Array[]) =>
        sampleBytes(updates.reduce((sum, update) => sum + update.length, 0));
      const next = new SqliteStore(driver, { condense: wordy });
      for (let i = 0; i < 400; i++) next.append(batch([edit(900, i)]));
      expect(driver.query("SELECT 1 FROM segments WHERE form = 2 AND first_seq > ?", FRAMES)).not.toEqual([]);
      expect(driver.query("SELECT 1 FROM segments WHERE condensed IS NOT NULL")).toEqual([]);
    }));
}
