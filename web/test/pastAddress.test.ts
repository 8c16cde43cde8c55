import { expect, test } from "vitest";
import type { Moment } from "../src/history/entries.ts";
import { askedOf, searchOf } from "../src/history/past/address.ts";
import { Kept, Latest } from "../src/history/past/Latest.ts";

const moment = (seq: number): Moment => ({ key: `seq-${seq}`, seq, at: 0, by: [], name: null });

test("an address asks for what it was made from", () => {
  expect(askedOf(searchOf({ mode: "text", moment: moment(12), from: null }))).toEqual({
    mode: "text",
    at: "12",
  });
  expect(askedOf(searchOf({ mode: "authors", moment: moment(12), from: null }))).toEqual({
    mode: "authors",
    at: "12",
  });
  expect(askedOf(searchOf({ mode: "compare", moment: moment(12), from: moment(3) }))).toEqual({
    mode: "compare",
    from: "3",
    to: "12",
  });
});

test("an address without a moment asks for the present, and nonsense is left to the server to refuse", () => {
  expect(askedOf("")).toBeNull();
  expect(askedOf("?from=3")).toBeNull();
  expect(askedOf("?utm_source=mail")).toBeNull();
  expect(askedOf("?at=2026-06-03T14%3A32%3A00Z")).toEqual({ mode: "text", at: "2026-06-03T14:32:00Z" });
  expect(askedOf("?at=nonsense")).toEqual({ mode: "text", at: "nonsense" });
});

test("only so much is kept, and what was used last stays longest", () => {
  const kept = new Kept<string>(10);
  kept.set("a", "A", 4);
  kept.set("b", "B", 4);
  expect(kept.get("a")).toBe("A");
  kept.set("c", "C", 4);
  expect([kept.get("a"), kept.get("b"), kept.get("c")]).toEqual(["A", undefined, "C"]);
  kept.set("huge", "H", 99);
  expect([kept.get("a"), kept.get("c"), kept.get("huge")]).toEqual([undefined, undefined, "H"]);
});

test("one request is under way at a time, and the next is for the newest wish", async () => {
  const latest = new Latest();
  const asked: string[] = [];
  const done: (() => void)[] = [];
  const want = (key: string) =>
    latest.want(key, () => {
      asked.push(key);
      return new Promise<void>((resolve) => done.push(resolve));
    });
  for (const key of ["1", "2", "3", "4"]) want(key);
  expect(asked).toEqual(["1"]);
  done.shift()?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toEqual(["1", "4"]);
  want("5");
  want("4");
  done.shift()?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(asked).toEqual(["1", "4"]);
});

test("stopping aborts what is under way and forgets what was wished for", async () => {
  const latest = new Latest();
  const asked: string[] = [];
  let signal: AbortSignal | undefined;
  latest.want("1", (given) => {
    signal = given;
    return new Promise<void>(() => undefined);
  });
  latest.want("2", async () => void asked.push("2"));
  latest.stop();
  expect(signal?.aborted).toBe(true);
  latest.want("3", async () => void asked.push("3"));
  expect(asked).toEqual(["3"]);
});
