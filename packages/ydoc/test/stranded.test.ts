import { caseCount, forEachSeed, type Random, randomEdit } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type ClientId, DeleteSet, refersTo, rollBack, strandedIn, Weave } from "../src/index.ts";

const HISTORIES = caseCount("STRANDED_HISTORIES", 300);

function weaveOf(frames: readonly Uint8Array[]): Weave {
  return new Weave({ seq: 0, updates: [], frames: frames.map((update, i) => ({ seq: i + 1, update })) });
}

function textsOf(doc: Y.Doc): string {
  let text = "";
  const walk = (type: Y.XmlFragment) => {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted) continue;
      if (item.content instanceof Y.ContentString) text += item.content.str;
      else if (item.content instanceof Y.ContentType) walk(item.content.type as Y.XmlFragment);
    }
  };
  walk(doc.getXmlFragment("default"));
  return text;
}

/** Two people write; the server restores; what they had written until they heard of it arrives after that. */
function restoredMeanwhile(random: Random) {
  const frames: Uint8Array[] = [];
  const people = [1, 2].map((clientID) => {
    const doc = new Y.Doc();
    doc.clientID = clientID;
    return doc;
  });
  const share = (doc: Y.Doc, update: Uint8Array) => {
    frames.push(update);
    for (const other of people) if (other !== doc) Y.applyUpdate(other, update, "remote");
  };
  for (let step = 0; step < 12 + random.int(20); step++) {
    const doc = random.pick(people);
    const before = Y.encodeStateVector(doc);
    randomEdit(doc, random);
    share(doc, Y.encodeStateAsUpdate(doc, before));
  }
  const target = random.int(frames.length);
  const restore = rollBack(frames.slice(0, target), frames.slice(target), 900 as ClientId);
  // each types a word of capitals that occurs nowhere else, into whatever text they still see
  const late = people.map((doc, i) => {
    const before = Y.encodeStateVector(doc);
    const texts: Y.XmlText[] = [];
    const collect = (type: Y.XmlFragment) => {
      for (const child of type.toArray()) {
        if (child instanceof Y.XmlText) texts.push(child);
        else if (child instanceof Y.XmlElement) collect(child);
      }
    };
    collect(doc.getXmlFragment("default"));
    if (texts.length === 0) return null;
    const word = `<<${"XY"[i]?.repeat(5)}>>`;
    const text = random.pick(texts);
    doc.transact(() => text.insert(0, word));
    return { word, update: Y.encodeStateAsUpdate(doc, before), by: i + 1 };
  });
  return { frames, restore: restore?.update ?? null, late: late.filter((each) => each !== null) };
}

test("[YD81] what is written into what a restore removed, by who had not heard of it, either stands in the text or is found", () => {
  let found = 0;
  forEachSeed(1, HISTORIES, (random) => {
    const { frames, restore, late } = restoredMeanwhile(random);
    if (restore === null) return;
    const all = [...frames, restore, ...late.map(({ update }) => update)];
    const weave = weaveOf(all);
    const restoredAt = frames.length + 1;
    const stranded = strandedIn(weave, "default", {
      isAsked: (seq) => seq === restoredAt,
      authorOf: (seq) => late[seq - restoredAt - 1]?.by ?? 0,
    });
    const text = textsOf(weave.doc);
    for (const { word, by } of late) {
      const kept = stranded.filter((each) => each.text === word);
      expect(kept.length + (text.includes(word) ? 1 : 0)).toBe(1);
      for (const each of kept) expect(each).toMatchObject({ author: by, deletedAt: restoredAt });
      found += kept.length;
    }
    // and nothing else: what was deleted with its block is not stranded
    expect(stranded.length).toBeLessThanOrEqual(late.length);
  });
  expect(found).toBeGreaterThan(HISTORIES / 10);
});

/** Ada deletes a paragraph in which Ben goes on typing. */
function typedIntoNothing(then: (text: Y.XmlText, ben: Y.Doc) => void) {
  const [ada, ben] = [new Y.Doc(), new Y.Doc()];
  [ada.clientID, ben.clientID] = [1, 2];
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("Here")]);
  ada.getXmlFragment("default").insert(0, [paragraph]);
  const first = Y.encodeStateAsUpdate(ada);
  Y.applyUpdate(ben, first);
  const known = Y.encodeStateVector(ada);
  ada.getXmlFragment("default").delete(0, 1);
  const frames = [first, Y.encodeStateAsUpdate(ada, known)];
  ben.on("update", (update: Uint8Array) => frames.push(update));
  const text = (ben.getXmlFragment("default").get(0) as Y.XmlElement).get(0) as Y.XmlText;
  then(text, ben);
  return strandedIn(weaveOf(frames), "default", { isAsked: (seq) => seq === 2, authorOf: () => 2 });
}

test("[YD82] what its writer took back while still writing is not found; what is named as deleted afterwards is", () => {
  const typed = typedIntoNothing((text) => {
    text.insert(4, " I amm");
    text.delete(9, 1);
    text.insert(9, ".");
  });
  expect(typed.map(({ text, from, until }) => [text, from, until])).toEqual([[" I am.", 3, 5]]);
  const reconnected = typedIntoNothing((text, ben) => {
    text.insert(4, " I am.");
    ben.getXmlFragment("default").delete(0, 1);
  });
  expect(reconnected.map(({ text }) => text)).toEqual([" I am."]);
});

test("[YD86] a change beside or inside something deleted is seen from its bytes", () => {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = new Y.XmlText();
  doc.getXmlFragment("default").insert(0, [text]);
  text.insert(0, "abcdef");
  doc.clientID = 2;
  text.insert(3, "X");
  text.setAttribute("dir", "rtl");
  const [typing, into] = updates.slice(2) as [Uint8Array, Uint8Array];
  const ids = (clock: number, length: number) => {
    const set = new DeleteSet();
    set.add({ client: 1 as ClientId, clock, length });
    return set;
  };
  // clock 0 is the text, 1 to 6 its letters
  expect([refersTo(typing, ids(3, 1)), refersTo(typing, ids(4, 1))]).toEqual([true, true]);
  expect([refersTo(typing, ids(1, 2)), refersTo(typing, ids(5, 2))]).toEqual([false, false]);
  expect([refersTo(into, ids(0, 1)), refersTo(into, ids(1, 6))]).toEqual([true, false]);
});
