import { forEachSeed, randomHistory } from "@palimpsest/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type ClientId, covers, decodeStateVector, encodeStateVector, materialize } from "../src/index.ts";

const seed = 20_261_122;
const vectors = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 0x8000_0000 })))
  .map((entries) => new Map(entries as [ClientId, number][]));

test("[YD1] a state vector is written byte for byte as Yjs writes it", () => {
  forEachSeed(1, 40, (random) => {
    const theirs = Y.encodeStateVector(materialize(randomHistory(random).frames));
    const read = decodeStateVector(theirs);
    expect(read).toEqual(Y.decodeStateVector(theirs));
    expect(encodeStateVector(read ?? new Map())).toEqual(theirs);
  });
});

test("[YD1] every state vector comes back; clients at clock 0 are left out", () => {
  fc.assert(
    fc.property(vectors, (vector) => {
      const known = new Map([...vector].filter(([, clock]) => clock > 0));
      expect(decodeStateVector(encodeStateVector(vector))).toEqual(known);
    }),
    { seed, numRuns: 300 },
  );
});

test("[YD2] bytes that are no state vector give null and never throw", () => {
  const none = [
    [],
    [1],
    [1, 5],
    [0, 0],
    [0xff, 0xff, 0xff, 0xff, 0x7f],
    [1, 0x80, 0x80, 0x80, 0x80, 0x10, 1],
  ];
  for (const bytes of none) expect(decodeStateVector(Uint8Array.from(bytes))).toBeNull();
  const pastClocks = encodeStateVector(new Map([[1 as ClientId, 0x8000_0001]]));
  expect(decodeStateVector(pastClocks)).toBeNull();
  const whole = encodeStateVector(new Map([[0xffff_ffff as ClientId, 0x8000_0000]]));
  expect(decodeStateVector(whole)).not.toBeNull();
  for (let length = 0; length < whole.length; length++) {
    expect(decodeStateVector(whole.subarray(0, length))).toBeNull();
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
      const vector = decodeStateVector(bytes);
      expect(vector === null || vector.size * 2 <= bytes.length).toBe(true);
    }),
    { seed, numRuns: 5_000 },
  );
});

test("[YD3] a vector covers another when it is behind nowhere", () => {
  fc.assert(
    fc.property(vectors, vectors, (whole, part) => {
      const behind = [...part].some(([client, clock]) => (whole.get(client) ?? 0) < clock);
      expect(covers(whole, part)).toBe(!behind);
      expect(covers(whole, whole)).toBe(true);
      expect(covers(whole, new Map())).toBe(true);
    }),
    { seed, numRuns: 200 },
  );
});
