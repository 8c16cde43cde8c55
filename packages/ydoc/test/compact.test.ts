import { forEachSeed, randomHistory, seeded, view } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { compact, decodeDeleteSet, deleteSetOf, materialize } from "../src/index.ts";
import { sameContent } from "../src/same-content.ts";

test("[YD24] [I5] a snapshot and the tail behind it load as the replay does, at every boundary and prefix", () => {
  forEachSeed(1, 25, (random) => {
    const { frames } = randomHistory(random, { steps: 40 });
    const replays = frames.map((_, i) => materialize(frames.slice(0, i + 1)));
    for (let boundary = 0; boundary <= frames.length; boundary++) {
      const { update } = compact(materialize(frames.slice(0, boundary)));
      for (let prefix = Math.max(1, boundary); prefix <= frames.length; prefix++) {
        const loaded = materialize([update, ...frames.slice(boundary, prefix)]);
        const replay = replays[prefix - 1] as Y.Doc;
        expect(Y.encodeStateVector(loaded)).toEqual(Y.encodeStateVector(replay));
        expect(view(loaded)).toEqual(view(replay));
        expect(compact(loaded).deleteSet).toEqual(compact(replay).deleteSet);
      }
    }
  });
}, 60_000);

test("[YD24] snapshots of snapshots stay the same document", () => {
  forEachSeed(50, 40, (random) => {
    const { frames } = randomHistory(random, { steps: 80 });
    let snapshot: Uint8Array[] = [];
    for (let at = 0; at < frames.length; ) {
      const next = at + 1 + random.int(5);
      snapshot = [compact(materialize([...snapshot, ...frames.slice(at, next)])).update];
      at = next;
    }
    const replay = materialize(frames);
    expect(view(materialize(snapshot))).toEqual(view(replay));
    expect(Y.encodeStateVector(materialize(snapshot))).toEqual(Y.encodeStateVector(replay));
  });
});

test("[YD25] a snapshot's state vector and delete set are those of its update", () => {
  forEachSeed(1, 40, (random) => {
    const doc = materialize(randomHistory(random).frames);
    const { update, stateVector, deleteSet } = compact(doc);
    expect(stateVector).toEqual(Y.encodeStateVectorFromUpdate(update));
    expect(deleteSet).toEqual(deleteSetOf(update).encode());
    expect(decodeDeleteSet(deleteSet).encode()).toEqual(deleteSet);
  });
});

test("[YD26] a snapshot does not hold what was deleted, and a document that does is not made one", () => {
  const doc = new Y.Doc();
  doc.getText("text").insert(0, "keep SECRET keep");
  const before = Y.encodeStateAsUpdate(doc);
  doc.getText("text").delete(5, 6);
  const { update } = compact(materialize([before, Y.encodeStateAsUpdate(doc)]));
  expect(Buffer.from(update).includes("SECRET")).toBe(false);
  expect(() => compact(materialize([before], { keepDeleted: true }))).toThrow(/keeps what was deleted/);
});

test("[YD27] updates with a hole are no document", () => {
  const { frames } = randomHistory(seeded(2), { writers: 1 });
  expect(() => materialize(frames.slice(1))).toThrow(/gap/);
});

test("[YD28] the same content in other pieces is the same; another order, mark, value or loss is not", () => {
  const build = (write: (doc: Y.Doc) => void): Y.Doc => {
    const doc = new Y.Doc();
    doc.clientID = 1;
    write(doc);
    return doc;
  };
  const typed = (text: string) => build((doc) => doc.getText("t").insert(0, text));
  const letters = build((doc) => {
    for (const [i, letter] of [..."abc"].entries()) doc.getText("t").insert(i, letter);
  });
  const other = materialize([Y.encodeStateAsUpdate(letters)]);
  expect(sameContent(letters, other)).toBe(true);
  expect(sameContent(typed("abc"), letters)).toBe(true);
  expect(sameContent(typed("abd"), letters)).toBe(false);
  expect(sameContent(typed("abcd"), letters)).toBe(false);
  const backwards = build((doc) => {
    for (const letter of "cba") doc.getText("t").insert(0, letter);
  });
  expect(sameContent(backwards, letters)).toBe(false);
  const titled = (title: string) => build((doc) => doc.getMap("meta").set("title", title));
  expect(sameContent(titled("a"), titled("a"))).toBe(true);
  expect(sameContent(titled("a"), titled("b"))).toBe(false);
  const inside = (name: string) =>
    build((doc) => {
      const holder = new Y.XmlElement("p");
      doc.getXmlFragment("default").insert(0, [holder]);
      holder.insert(0, [new Y.XmlElement(name)]);
    });
  expect(sameContent(inside("a"), inside("a"))).toBe(true);
  expect(sameContent(inside("a"), inside("b"))).toBe(false);
});
