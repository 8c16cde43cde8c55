import { forEachSeed, randomHistory } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  type ClientId,
  type Credited,
  type CreditSource,
  compact,
  creditOf,
  materialize,
  Timeline,
  Weave,
} from "../src/index.ts";

const nothingBroughtBack = { origin: () => null, mayHaveOrigin: () => false };

/** The naive way: after each frame, every character that was not there is that frame's. */
function writtenAt(frames: readonly Uint8Array[]): { readonly text: string; readonly seqs: number[] } {
  const doc = new Y.Doc();
  const seen = new Map<string, number>();
  let text = "";
  let seqs: number[] = [];
  frames.forEach((update, i) => {
    Y.applyUpdate(doc, update);
    text = "";
    seqs = [];
    const walk = (type: Y.XmlFragment) => {
      for (let item = type._start; item !== null; item = item.right) {
        if (item.deleted) continue;
        if (item.content instanceof Y.ContentType) walk(item.content.type as Y.XmlFragment);
        if (!(item.content instanceof Y.ContentString)) continue;
        for (let k = 0; k < item.length; k++) {
          const id = `${item.id.client}:${item.id.clock + k}`;
          if (!seen.has(id)) seen.set(id, i + 1);
          text += item.content.str[k];
          seqs.push(seen.get(id) as number);
        }
      }
    };
    walk(doc.getXmlFragment("default"));
  });
  return { text, seqs };
}

function pieces(nodes: readonly Credited[]): (Credited & { readonly kind: "text" })[] {
  return nodes.flatMap((node) => (node.kind === "text" ? [node] : pieces(node.children)));
}

function timed(frames: readonly Uint8Array[]) {
  return frames.map((update, i) => ({ seq: i + 1, update }));
}

test("[YD78] every character is credited to the frame that brought it, whatever was compacted since", () => {
  forEachSeed(1, 300, (random) => {
    const { frames } = randomHistory(random, { writers: 4, steps: 20 + random.int(80) });
    // three people and a program, as their client ids tell: a frame is one replica's
    const authors = frames.map((update) => Y.decodeUpdate(update).structs[0]?.id.client ?? 0);
    let now = 0;
    const times = frames.map(() => (now += random.chance(0.2) ? 90_000 : 1_000));
    const all = new Weave({ seq: 0, updates: [], frames: timed(frames) });
    const from = random.int(frames.length + 1);
    const compacted = new Weave({
      seq: from,
      updates: [compact(materialize(frames.slice(0, from))).update],
      frames: timed(frames).slice(from),
    });
    const source: CreditSource = {
      ...nothingBroughtBack,
      timeline: all.timeline,
      frame: (seq) => ({
        author: authors[seq - 1] as number,
        time: times[seq - 1] as number,
      }),
      ownerOf: () => null,
    };
    const { text, seqs } = writtenAt(frames);
    const credited = pieces(creditOf(compacted.between("default", frames.length, frames.length), source));
    expect(credited.map((piece) => piece.text).join("")).toBe(text);
    let at = 0;
    for (const { text: own, credit } of credited) {
      for (let i = 0; i < own.length; i++, at++) {
        const seq = seqs[at] as number;
        expect(credit.author).toBe(authors[seq - 1]);
        expect(seq).toBeGreaterThanOrEqual(credit.from as number);
        expect(seq).toBeLessThanOrEqual(credit.until as number);
      }
    }
  });
});

/** A line of text, as Ada typed it and Ben typed into it. */
function line() {
  const doc = new Y.Doc();
  const frames: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => frames.push(update));
  const text = new Y.XmlText();
  doc.clientID = 1;
  doc.getXmlFragment("default").insert(0, [text]);
  text.insert(0, "Hello ");
  text.insert(6, "world");
  doc.clientID = 2;
  text.insert(5, ", dear");
  return { doc, text, frames };
}

test("[YD79] what one person typed without a pause of a minute is one piece", () => {
  const { frames } = line();
  const weave = new Weave({ seq: 0, updates: [], frames: timed(frames) });
  const creditWith = (times: readonly number[]) =>
    pieces(
      creditOf(weave.between("default", 4, 4), {
        ...nothingBroughtBack,
        timeline: weave.timeline,
        frame: (seq) => ({ author: seq === 4 ? 2 : 1, time: times[seq - 1] as number }),
        ownerOf: () => null,
      }),
    ).map(({ text, credit }) => [text, credit.author, credit.from, credit.until]);
  expect(creditWith([0, 1_000, 61_000, 62_000])).toEqual([
    ["Hello", 1, 2, 2],
    [", dear", 2, 4, 4],
    [" world", 1, 2, 3],
  ]);
  expect(creditWith([0, 1_000, 61_001, 62_000]).map(([text]) => text)).toEqual([
    "Hello",
    ", dear",
    " ",
    "world",
  ]);
});

test("[YD80] what was brought back is its writer's, and says which restore did it; what is older than the log is its owner's", () => {
  const { doc, text, frames } = line();
  text.delete(0, 5);
  doc.clientID = 9;
  text.insert(0, "Hello");
  const weave = new Weave({ seq: 0, updates: [], frames: timed(frames) });
  const source: CreditSource = {
    timeline: weave.timeline,
    frame: (seq) => ({ author: [1, 1, 1, 2, 2, 3][seq - 1] as number, time: seq }),
    ownerOf: (client) => client + 100,
    origin: ({ client, clock }) => (client === 9 ? { client: 1 as ClientId, clock: clock + 1 } : null),
    mayHaveOrigin: (client) => client === 9,
  };
  const found = pieces(creditOf(weave.between("default", 6, 6), source));
  expect(found.map(({ text: own, credit }) => [own, credit])).toEqual([
    ["Hello", { author: 1, from: 2, until: 2, restoredAt: 6 }],
    [", dear", { author: 2, from: 4, until: 4, restoredAt: null }],
    [" world", { author: 1, from: 2, until: 3, restoredAt: null }],
  ]);
  const later = new Timeline(
    { ...weave.timeline.base, vector: weave.timeline.vectorAt(4) },
    timed(frames).slice(4),
  );
  const [, dear] = pieces(creditOf(weave.between("default", 6, 6), { ...source, timeline: later }));
  expect(dear?.credit).toEqual({ author: 102, from: null, until: null, restoredAt: null });
});

test("[YD80] what came with frames that cannot be read is its owner's as well, and nobody else's", () => {
  const { frames } = line();
  const weave = new Weave({ seq: 0, updates: [], frames: timed(frames) });
  const readable = timed(frames).filter(({ seq }) => seq !== 2);
  const found = pieces(
    creditOf(weave.between("default", 4, 4), {
      ...nothingBroughtBack,
      timeline: Timeline.from(0, [], readable),
      frame: (seq) => ({ author: seq === 4 ? 2 : 1, time: seq }),
      ownerOf: () => 1,
    }),
  );
  expect(found.map(({ text, credit }) => [text, credit.author, credit.from])).toEqual([
    ["Hello", 1, null],
    [", dear", 2, 4],
    [" ", 1, null],
    ["world", 1, 3],
  ]);
});
