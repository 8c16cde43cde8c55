import { forEachSeed, randomHistory } from "@palimpsest/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  type ClientId,
  DeleteSet,
  decodeDeleteSet,
  deleteSetOf,
  type IdRange,
  materialize,
} from "../src/index.ts";

const seed = 20_261_122;

const ranges = fc.array(
  fc
    .record({
      client: fc.integer({ min: 1, max: 3 }),
      clock: fc.nat(60),
      length: fc.integer({ min: 1, max: 12 }),
    })
    .map((range) => range as unknown as IdRange),
  { maxLength: 40 },
);

const names = (list: Iterable<IdRange>) =>
  new Set(
    [...list].flatMap(({ client, clock, length }) =>
      Array.from({ length }, (_, i) => `${client}:${clock + i}`),
    ),
  );

test("[YD5] a delete set behaves as a set of ids, however the ranges come in", () => {
  fc.assert(
    fc.property(ranges, ranges, fc.boolean(), (first, second, together) => {
      const set = new DeleteSet();
      set.addAll(first);
      if (together) set.addAll(second);
      else for (const range of second) set.add(range);
      expect(names(set)).toEqual(names([...first, ...second]));
      const list = [...set];
      for (const [i, range] of list.entries()) {
        const next = list[i + 1];
        if (next?.client === range.client) expect(next.clock).toBeGreaterThan(range.clock + range.length);
      }
    }),
    { seed, numRuns: 500 },
  );
});

test("[YD6] what is missing of a range is exactly what the set does not hold", () => {
  fc.assert(
    fc.property(ranges, ranges, (held, asked) => {
      const set = new DeleteSet();
      set.addAll(held);
      const before = names(held);
      for (const range of asked) {
        const missing = set.missing(range);
        expect(names(missing)).toEqual(new Set([...names([range])].filter((id) => !before.has(id))));
        expect(missing.map(({ clock }) => clock)).toEqual(
          missing.map(({ clock }) => clock).toSorted((a, b) => a - b),
        );
      }
    }),
    { seed, numRuns: 500 },
  );
});

test("[YD7] a delete set is written as Yjs writes it, and read back", () => {
  forEachSeed(1, 60, (random) => {
    const doc = materialize(randomHistory(random).frames);
    const update = Y.encodeStateAsUpdate(doc);
    const ours = deleteSetOf(update).encode();
    expect(
      Y.equalDeleteSets(Y.decodeUpdate(new Uint8Array([0, ...ours])).ds, Y.decodeUpdate(update).ds),
    ).toBe(true);
    expect(update.subarray(update.length - ours.length)).toEqual(ours);
    expect(decodeDeleteSet(ours).encode()).toEqual(ours);
  });
});

test("[YD8] hundreds of thousands of ranges in the worst order are taken in at once", () => {
  const client = 1 as ClientId;
  const descending = Array.from({ length: 300_000 }, (_, i) => ({
    client,
    clock: 600_000 - 2 * i,
    length: 1,
  }));
  const set = new DeleteSet();
  set.addAll(descending);
  expect([...set].length).toBe(300_000);
  set.addAll([{ client, clock: 0, length: 700_000 }]);
  expect([...set]).toEqual([{ client, clock: 0, length: 700_000 }]);
});
