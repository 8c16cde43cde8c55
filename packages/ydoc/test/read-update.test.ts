import { forEachSeed, randomHistory, seeded } from "@palimpsest/testkit";
import { content, item } from "@palimpsest/testkit/updates-content";
import { type RawStruct, writeRaw } from "@palimpsest/testkit/updates-raw";
import { assert, expect, test } from "vitest";
import * as Y from "yjs";
import { deleteSetOf, measure, stateVectorOf } from "../src/index.ts";
import { outlineOf } from "../src/outline.ts";
import { readUpdate } from "../src/read-update.ts";
import { NOBODY, UpdateCursor } from "../src/update-cursor.ts";
import { defaultUpdateLimits } from "../src/update-limits.ts";

/** Holds our reading against Yjs's: clients, clocks, lengths, references, deletes. */
function expectSameReading(update: Uint8Array): void {
  const read = readUpdate(update);
  assert(read.ok, "a real update must be readable");
  const { structs, ds } = Y.decodeUpdate(update);
  const theirs = structs
    .filter((struct) => !(struct instanceof Y.Skip))
    .map((struct) => {
      const refs = struct instanceof Y.Item ? [struct.origin, struct.rightOrigin] : [null, null];
      return [struct.id.client, struct.id.clock, struct.length, ...refs.map((id) => id && { ...id })];
    });
  const ours = read.shape.sections.flatMap(({ client, structs: list }) =>
    list.map(({ clock, length, origin, rightOrigin }) => [client, clock, length, origin, rightOrigin]),
  );
  expect(ours).toEqual(theirs);
  const deletes = [...ds.clients].flatMap(([client, list]) =>
    list.map(({ clock, len }) => ({ client, clock, length: len })),
  );
  expect(read.shape.deletes).toEqual(deletes);
  expect(walk(update, false)).toEqual(walk(update, true));
  const outline = outlineOf(update);
  expect(outline.structs).toBe(structs.length);
  expect(outline.deletes).toEqual(deletes);
}

/** Everything that a cursor tells about each struct, with and without looking at what the structs hold. */
function walk(update: Uint8Array, checked: boolean): unknown[] {
  const cursor = new UpdateCursor(update, checked ? defaultUpdateLimits : null);
  const steps: unknown[] = [];
  while (cursor.nextSection()) {
    while (cursor.nextStruct()) {
      const { client, clock, length, contentRef, from, to, rootFrom, rootTo } = cursor;
      const { originClient, rightOriginClient, parentClient } = cursor;
      const origin = originClient === NOBODY ? null : [originClient, cursor.originClock];
      const rightOrigin = rightOriginClient === NOBODY ? null : [rightOriginClient, cursor.rightOriginClock];
      const parent = parentClient === NOBODY ? null : [parentClient, cursor.parentClock];
      const root = new TextDecoder().decode(update.subarray(rootFrom, rootTo));
      steps.push({ client, clock, length, contentRef, from, to, origin, rightOrigin, parent, root });
    }
  }
  while (cursor.nextDelete()) steps.push([cursor.client, cursor.clock, cursor.length]);
  return steps;
}

/** One document with every kind of content that Yjs can write but subdocuments. */
function everyContent(gc: boolean): Y.Doc {
  const doc = new Y.Doc({ gc });
  const text = doc.getText("text");
  text.insert(0, "plain 🙂 👍🏽 字", { bold: true });
  text.insertEmbed(3, { image: { src: "a" } });
  text.format(0, 4, { italic: true, link: { href: "x", deep: [1, null] } });
  const map = doc.getMap("map");
  map.set("title", "a");
  map.set("title", "b");
  map.set("number", -12.5);
  map.set("big", 12n);
  map.set("bytes", new Uint8Array([1, 2, 3]));
  map.set("nothing", undefined);
  map.set("nested", new Y.Map([["a", new Y.Array()]]));
  doc
    .getArray("list")
    .insert(0, [1, "a", { b: [true, null] }, new Uint8Array(4), new Y.Text("in"), new Y.XmlHook("hook")]);
  const root = doc.getXmlFragment("default");
  const element = new Y.XmlElement("paragraph");
  element.setAttribute("align", "left");
  root.insert(0, [element, new Y.XmlText("text"), new Y.XmlElement("table")]);
  element.insert(0, [new Y.XmlText("abc"), new Y.XmlElement("b")]);
  root.delete(1, 2);
  doc.getText("text").delete(2, 4);
  return doc;
}

test.each([true, false])(
  "[YD4] every kind of content is read as Yjs reads it (garbage collected: %s)",
  (gc) => {
    const doc = everyContent(gc);
    const update = Y.encodeStateAsUpdate(doc);
    expectSameReading(update);
    expectSameReading(Y.diffUpdate(update, Y.encodeStateVector(new Map([[doc.clientID, 7]]))));
    const again = new Y.Doc({ gc });
    Y.applyUpdate(again, update);
    expect(again.getMap("map").get("big")).toBe(12n);
  },
);

test("[YD4] the old JSON content is read as well", () => {
  const json = Uint8Array.from([
    1,
    1,
    5,
    0,
    2,
    1,
    1,
    0x61,
    2,
    2,
    0x5b,
    0x5d,
    9,
    ...Buffer.from("undefined"),
    0,
  ]);
  expectSameReading(json);
});

test("[YD4] updates of many writers, merged with and without holes, are read as Yjs reads them", () => {
  forEachSeed(1, 80, (random) => {
    const { frames } = randomHistory(random);
    for (const frame of frames) expectSameReading(frame);
    expectSameReading(Y.mergeUpdates([...frames]));
    expectSameReading(Y.mergeUpdates(random.shuffled(frames).slice(0, 1 + frames.length / 2)));
  });
});

test("[YD4] what is cut off anywhere is refused", () => {
  const update = Y.encodeStateAsUpdate(everyContent(true));
  for (let length = 0; length < update.length; length++) {
    expect(readUpdate(update.slice(0, length)).ok, `${length} bytes`).toBe(false);
    expect(() => outlineOf(update.slice(0, length)), `${length} bytes`).toThrow(/cannot be read/);
  }
});

test("[YD9] a stored update tells its state vector and what it deletes", () => {
  const { frames } = randomHistory(seeded(7));
  const merged = Y.mergeUpdates([...frames]);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, merged);
  expect(stateVectorOf(merged)).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
  const whole = Y.encodeStateAsUpdate(doc);
  for (const range of deleteSetOf(merged)) expect(deleteSetOf(whole).missing(range)).toEqual([]);
  expect(() => deleteSetOf(Uint8Array.of(1, 2, 3))).toThrow(/cannot be read/);
});

test("[YD18] an update measures as the text it brings and the clocks it deletes; other bytes as nothing", () => {
  const doc = new Y.Doc();
  const text = doc.getText("text");
  text.insert(0, "ab🙂");
  text.insertEmbed(0, {});
  expect(measure(Y.encodeStateAsUpdate(doc))).toEqual({ inserted: 4, deleted: 0 });
  const before = Y.encodeStateVector(doc);
  text.delete(1, 2);
  expect(measure(Y.encodeStateAsUpdate(doc, before))).toEqual({ inserted: 0, deleted: 2 });
  expect(measure(Uint8Array.of(9, 9, 9))).toEqual({ inserted: 0, deleted: 0 });
});

test("[YD9] what an update skips before and behind its structs is not told as known", () => {
  const skipped = { kind: "skip", length: 5 } as const;
  const letters = item(content.string("abc"));
  const bytes = (structs: RawStruct[]) =>
    writeRaw({ sections: [{ client: 7, clock: 2, structs }], deletes: [] });
  expect([...stateVectorOf(bytes([skipped, letters, skipped]))]).toEqual([[7, 10]]);
  expect([...stateVectorOf(bytes([letters, skipped, letters, skipped]))]).toEqual([[7, 13]]);
  expect(stateVectorOf(bytes([skipped])).size).toBe(0);
  expect(outlineOf(bytes([skipped, letters, skipped])).stretches).toMatchObject([
    { clock: 7, end: 10, count: 1, isWhole: true },
  ]);
  expect(outlineOf(bytes([letters, skipped, letters])).stretches).toMatchObject([
    { count: 3, isWhole: false },
  ]);
});
