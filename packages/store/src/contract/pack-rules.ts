import type { AuthorNo, NewFrame, Seq } from "@palimpsest/history";
import { expect, it } from "vitest";
import type { WithDriver } from "../contract-suite.ts";
import { MAX_ROW_BYTES } from "../document-store.ts";
import type { SqlDriver } from "../driver.ts";
import { SqliteStore } from "../sqlite-store.ts";
import { faulty } from "./faulty-driver.ts";
import { batch, created, digest, edit, everyFrame, HALVED, sampleBytes } from "./samples.ts";

/** What packing closed segments promises: the same frames, in less room, for few rows. */
export function packRules(withDriver: WithDriver): void {
  it("[ST17] every frame of a pack is the one that was appended, in both directions and from any position", () =>
    withDriver((driver) => {
      let store = created(driver);
      const frames = Array.from({ length: 700 }, (_, i) => typed(i));
      for (const [i, frame] of frames.entries()) {
        if (i % 97 === 50) store = new SqliteStore(driver);
        store.append(batch([frame]));
      }
      expect(formsOf(driver).filter((form) => form === "packed").length).toBeGreaterThan(1);
      const expected = frames.map((frame, i) => comparable({ ...frame, seq: i + 1 }));
      expect(everyFrame(store).map(comparable)).toEqual(expected);
      expect([...store.framesDescending(701 as Seq)].map(comparable)).toEqual([...expected].reverse());
      for (const [after, through] of [
        [0, 1],
        [1, 2],
        [333, 334],
        [334, 500],
        [12, 699],
      ] as const) {
        const part = [...store.frames(after as Seq, through as Seq)].map(comparable);
        expect(part).toEqual(expected.slice(after, through));
      }
      expect(store.load()).toMatchObject({ head: 700, lastFrameAt: frames.at(-1)?.time });
    }));

  it("[ST17] a large frame stays as it is, those before it are packed, and no row grows too large", () =>
    withDriver((driver) => {
      const store = created(driver, { sizes: HALVED });
      const sizes = [
        10,
        5_000,
        MAX_ROW_BYTES + 50_000,
        4_200,
        4_500_000,
        70_000,
        12,
        5_000,
        66_000,
        4_100,
        300_000,
      ];
      for (const [i, size] of sizes.entries()) {
        store.append(batch([edit(size, i)], { stateVector: () => sampleBytes(i % 2 ? 1_000 : 3_000, i) }));
      }
      expect(formsOf(driver)).toEqual([
        "packed",
        "kept",
        "packed",
        "kept",
        "packed",
        "packed",
        "packed",
        "packed",
        "kept",
      ]);
      const read = everyFrame(new SqliteStore(driver)).map(({ update }) => digest(update));
      expect(read).toEqual(sizes.map((size, i) => digest(edit(size, i).update)));
      const largest = driver.query(
        "SELECT max(length(bytes) + coalesce(length(state_vector), 0)) AS n FROM segments",
      )[0];
      expect(Number(largest?.n)).toBeLessThanOrEqual(MAX_ROW_BYTES);
      const stray = driver.query(
        "SELECT count(*) AS n FROM segment_parts WHERE first_seq NOT IN (SELECT first_seq FROM segments)",
      );
      expect(stray[0]?.n).toBe(0);
    }));

  it("[ST17] typed text takes a tenth of its room, for less than three rows in a hundred messages", () =>
    withDriver((plain) => {
      const driver = faulty(plain);
      const store = created(driver);
      store.append(batch([typed(0)]));
      const before = driver.rowsWritten;
      const messages = 20_000;
      for (let i = 1; i <= messages; i++) store.append(batch([keystroke(i)]));
      expect(driver.rowsWritten - before).toBeLessThan(messages * 1.03);
      const packed = driver.query(
        "SELECT sum(size) AS size, sum(length(bytes)) AS stored FROM segments WHERE form = 2",
      )[0];
      expect(Number(packed?.size)).toBeGreaterThan(store.stats().logBytes * 0.8);
      expect(Number(packed?.stored)).toBeLessThan(Number(packed?.size) / 10);
    }));

  it("[ST18] bases are the newest stored state vectors, newest first, packed or not", () =>
    withDriver((driver) => {
      const store = created(driver);
      for (let i = 1; i <= 60; i++) {
        store.append(batch([edit(4_100, i)], { stateVector: () => new Uint8Array([1, i, i]) }));
      }
      const bases = new SqliteStore(driver).bases(100);
      expect(bases.map(({ seq, stateVector }) => [seq, ...stateVector])).toEqual(
        bases.map(({ seq }) => [seq, 1, seq, seq]),
      );
      const seqs = bases.map(({ seq }) => seq as number);
      expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
      expect(seqs[0]).toBe(60);
      expect(seqs.length).toBeGreaterThan(3);
      expect(store.bases(2)).toHaveLength(2);
    }));
}

function formsOf(driver: SqlDriver): string[] {
  return driver
    .query("SELECT form FROM segments ORDER BY first_seq")
    .map((row) => ["open", "closed", "packed", "kept"][row.form as number] ?? "unknown");
}

/** Frames of every kind and of all sorts of lengths, none among them. */
function typed(i: number): NewFrame {
  const base = { ...edit((i * 37) % 900, i, 5_000 + i * 13), author: (1 + (i % 300)) as AuthorNo };
  if (i % 11 === 5) return { ...base, kind: "restore", target: (i * 7) as Seq };
  return i % 13 === 0 ? { ...base, kind: "import" } : base;
}

/** What pressing one key sends. */
function keystroke(i: number): NewFrame {
  const clock = [(i & 127) | 128, ((i >> 7) & 127) | 128, i >> 14];
  const update = [1, 1, 200, 250, 33, ...clock, 132, 200, 250, 33, ...clock, 1, 97 + (i % 26), 0];
  return { kind: "edit", time: 5_000 + i * 90, author: 1 as AuthorNo, update: new Uint8Array(update) };
}

function comparable(frame: NewFrame & { readonly seq: number }) {
  const target = frame.kind === "restore" ? frame.target : null;
  return [frame.seq, frame.kind, frame.author, frame.time, target, digest(frame.update)];
}
