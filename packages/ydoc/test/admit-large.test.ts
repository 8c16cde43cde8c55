import { forEachSeed } from "@palimpsest/testkit";
import { content, id, item } from "@palimpsest/testkit/updates-content";
import { type RawStruct, writeRaw } from "@palimpsest/testkit/updates-raw";
import { expect, test } from "vitest";
import { admitAny } from "../src/admit.ts";
import { admit, type ClientId, DeleteSet, defaultUpdateLimits, type UpdateLimits } from "../src/index.ts";

const nothing = {
  stateVector: new Map<ClientId, number>([[9 as ClientId, 100]]),
  deleteSet: () => new DeleteSet(),
};
const one = (structs: RawStruct[], clock = 0) =>
  writeRaw({ sections: [{ client: 1, clock, structs }], deletes: [] });
const element = (place: Parameters<typeof item>[1] = {}) => item(content.type(3), place);
const judge = (update: Uint8Array, limits: UpdateLimits = defaultUpdateLimits) =>
  admit(update, nothing, limits);

test("[YD48] a paste of more structs than are judged one by one is admitted as it came", () => {
  const structs: RawStruct[] = [];
  for (let clock = 0; clock < 420_000; clock += 3) {
    const place = clock === 0 ? {} : { origin: id(1, clock - 3) };
    structs.push(element(place));
    structs.push(item(content.type(6), { parent: id(1, clock) }));
    structs.push(item(content.string("a"), { parent: id(1, clock + 1) }));
  }
  const update = one(structs);
  const admission = judge(update);
  expect(admission.kind).toBe("new");
  if (admission.kind !== "new") return;
  expect(admission.update).toBe(update);
  expect(admission.inserted).toBe(140_000);
  expect(admission.advanced).toEqual(new Map([[1, 420_000]]));
  const few = { ...defaultUpdateLimits, maxWalkedStructs: 419_999 };
  expect(judge(update, few)).toEqual({ kind: "refused", reason: "too-many-structs" });
});

test("[YD48] a paste may nest as deep as any other update, and not one level deeper", () => {
  const { maxDepth } = defaultUpdateLimits;
  const nested = (levels: number, beside: RawStruct[]) => {
    const structs: RawStruct[] = [element()];
    for (let level = 1; level <= levels; level++) structs.push(element({ parent: id(1, level - 1) }));
    return one([...structs, ...beside]);
  };
  const neighbours = (levels: number) => [
    element({ origin: id(1, levels) }),
    element({ rightOrigin: id(1, levels + 1) }),
  ];
  expect(judge(nested(maxDepth, neighbours(maxDepth))).kind).toBe("new");
  const deeper = [...neighbours(maxDepth), item(content.string("a"), { parent: id(1, maxDepth + 2) })];
  expect(judge(nested(maxDepth, deeper))).toEqual({ kind: "refused", reason: "too-deep" });
  expect(judge(nested(maxDepth + 1, []))).toEqual({ kind: "refused", reason: "too-deep" });
});

test("[YD48] random trees are judged as the long way judges them", () => {
  const seen = { new: 0, refused: 0, gap: 0, known: 0 };
  forEachSeed(1, 300, (random) => {
    const limits = { ...defaultUpdateLimits, maxDepth: 5 };
    const structs: RawStruct[] = [element()];
    const count = 6 + random.int(40);
    for (let clock = 1; clock < count; clock++) {
      const other = () =>
        random.chance(0.1) ? id(9, random.int(100)) : id(1, clock - 1 - random.int(Math.min(clock, 3)));
      const place = random.int(8);
      if (place < 4) structs.push(element({ parent: other() }));
      else if (place === 4)
        structs.push(element({ origin: other(), rightOrigin: random.chance(0.5) ? other() : null }));
      else if (place < 7) structs.push(element({ rightOrigin: other() }));
      else structs.push(element());
    }
    const update = one(structs);
    const admission = admit(update, nothing, limits);
    seen[admission.kind]++;
    const { outline, ...words } = { outline: null, ...admission };
    const { outline: none, ...expected } = { outline: null, ...admitAny(update, nothing, limits) };
    expect(words).toEqual(expected);
  });
  expect(Math.min(seen.new, seen.refused)).toBeGreaterThan(50);
});
