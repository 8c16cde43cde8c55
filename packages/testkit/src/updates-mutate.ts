import type { Random } from "./random.ts";
import { content } from "./updates-content.ts";
import {
  type RawId,
  type RawItem,
  type RawRange,
  type RawSection,
  type RawStruct,
  type RawUpdate,
  writeRaw,
} from "./updates-raw.ts";

/**
 * A forged neighbour of a real update: still an update in form nine times of ten, with one to three ids, lengths,
 * contents or sections changed; else with broken bytes.
 *
 * @param others updates of the same history, from which parts are taken
 */
export function mutate(update: RawUpdate, others: readonly RawUpdate[], random: Random): Uint8Array {
  if (random.chance(0.1)) return breakBytes(writeRaw(update), random);
  let raw = update;
  for (let changes = 1 + random.int(3); changes > 0; changes--) {
    raw = changeOnce(raw, random.pick(others), random);
  }
  return writeRaw(raw);
}

function breakBytes(update: Uint8Array, random: Random): Uint8Array {
  const bytes = update.slice();
  if (random.chance(0.2)) return bytes.subarray(0, random.int(bytes.length));
  for (let changes = 1 + random.int(2); changes > 0; changes--) {
    bytes[random.int(bytes.length)] = random.chance(0.5)
      ? random.int(256)
      : random.pick([0, 1, 4, 7, 127, 128]);
  }
  return bytes;
}

function changeOnce(raw: RawUpdate, other: RawUpdate, random: Random): RawUpdate {
  const { sections, deletes } = raw;
  const choice = random.int(20);
  if (choice === 0) return { sections: random.shuffled(sections), deletes };
  if (choice === 1) return { sections: [...sections, ...other.sections.slice(0, 1)], deletes };
  if (choice === 2) return { sections: sections.slice(1), deletes };
  if (choice === 3) return { sections, deletes: [...deletes, ...other.deletes] };
  if (choice === 4) return { sections, deletes: [...deletes, anyRange(raw, other, random)] };
  if (choice === 5 && deletes.length > 0) {
    const at = random.int(deletes.length);
    return { sections, deletes: deletes.map((range, i) => (i === at ? changeRange(range, random) : range)) };
  }
  if (sections.length === 0) return { sections, deletes: [...deletes, ...deletes] };
  const at = random.int(sections.length);
  return {
    sections: sections.map((section, i) => (i === at ? changeSection(section, raw, other, random) : section)),
    deletes,
  };
}

function changeSection(section: RawSection, raw: RawUpdate, other: RawUpdate, random: Random): RawSection {
  const { client, clock, structs } = section;
  const choice = random.int(20);
  const at = random.int(structs.length);
  if (choice === 0) return { ...section, client: anyId(raw, other, random).client };
  if (choice === 1) return { ...section, clock: Math.max(0, clock + random.int(5) - 2) };
  if (choice === 2) return { ...section, structs: structs.toSpliced(at, 1) };
  if (choice === 3) return { ...section, structs: structs.toSpliced(at, 0, anyStruct(raw, other, random)) };
  if (choice === 4) return { ...section, structs: [...structs, anyStruct(raw, other, random)] };
  if (choice === 5) return { client, clock, structs: random.shuffled(structs) };
  if (choice === 6)
    return { client, clock, structs: [{ kind: "skip", length: 1 + random.int(3) }, ...structs] };
  const struct = structs[at];
  if (struct === undefined) return section;
  return { client, clock, structs: structs.with(at, changeStruct(struct, raw, other, random)) };
}

function changeStruct(struct: RawStruct, raw: RawUpdate, other: RawUpdate, random: Random): RawStruct {
  if (struct.kind !== "item") {
    return random.chance(0.5)
      ? { ...struct, length: anyLength(random) }
      : { kind: struct.kind === "gc" ? "skip" : "gc", length: struct.length };
  }
  const place = () => (random.chance(0.25) ? null : anyId(raw, other, random));
  switch (random.int(8)) {
    case 0:
      return { ...struct, origin: place() };
    case 1:
      return { ...struct, rightOrigin: place() };
    case 2:
      return { ...struct, origin: null, rightOrigin: null, parent: anyId(raw, other, random) };
    case 3:
      return { ...struct, parent: random.pick(["default", "meta", "else", "", "__proto__"]) };
    case 4:
      return { ...struct, parentSub: random.pick([null, "title", "align", "__proto__"]) };
    case 5:
      return {
        kind: random.pick(["gc", "skip"]),
        length: random.chance(0.7) ? struct.length : anyLength(random),
      };
    default:
      return { ...struct, ...anyContent(random, struct.length) };
  }
}

function anyContent(random: Random, length: number): Pick<RawItem, "ref" | "content" | "length"> {
  const some = random.chance(0.7) ? length : anyLength(random) % 50;
  switch (random.int(9)) {
    case 0:
      return content.deleted(some);
    case 1:
      return content.json(
        ...Array.from({ length: some }, () => random.pick(["1", "undefined", '{"a":[1]}'])),
      );
    case 2:
      return content.binary(new Uint8Array([1, 2, 3]));
    case 3:
      return content.embed('{"image":"b"}');
    case 4:
      return content.format(random.pick(["bold", "link"]), random.pick(["true", "null", '{"href":"x"}']));
    case 5:
      return content.type(random.int(7), random.pick(["paragraph", "list"]));
    case 6:
      return content.any(...Array.from({ length: some }, () => random.pick([1, "a", null, { a: [true] }])));
    case 7:
      return random.chance(0.1) ? content.subdocument("guid") : content.type(6);
    default:
      return content.string("x".repeat(some));
  }
}

function anyStruct(raw: RawUpdate, other: RawUpdate, random: Random): RawStruct {
  const all = [...raw.sections, ...other.sections].flatMap(({ structs }) => structs);
  return all.length === 0 ? { kind: "gc", length: 1 } : random.pick(all);
}

/** An id that occurs, or one close to it. */
function anyId(raw: RawUpdate, other: RawUpdate, random: Random): RawId {
  const { sections } = random.chance(0.5) ? raw : other;
  if (sections.length === 0) return { client: random.int(4000), clock: random.int(40) };
  const { client, clock, structs } = random.pick(sections);
  const end = structs.reduce((sum, { length }) => sum + length, clock);
  return { client, clock: Math.max(0, random.int(end + 3) - random.int(2)) };
}

function anyRange(raw: RawUpdate, other: RawUpdate, random: Random): RawRange {
  return { ...anyId(raw, other, random), length: anyLength(random) };
}

function changeRange(range: RawRange, random: Random): RawRange {
  return random.chance(0.5)
    ? { ...range, length: anyLength(random) }
    : { ...range, clock: Math.max(0, range.clock + random.int(9) - 4) };
}

function anyLength(random: Random): number {
  return random.pick([0, 1, 1, 2, 3, 5, 10, 2 ** 31 - 1]);
}
