import { caseCount, forEachSeed, type Random, randomHistory } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  blocksReversal,
  type ClientId,
  compare,
  type Id,
  type IdRange,
  materialize,
  passageReversal,
  revert,
  selectionReversal,
  Weave,
} from "../src/index.ts";
import { type IntegratedItem, structsIn } from "../src/items.ts";

const HISTORIES = caseCount("PART_HISTORIES", 300);
const RESTORER = 4_000_000_000 as ClientId;

function weaveOf(frames: readonly Uint8Array[]): Weave {
  return new Weave({ seq: 0, updates: [], frames: frames.map((update, i) => ({ seq: i + 1, update })) });
}

function history(random: Random) {
  const { frames } = randomHistory(random, { writers: 2 + random.int(3), steps: 20 + random.int(80) });
  return { frames, seq: random.int(frames.length + 1) };
}

/** An element as a reader sees it. */
function described(element: Y.XmlElement): unknown {
  const children: unknown[] = [];
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlElement) children.push(described(child));
    else if (child instanceof Y.XmlText) {
      for (const { insert, attributes = {} } of child.toDelta() as {
        insert: unknown;
        attributes?: object;
      }[]) {
        const marks = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
        const last = children.at(-1) as { text?: string; marks?: string } | undefined;
        if (typeof insert === "string" && last?.text !== undefined && last.marks === marks)
          last.text += insert;
        else children.push(typeof insert === "string" ? { text: insert, marks } : { embed: insert, marks });
      }
    }
  }
  return { name: element.nodeName, attributes: Object.entries(element.getAttributes()).sort(), children };
}

function elementsOf(doc: Y.Doc): Map<string, Y.XmlElement> {
  const found = new Map<string, Y.XmlElement>();
  const walk = (type: Y.XmlFragment) => {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentType)) continue;
      const inner = item.content.type;
      if (inner instanceof Y.XmlElement) {
        found.set(`${item.id.client}:${item.id.clock}`, inner);
        walk(inner);
      }
    }
  };
  walk(doc.getXmlFragment("default"));
  return found;
}

function docOf(frames: readonly Uint8Array[]): Y.Doc {
  return materialize(frames, { keepDeleted: true });
}

const idOf = (text: string): Id => {
  const [client, clock] = text.split(":").map(Number);
  return { client: client as ClientId, clock: clock as number };
};

test("[YD83] a block comes back as it was, with what it lay in where that is gone, and nothing else changes", () => {
  let revived = 0;
  forEachSeed(1, HISTORIES, (random) => {
    const { frames, seq } = history(random);
    const then = elementsOf(docOf(frames.slice(0, seq)));
    if (then.size === 0) return;
    const before = elementsOf(docOf(frames));
    const gone = [...then].filter(([id]) => !before.has(id));
    const [id, was] = random.pick(gone.length > 0 && random.chance(0.6) ? gone : [...then]);
    const weave = weaveOf(frames);
    const reversal = blocksReversal(weave, seq, [idOf(id)]);
    expect(reversal).not.toBeNull();
    if (reversal === null) return;
    const reverted = revert(weave.doc, reversal, RESTORER);
    const now = docOf(reverted === null ? frames : [...frames, reverted.update]);
    const after = elementsOf(now);
    const moved = reverted?.moves.find(
      ({ from }) => `${from.client}:${from.clock}` === id || contains(from, idOf(id)),
    );
    const key = before.has(id)
      ? id
      : moved && `${moved.to.client}:${moved.to.clock + idOf(id).clock - moved.from.clock}`;
    if (!before.has(id)) revived++;
    const back = after.get(key ?? "");
    expect(back && described(back)).toEqual(described(was));
    const touched = new Set([...ancestorsAndSelf(now, key ?? ""), ...within(back)]);
    for (const [other, element] of before) {
      if (touched.has(other) || inside(other, id, docOf(frames))) continue;
      expect(described(after.get(other) as Y.XmlElement)).toEqual(described(element));
    }
  });
  expect(revived).toBeGreaterThan(HISTORIES / 10);
});

function contains({ client, clock, length }: IdRange, id: Id): boolean {
  return client === id.client && id.clock >= clock && id.clock < clock + length;
}

function within(element: Y.XmlElement | undefined): string[] {
  if (element === undefined) return [];
  const out: string[] = [];
  for (let item = element._start; item !== null; item = item.right) {
    if (item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlElement)
      out.push(`${item.id.client}:${item.id.clock}`, ...within(item.content.type));
  }
  return out;
}

function ancestorsAndSelf(doc: Y.Doc, key: string): string[] {
  const [item] = structsIn(doc, { ...idOf(key), length: 1 });
  const out: string[] = [];
  for (
    let each = item instanceof Y.Item ? item : null;
    each !== null;
    each = (each as IntegratedItem).parent._item
  )
    out.push(`${each.id.client}:${each.id.clock}`);
  return out;
}

function inside(key: string, holder: string, doc: Y.Doc): boolean {
  return ancestorsAndSelf(doc, key).includes(holder);
}

test("[YD84] what a change deleted comes back, and whatever was there stays as it is", () => {
  let passages = 0;
  forEachSeed(2_000, HISTORIES, (random) => {
    const { frames, seq } = history(random);
    const weave = weaveOf(frames);
    const comparison = compare(weave, "default", seq, frames.length, () => 1);
    const deleted = Array.from({ length: comparison.changes }, (_, i) => i + 1).filter(
      (n) => comparison.deletedBy(n).length > 0,
    );
    if (deleted.length === 0) return;
    const ranges = comparison.deletedBy(random.pick(deleted));
    const living = livingUnits(docOf(frames));
    const reverted = revert(weave.doc, passageReversal(weave, seq, ranges), RESTORER);
    expect(reverted).not.toBeNull();
    if (reverted === null) return;
    passages++;
    const now = livingUnits(docOf([...frames, reverted.update]));
    for (const unit of living) expect(now).toContain(unit);
    for (const { client, clock, length } of ranges) {
      for (let i = 0; i < length; i++) {
        const move = reverted.moves.find(({ from }) => contains(from, { client, clock: clock + i }));
        expect(move).toBeDefined();
        if (move !== undefined)
          expect(now).toContain(`${move.to.client}:${move.to.clock + clock + i - move.from.clock}`);
      }
    }
  });
  expect(passages).toBeGreaterThan(HISTORIES / 3);
});

function livingUnits(doc: Y.Doc): Set<string> {
  const out = new Set<string>();
  const walk = (type: Y.XmlFragment) => {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted || item.content instanceof Y.ContentFormat) continue;
      for (let i = 0; i < item.length; i++) out.add(`${item.id.client}:${item.id.clock + i}`);
      if (item.content instanceof Y.ContentType) walk(item.content.type as Y.XmlFragment);
    }
  };
  walk(doc.getXmlFragment("default"));
  return out;
}

/** Blocks of text that Ada writes, and what happens to them afterwards. */
function written(blocks: readonly string[], ...later: readonly ((root: Y.XmlFragment) => void)[]) {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const frames: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => frames.push(update));
  const root = doc.getXmlFragment("default");
  doc.transact(() => {
    for (const block of blocks) {
      const element = new Y.XmlElement("paragraph");
      element.insert(0, [new Y.XmlText(block)]);
      root.push([element]);
    }
  });
  const ids = root.toArray().map((each) => (each as Y.XmlElement)._item?.id as Id);
  for (const act of later) doc.transact(() => act(root));
  return { frames, ids };
}

const textAt = (root: Y.XmlFragment, i: number) => (root.get(i) as Y.XmlElement).get(0) as Y.XmlText;

function selected(
  { frames, ids }: ReturnType<typeof written>,
  [first, start]: readonly [number, number],
  [last, end]: readonly [number, number],
): string | null {
  const weave = weaveOf(frames);
  const reversal = selectionReversal(
    weave,
    1,
    { block: ids[first] as Id, offset: start },
    { block: ids[last] as Id, offset: end },
  );
  if (reversal === null) return null;
  const reverted = revert(weave.doc, reversal, RESTORER);
  const doc = docOf(reverted === null ? frames : [...frames, reverted.update]);
  return doc
    .getXmlFragment("default")
    .toArray()
    .map((block) =>
      (block as Y.XmlElement)
        .toArray()
        .map((text) => (text as Y.XmlText).toJSON())
        .join(""),
    )
    .join("|");
}

test("[YD85] a selection comes back as it was; what lies outside of it stays as it is now", () => {
  const cut = written(["one two three", "four", "five six"], (root) => {
    textAt(root, 0).delete(0, 7);
    textAt(root, 0).insert(0, "1 2");
    textAt(root, 2).delete(0, 8);
  });
  expect(selected(cut, [0, 4], [0, 7])).toBe("two1 2 three|four|");
  expect(selected(cut, [0, 0], [0, 13])).toBe("one two three|four|");
  expect(selected(cut, [2, 0], [2, 4])).toBe("1 2 three|four|five");
  expect(selected(cut, [0, 8], [2, 4])).toBe("1 2 three|four|five");
  const gone = written(
    ["one two", "three", "four five"],
    (root) => root.delete(0, 3),
    (root) => root.insert(0, [new Y.XmlElement("new")]),
  );
  expect(
    selected(gone, [0, 4], [2, 4])
      ?.split("|")
      .filter((text) => text !== ""),
  ).toEqual(["two", "three", "four"]);
  const marked = written(["plain"], (root) => textAt(root, 0).format(0, 5, { bold: true }));
  expect(selected(marked, [0, 0], [0, 5])).toBe("plain");
  // bold would go on to the end of the text without the mark that ends it
  expect(selected(marked, [0, 2], [0, 5])).toBe("<bold>plain</bold>");
});

test("[YD85] a selection that ends before it begins, and one in no block of that moment, is none", () => {
  const cut = written(["one", "two"], (root) => textAt(root, 0).delete(0, 3));
  expect(selected(cut, [1, 0], [0, 2])).toBeNull();
  expect(selected(cut, [0, 2], [0, 1])).toBeNull();
  expect(
    selected({ ...cut, ids: [{ client: 1 as ClientId, clock: 1 }, cut.ids[1] as Id] }, [0, 0], [1, 1]),
  ).toBeNull();
  expect(blocksReversal(weaveOf(cut.frames), 0, [cut.ids[0] as Id])).toBeNull();
});
