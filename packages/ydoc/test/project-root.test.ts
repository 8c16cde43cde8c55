import { forEachSeed, type Random, randomEdit, randomHistory, seeded } from "@palimpsest/testkit";
import { content, id, item } from "@palimpsest/testkit/updates-content";
import { type RawStruct, writeRaw } from "@palimpsest/testkit/updates-raw";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type ClientId, changeDocument, compact, materialize, projectRoot } from "../src/index.ts";
import { outlineOf } from "../src/outline.ts";

/** Several people, who see each other's changes late, write a body and much into `meta`, nested types too. */
function busyMeta(random: Random): Uint8Array[] {
  const frames: Uint8Array[] = [];
  const docs = Array.from({ length: 3 }, (_, i) => {
    const doc = new Y.Doc();
    doc.clientID = 1 + i * 1000 + random.int(1000);
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === null) frames.push(update);
    });
    return { doc, received: 0 };
  });
  for (let step = 0; step < 50; step++) {
    const writer = random.pick(docs);
    if (random.chance(0.4)) {
      const upTo = writer.received + random.int(frames.length - writer.received + 1);
      for (; writer.received < upTo; writer.received++) {
        Y.applyUpdate(writer.doc, frames[writer.received] as Uint8Array, "server");
      }
    } else if (random.chance(0.5)) randomEdit(writer.doc, random);
    else editMeta(writer.doc.getMap("meta"), random);
  }
  return frames;
}

function editMeta(meta: Y.Map<unknown>, random: Random): void {
  const list = meta.get("tags");
  const choice = random.int(6);
  if (choice < 2) meta.set("title", random.text(8));
  else if (choice === 2) meta.delete("title");
  else if (!(list instanceof Y.Array)) meta.set("tags", new Y.Array());
  else if (choice === 3) list.insert(random.int(list.length + 1), [random.text(4), random.int(9)]);
  else if (choice === 4 && list.length > 0) list.delete(random.int(list.length), 1);
  else list.insert(0, [new Y.Map([["deep", new Y.Text(random.text(5))]])]);
}

const meta = (doc: Y.Doc) => doc.getMap("meta").toJSON();

test("[YD45] a projection shows its root as the whole document does, under the same state vector", () => {
  forEachSeed(1, 150, (random) => {
    const log = random.chance(0.5) ? busyMeta(random) : randomHistory(random, { steps: 60 }).frames;
    const at = random.int(log.length + 1);
    const snapshot = compact(materialize(log.slice(0, at))).update;
    for (const updates of [log, [snapshot, ...log.slice(at)]]) {
      const whole = materialize(updates);
      const part = materialize([projectRoot(updates, "meta")]);
      expect(meta(part)).toEqual(meta(whole));
      expect(Y.encodeStateVector(part)).toEqual(Y.encodeStateVector(whole));
      expect(part.getXmlFragment("default").length).toBe(0);
    }
  });
});

test("[YD46] a change made to the projection is the one that would be made to the whole document", () => {
  forEachSeed(500, 100, (random) => {
    const log = busyMeta(random);
    const act = (doc: Y.Doc) => doc.getMap("meta").set("title", "renamed");
    const client = 77_777 as ClientId;
    const change = changeDocument([projectRoot(log, "meta")], client, act) as Uint8Array;
    expect(change).toEqual(changeDocument(log, client, act));
    const doc = materialize([...log, change]);
    expect(doc.getMap("meta").get("title")).toBe("renamed");
    const body = (updates: readonly Uint8Array[]) =>
      materialize(updates).getXmlFragment("default").toString();
    expect(body([...log, change])).toBe(body(log));
  });
});

test("[YD45] a projection is as large as its root, whatever the document is", () => {
  const doc = new Y.Doc();
  doc.getMap("meta").set("title", "a");
  for (let i = 0; i < 2_000; i++) doc.getText("text").insert(i % 7, "text");
  doc.getMap("meta").set("title", "b");
  const projection = projectRoot([Y.encodeStateAsUpdate(doc)], "meta");
  expect(projection.length).toBeLessThan(60);
  expect(outlineOf(projection).structs).toBeLessThan(6);
  expect(outlineOf(projectRoot([], "meta")).structs).toBe(0);
});

test("[YD45] people who take turns at a title, whoever's number is higher, cost one look at each struct", () => {
  const turns = 20_000;
  const sections = [2, 1].map((client) => ({ client, clock: 0, structs: [] as RawStruct[] }));
  for (let turn = 0; turn < turns; turn++) {
    const before = turn === 0 ? {} : { origin: id(2 - ((turn - 1) % 2), (turn - 1) >> 1) };
    sections[turn % 2]?.structs.push(item(content.any(turn), { parent: "meta", parentSub: "n", ...before }));
  }
  const projection = projectRoot([writeRaw({ sections, deletes: [] })], "meta");
  expect(outlineOf(projection).structs).toBe(turns);
});

test("[YD45] what is not whole cannot be projected", () => {
  const { frames } = randomHistory(seeded(2), { writers: 1 });
  expect(() => projectRoot(frames.slice(1), "meta")).toThrow(/gap/);
  const waiting = [item(content.string("a"), { origin: id(2, 0) })];
  expect(() =>
    projectRoot([writeRaw({ sections: [{ client: 1, clock: 0, structs: waiting }], deletes: [] })], "meta"),
  ).toThrow(/gap/);
});
