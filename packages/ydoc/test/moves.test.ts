import { forEachSeed, type Random } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import { type ClientId, decodeMoves, encodeMoves, type IdRange, type Move, Moved } from "../src/index.ts";

const client = (number: number) => number as ClientId;

/** Restores that put back what was written, or came back before, by new clients. */
function randomRestores(random: Random): { restores: Move[][]; forms: Map<string, string[]> } {
  const known: IdRange[] = [1, 2, 3].map((number) => ({ client: client(number), clock: 0, length: 40 }));
  /** Original → every form in which it came back, oldest first. */
  const forms = new Map<string, string[]>();
  const origins = new Map<string, string>();
  const restores: Move[][] = [];
  for (let restore = 0; restore < 6; restore++) {
    const moves: Move[] = [];
    const to = client(1000 + restore);
    let clock = 0;
    const taken = new Set<string>();
    for (let i = random.int(8); i > 0; i--) {
      const range = random.pick(known);
      const at = random.int(range.length);
      const length = 1 + random.int(range.length - at);
      const from = { client: range.client, clock: range.clock + at, length };
      const ids = idsOf(from).map((id) => origins.get(id) ?? id);
      // an edit puts back each character once
      if (ids.some((id) => taken.has(id))) continue;
      for (const id of ids) taken.add(id);
      moves.push({ from, to: { client: to, clock } });
      ids.forEach((original, offset) => {
        const form = `${to}:${clock + offset}`;
        origins.set(form, original);
        forms.set(original, [...(forms.get(original) ?? []), form]);
      });
      clock += length;
    }
    if (clock > 0) known.push({ client: to, clock: 0, length: clock });
    restores.push(moves);
  }
  return { restores, forms };
}

function idsOf({ client: number, clock, length }: IdRange): string[] {
  return Array.from({ length }, (_, i) => `${number}:${clock + i}`);
}

function parse(id: string) {
  const [number, clock] = id.split(":").map(Number) as [number, number];
  return { client: client(number), clock };
}

test("[YD61] each form of a character tells the first one and the newest", () => {
  forEachSeed(1, 100, (random) => {
    const { restores, forms } = randomRestores(random);
    const moved = new Moved(restores);
    for (const [original, later] of forms) {
      for (const form of [original, ...later]) {
        expect(moved.original(parse(form))).toEqual(parse(original));
        expect(moved.newest(parse(form))).toEqual(parse(later.at(-1) as string));
      }
    }
    const never = { client: client(1), clock: 1000 };
    expect([moved.original(never), moved.newest(never)]).toEqual([never, never]);
  });
});

test("[YD61] what followed from some ids is what was put back from them, and from that, but for others' forms", () => {
  const a = client(1);
  const range = (number: number, clock: number, length: number) => ({
    client: client(number),
    clock,
    length,
  });
  const moved = new Moved([
    [{ from: range(a, 0, 10), to: { client: client(7), clock: 0 } }],
    [{ from: range(7, 2, 3), to: { client: client(8), clock: 0 } }],
    [{ from: range(a, 4, 2), to: { client: client(9), clock: 5 } }],
  ]);
  expect([...moved.follow([range(a, 3, 2)])]).toEqual([
    range(9, 5, 1),
    range(8, 1, 2),
    range(7, 3, 2),
    range(a, 3, 2),
  ]);
  expect([...moved.follow([range(7, 0, 3)])]).toEqual([range(8, 0, 1), range(7, 0, 3)]);
  expect(moved.without(moved.follow([range(8, 0, 9)])).newest({ client: a, clock: 3 })).toEqual({
    client: 7,
    clock: 3,
  });
});

test("[YD62] moves are read as they were written, in about five bytes each", () => {
  forEachSeed(1, 300, (random) => {
    for (const moves of randomRestores(random).restores) {
      const bytes = encodeMoves(moves);
      expect(decodeMoves(bytes)).toEqual(moves);
      expect(bytes.length).toBeLessThanOrEqual(20 + 7 * moves.length);
    }
  });
  const far = {
    from: { client: client(2 ** 32 - 1), clock: 2 ** 31 - 2, length: 1 },
    to: { client: client(0), clock: 0 },
  };
  expect(decodeMoves(encodeMoves([far]))).toEqual([far]);
});

test("[YD63] bytes that are no moves are read as null", () => {
  forEachSeed(1, 300, (random) => {
    const moves = randomRestores(random).restores.flat();
    const bytes = encodeMoves(moves);
    for (let end = 0; end < bytes.length; end++) expect(decodeMoves(bytes.subarray(0, end))).toBeNull();
    expect(decodeMoves(new Uint8Array([...bytes, 0]))).toBeNull();
    const broken = bytes.slice();
    for (let changes = 1 + random.int(3); changes > 0; changes--)
      broken[random.int(broken.length)] = random.int(256);
    for (const { from, to } of decodeMoves(broken) ?? []) {
      expect(from.length).toBeGreaterThan(0);
      for (const clock of [from.clock, to.clock]) {
        expect(clock).toBeGreaterThanOrEqual(0);
        expect(clock + from.length).toBeLessThanOrEqual(2 ** 31);
      }
    }
  });
});
