import type { Frame, Seq } from "@palimpsest/history";
import { expect, it } from "vitest";
import type { WithDriver } from "../contract-suite.ts";
import { SqliteStore } from "../sqlite-store.ts";
import { batch, edit } from "./samples.ts";

/** Says which frames it was given, in a text that any other list of frames would change. */
const summarise = (frames: readonly Frame[]) =>
  frames.map(({ seq, time, update }) => `${seq}@${time}:${update.length}`).join(" ");

/** What a store keeps for a list of the history. */
export function summaryRules(withDriver: WithDriver): void {
  it("[ST30] every row is summed up, packed or not, and so is what is cut by no row's end", () =>
    withDriver((driver) => {
      const store = new SqliteStore(driver, { summarise });
      store.create({ documentId: "d1", logId: "l1", createdAt: 500 });
      for (let i = 0; i < 200; i++) store.append(batch([edit(i === 120 ? 300_000 : 900, i)]));
      const all = [...store.frames(0 as Seq, 200 as Seq)];
      const rows = driver.query("SELECT first_seq, last_seq, form, summary FROM segments ORDER BY first_seq");
      expect(new Set(rows.map(({ form }) => form)).size).toBe(4);
      for (const { form, summary } of rows) expect(summary !== null).toBe(form === 2 || form === 3);
      for (const reader of [store, new SqliteStore(driver, { summarise })]) {
        const told = [...reader.summaries(201 as Seq)].reverse();
        expect(told).toEqual(
          rows.map(({ first_seq: first, last_seq: last }) => ({
            firstSeq: first,
            lastSeq: last,
            text: summarise(all.slice(Number(first) - 1, Number(last))),
          })),
        );
      }
      const before = Number(rows[1]?.first_seq);
      expect([...store.summaries(before as Seq)].map(({ firstSeq }) => firstSeq)).toEqual([1]);
      expect([...store.summaries((before + 1) as Seq)]).toHaveLength(2);
      expect([...store.summaries(1 as Seq)]).toEqual([]);
    }));

  it("[ST30] a row that was packed without a summary, or whose summary is damaged, is summed up from its frames", () =>
    withDriver((driver) => {
      const plain = new SqliteStore(driver);
      plain.create({ documentId: "d1", logId: "l1", createdAt: 500 });
      for (let i = 0; i < 100; i++) plain.append(batch([edit(900, i)]));
      expect(() => [...plain.summaries(101 as Seq)]).toThrow("how to sum up");
      const store = new SqliteStore(driver, { summarise });
      const whole = [...store.summaries(101 as Seq)];
      expect(whole.at(-1)?.text).toContain("1@1000:900 2@1001:900");
      for (let i = 100; i < 200; i++) store.append(batch([edit(900, i)]));
      const kept = [...store.summaries(201 as Seq)];
      driver.exec("UPDATE segments SET summary = replace(summary, '@', '#') WHERE summary IS NOT NULL");
      expect([...store.summaries(201 as Seq)]).toEqual(kept);
    }));

  it("[ST30] a damaged row has no summary where none was kept, and the one that was kept stays", () =>
    withDriver((driver) => {
      const store = new SqliteStore(driver, { summarise });
      store.create({ documentId: "d1", logId: "l1", createdAt: 500 });
      for (let i = 0; i < 100; i++) store.append(batch([edit(900, i)]));
      const whole = [...store.summaries(101 as Seq)];
      const [packed, closed] = [2, 1].map(
        (form) => driver.query("SELECT first_seq FROM segments WHERE form = ? LIMIT 1", form)[0]?.first_seq,
      );
      for (const first of [packed, closed])
        driver.exec("UPDATE segments SET checksum = checksum + 1 WHERE first_seq = ?", first ?? null);
      expect([...store.summaries(101 as Seq)]).toEqual(
        whole.map((row) => (row.firstSeq === closed ? { ...row, text: null } : row)),
      );
    }));
}
