import { caseCount, collect, forEachSeed, type Random } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type Anchor, type ClientId, Moved, makeAnchor, resolveAnchors, rollBack } from "../src/index.ts";
import { MarkedHistory } from "./marked-history.ts";

const LONG = { timeout: 60_000 };
const ANCHORED = caseCount("ANCHORED_HISTORIES", 100);

/** Every character with its place, in reading order. */
function characters(doc: Y.Doc): { character: string; type: Y.XmlText; index: number }[] {
  return collect(doc.getXmlFragment("default"), Y.XmlText).flatMap((type) =>
    (type.toDelta() as { insert: string }[])
      .map(({ insert }) => insert)
      .join("")
      .split("")
      .map((character, index) => ({ character, type, index })),
  );
}

function anchorSomewhere(doc: Y.Doc, random: Random): Anchor | null {
  const texts = collect(doc.getXmlFragment("default"), Y.XmlText);
  if (texts.length === 0) return null;
  const at = random.int(texts.length);
  const first = texts[at] as Y.XmlText;
  const last = texts[Math.min(texts.length - 1, at + random.pick([0, 0, 0, 1, 2]))] as Y.XmlText;
  const from = random.int(first.length + 1);
  const to = first === last ? from + random.int(last.length - from + 1) : random.int(last.length + 1);
  return makeAnchor(
    doc,
    Y.createRelativePositionFromTypeIndex(first, from, random.pick([0, -1])),
    Y.createRelativePositionFromTypeIndex(last, to, random.pick([0, -1])),
  );
}

test("[YD64] an anchor covers what lives of its characters, through restores of all kinds", LONG, () => {
  let found = 0;
  let shrunk = 0;
  let orphaned = 0;
  forEachSeed(1, ANCHORED, (random) => {
    const history = new MarkedHistory(random);
    const anchors: Anchor[] = [];
    for (let step = 0; step < 60; step++) {
      if (step > 10 && random.chance(0.12)) history.restore();
      else history.edit();
      if (step % 6 !== 5) continue;
      const doc = history.present();
      for (let i = 0; i < 10; i++) {
        const anchor = anchorSomewhere(doc, random);
        if (anchor !== null && anchor.quote !== "") anchors.push(anchor);
      }
    }
    const doc = history.present();
    const now = characters(doc);
    expect(new Set(now.map(({ character }) => character)).size, "a character twice").toBe(now.length);
    const places = resolveAnchors(doc, anchors, history.moved());
    anchors.forEach(({ quote }, i) => {
      const place = places[i];
      const covered = new Set(quote.replaceAll("\n", ""));
      const living = now.filter(({ character }) => covered.has(character));
      if (place?.kind !== "found") {
        orphaned++;
        expect(living).toEqual([]);
        expect(place).toEqual({ kind: "orphaned", quote });
        return;
      }
      found++;
      if (living.length < covered.size) shrunk++;
      const start = living[0];
      const end = living.at(-1);
      expect(Object.is(place.start.type, start?.type)).toBe(true);
      expect(Object.is(place.end.type, end?.type)).toBe(true);
      expect([place.start.index, place.end.index]).toEqual([start?.index, (end?.index ?? 0) + 1]);
    });
  });
  for (const count of [found, shrunk, orphaned]) expect(count).toBeGreaterThan(100);
});

function blocks(...texts: string[]): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  for (const text of texts) {
    const block = new Y.XmlElement("paragraph");
    block.insert(0, [new Y.XmlText(text)]);
    doc.getXmlFragment("default").push([block]);
  }
  return doc;
}

function textOf(doc: Y.Doc, block: number): Y.XmlText {
  return (doc.getXmlFragment("default").get(block) as Y.XmlElement).get(0) as Y.XmlText;
}

function at(type: Y.XmlFragment | Y.XmlText, index: number, assoc = 0): Y.RelativePosition {
  return Y.createRelativePositionFromTypeIndex(type, index, assoc);
}

const none = new Moved();

test("[YD65] an anchor over several blocks has a line for each; one between blocks holds them whole", () => {
  const doc = blocks("one", "two", "three");
  const root = doc.getXmlFragment("default");
  expect(makeAnchor(doc, at(textOf(doc, 0), 1), at(textOf(doc, 2), 2))?.quote).toBe("ne\ntwo\nth");
  expect(makeAnchor(doc, at(root, 1), at(root, 3))?.quote).toBe("two\nthree");
  expect(makeAnchor(doc, at(root, 0), at(textOf(doc, 1), 3, -1))?.quote).toBe("one\ntwo");
});

test("[YD65] an anchor on something without text is on the elements that hold nothing", () => {
  const doc = blocks("one");
  const root = doc.getXmlFragment("default");
  root.push([new Y.XmlElement("image"), new Y.XmlElement("paragraph")]);
  const anchor = makeAnchor(doc, at(root, 1), at(root, 2)) as Anchor;
  root.insert(0, [new Y.XmlElement("paragraph")]);
  expect(resolveAnchors(doc, [anchor], none)).toEqual([
    { kind: "found", start: { type: root, index: 2 }, end: { type: root, index: 3 } },
  ]);
  root.delete(2, 1);
  expect(resolveAnchors(doc, [anchor], none)).toEqual([{ kind: "orphaned", quote: "" }]);
});

test("[YD65] an anchor whose end lies before its start, or in something unknown, is none", () => {
  const doc = blocks("one", "two");
  expect(makeAnchor(doc, at(textOf(doc, 1), 1), at(textOf(doc, 0), 1))).toBeNull();
  expect(makeAnchor(doc, at(textOf(doc, 0), 2), at(textOf(doc, 0), 1))).toBeNull();
  expect(makeAnchor(blocks(), at(textOf(doc, 0), 1), at(textOf(doc, 0), 2))).toBeNull();
});

test("[YD66] a mere position follows what it stands at, or the end of what it stands in", () => {
  const doc = blocks("one", "two");
  const root = doc.getXmlFragment("default");
  const before = Y.encodeStateAsUpdate(doc);
  const positions = [at(textOf(doc, 0), 1), at(textOf(doc, 0), 3), at(root, 2), at(textOf(doc, 1), 2, -1)];
  const anchors = positions.map((position) => makeAnchor(doc, position, position) as Anchor);
  expect(anchors.map(({ quote, covers }) => [quote, covers])).toEqual(anchors.map(() => ["", []]));
  root.delete(0, 1);
  textOf(doc, 0).insert(0, "!");
  const after = Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(before));
  const places = () =>
    resolveAnchors(doc, anchors, moved).map((place) => (place.kind === "found" ? place.start : null));
  let moved = none;
  expect(places()).toEqual([null, null, { type: root, index: 1 }, { type: textOf(doc, 0), index: 3 }]);
  const change = rollBack([before], [after], 4_000_000_000 as ClientId);
  Y.applyUpdate(doc, change?.update as Uint8Array);
  moved = new Moved([change?.moves ?? []]);
  expect(places()).toEqual([
    { type: textOf(doc, 0), index: 1 },
    { type: textOf(doc, 0), index: 3 },
    { type: root, index: 2 },
    { type: textOf(doc, 1), index: 2 },
  ]);
});
