import { caseCount, forEachSeed, type Random, randomEdit, randomHistory, view } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import {
  type ClientId,
  DeleteSet,
  deleteSetOf,
  type IdRange,
  type Move,
  Moved,
  materialize,
  rollBack,
} from "../src/index.ts";
import { type Reverted, type RevertOptions, revert } from "../src/revert.ts";
import { takeBackFrame } from "../src/take-back.ts";
import { MarkedHistory } from "./marked-history.ts";

const LONG = { timeout: 60_000 };
const HISTORIES = caseCount("REVERT_HISTORIES", 2000);
const RESTORER = 4_000_000_000 as ClientId;
const AGAIN = 4_000_000_001 as ClientId;

/** A history, restored to somewhere before its end. */
function restored(random: Random, steps = 40) {
  const writers = 2 + random.int(3);
  const { frames } = randomHistory(random, { writers, steps: 20 + random.int(steps), atoms: true });
  const at = random.int(frames.length + 1);
  return { frames, restore: rollBack(frames.slice(0, at), frames.slice(at), RESTORER) };
}

function viewOf(updates: readonly Uint8Array[]): unknown {
  return view(materialize(updates));
}

function allDeletes(updates: readonly Uint8Array[]): DeleteSet {
  const all = new DeleteSet();
  for (const update of updates) all.addAll(deleteSetOf(update));
  return all;
}

/** The change that takes one of the frames back, after all the others. */
function takeBack(
  frames: readonly Uint8Array[],
  frame: Uint8Array,
  options: RevertOptions = {},
): Reverted | null {
  const doc = materialize(frames, { keepDeleted: true });
  const others = frames.filter((other) => other !== frame);
  return revert(doc, takeBackFrame(doc, frame, allDeletes(others)), AGAIN, options);
}

function withChange(frames: readonly Uint8Array[], change: Reverted | null): Uint8Array[] {
  return change === null ? [...frames] : [...frames, change.update];
}

/** Edits by somebody who writes on this state, as the frames that they would send. */
function editsOn(frames: readonly Uint8Array[], clientId: number, random: Random, count = 5): Uint8Array[] {
  const doc = materialize(frames);
  doc.clientID = clientId;
  const typed: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => typed.push(update));
  for (let i = 0; i < count; i++) randomEdit(doc, random, { atoms: true });
  return typed;
}

test("[YD50] taking back exactly what a restore did gives the state before it", LONG, () => {
  forEachSeed(1, HISTORIES, (random) => {
    const { frames, restore } = restored(random);
    if (restore === null) return;
    const all = [...frames, restore.update];
    expect(viewOf(withChange(all, takeBack(all, restore.update)))).toEqual(viewOf(frames));
  });
});

test(
  "[YD51] what others did on text that was there before stays as if the restore had never been",
  LONG,
  () => {
    forEachSeed(10_000, 250, (random) => {
      const { frames, restore } = restored(random);
      if (restore === null) return;
      const typed = editsOn(frames, random.chance(0.5) ? 77 : 4_200_000_000, random);
      const all = [...frames, restore.update, ...typed];
      const back = takeBack(all, restore.update, { keepForeign: true });
      expect(viewOf(withChange(all, back))).toEqual(viewOf([...frames, ...typed]));
    });
  },
);

test("[YD52] what others wrote into restored text stays, and what holds it", LONG, () => {
  forEachSeed(20_000, 250, (random) => {
    const { frames, restore } = restored(random);
    if (restore === null) return;
    const typed = editsOn([...frames, restore.update], 77, random);
    const all = [...frames, restore.update, ...typed];
    const back = takeBack(all, restore.update, { keepForeign: true });
    const after = livingText(withChange(all, back));
    for (const [id, text] of livingText(all)) {
      if (id.startsWith("77:")) expect(after.get(id), id).toBe(text);
      if (id.startsWith(`${RESTORER}:`)) expect(after.has(id), id).toBe(false);
    }
  });
});

test("[YD53] moves tell of everything that was inserted again where it came from", LONG, () => {
  forEachSeed(30_000, 250, (random) => {
    const { frames, restore } = restored(random);
    if (restore === null) return;
    const before = materialize(frames, { keepDeleted: true });
    const after = materialize([...frames, restore.update], { keepDeleted: true });
    const arrived = new DeleteSet();
    for (const { from, to } of restore.moves) {
      for (let i = 0; i < from.length; i++) {
        const source = unitAt(before, { ...from, clock: from.clock + i });
        expect(source.deleted).toBe(true);
        expect(unitAt(after, { ...from, ...to, clock: to.clock + i }).content).toEqual(source.content);
      }
      const range = { ...to, length: from.length };
      expect(arrived.held(range)).toEqual([]);
      arrived.add(range);
    }
    const inserted = Y.getState(after.store, RESTORER);
    const whole = { client: RESTORER, clock: 0, length: inserted };
    expect([...arrived]).toEqual(inserted === 0 ? [] : [whole]);
  });
});

test(
  "[YD57] after earlier restores of all kinds a whole restore is exact, and so is taking it back",
  LONG,
  () => {
    forEachSeed(40_000, 80, (random) => {
      const history = new MarkedHistory(random);
      for (let step = 0; step < 40; step++) {
        if (step > 10 && random.chance(0.2)) history.restore();
        else history.edit();
      }
      const { frames } = history;
      const at = random.int(frames.length + 1);
      const restore = rollBack(frames.slice(0, at), frames.slice(at), RESTORER);
      expect(viewOf(withChange(frames, restore))).toEqual(viewOf(frames.slice(0, at)));
      if (restore === null) return;
      const moved = new Moved([...history.moves, restore.moves]);
      const all = [...frames, restore.update];
      const back = takeBack(all, restore.update, { keepForeign: true, moved });
      expect(viewOf(withChange(all, back))).toEqual(viewOf(frames));
    });
  },
);

/** A log that people write to in turn, each knowing all of it. */
class Turns {
  readonly frames: Uint8Array[] = [];
  readonly moves: (readonly Move[])[] = [];

  by(clientId: number, act: (root: Y.XmlFragment) => void): Uint8Array {
    const doc = materialize(this.frames);
    doc.clientID = clientId;
    const before = this.frames.length;
    doc.on("update", (update: Uint8Array) => this.frames.push(update));
    doc.transact(() => act(doc.getXmlFragment("default")));
    expect(this.frames.length).toBe(before + 1);
    return this.frames[before] as Uint8Array;
  }

  restoreTo(count: number, clientId: number): void {
    const change = rollBack(this.frames.slice(0, count), this.frames.slice(count), clientId as ClientId);
    this.frames.push(change?.update as Uint8Array);
    this.moves.push(change?.moves ?? []);
  }

  takeBack(frame: Uint8Array): string {
    const options = { keepForeign: true, moved: new Moved(this.moves) };
    const change = takeBack(this.frames, frame, options);
    return materialize(withChange(this.frames, change)).getXmlFragment("default").toJSON();
  }
}

const block = (text: string, name = "p") => {
  const element = new Y.XmlElement(name);
  element.insert(0, [new Y.XmlText(text)]);
  return element;
};
const first = (root: Y.XmlFragment) => root.get(0) as Y.XmlElement;
const textIn = (root: Y.XmlFragment) => first(root).get(0) as Y.XmlText;

test("[YD57] what a restore put back goes with what it once was", () => {
  const log = new Turns();
  const written = log.by(1, (root) => root.insert(0, [block("one")]));
  log.by(2, (root) => root.insert(1, [block("two")]));
  log.by(2, (root) => root.delete(0, 1));
  log.restoreTo(2, RESTORER);
  expect(log.takeBack(written)).toBe("<p>two</p>");
});

test("[YD57] what a restore put back is not put back again, and holds what comes back into it", () => {
  const log = new Turns();
  log.by(1, (root) => root.insert(0, [block("one two")]));
  const deleted = log.by(2, (root) => textIn(root).delete(3, 4));
  const gone = log.by(1, (root) => root.delete(0, 1));
  log.restoreTo(2, RESTORER);
  expect(log.takeBack(gone)).toBe("<p>one</p>");
  expect(log.takeBack(deleted)).toBe("<p>one two</p>");
});

test("[YD58] a value that somebody replaced stays replaced, also on an element that a restore put back", () => {
  const log = new Turns();
  log.by(1, (root) => root.insert(0, [block("one")]));
  log.by(1, (root) => first(root).setAttribute("align", "left"));
  const removed = log.by(2, (root) => first(root).removeAttribute("align"));
  expect(log.takeBack(removed)).toBe('<p align="left">one</p>');
  log.by(1, (root) => root.delete(0, 1));
  log.restoreTo(3, RESTORER);
  expect(log.takeBack(removed)).toBe('<p align="left">one</p>');
  log.by(1, (root) => first(root).setAttribute("align", "right"));
  expect(log.takeBack(removed)).toBe('<p align="right">one</p>');
});

test("[YD58] an element that stays for what others wrote in it keeps its attributes", () => {
  const log = new Turns();
  const written = log.by(1, (root) => {
    const heading = block("one", "heading");
    heading.setAttribute("level", "2");
    root.insert(0, [heading]);
  });
  expect(log.takeBack(written)).toBe("");
  log.by(2, (root) => textIn(root).insert(3, " two"));
  expect(log.takeBack(written)).toBe('<heading level="2"> two</heading>');
});

test("[YD59] what changes nothing, or was collected, or has no place any more, gives null", () => {
  const log = new Turns();
  log.by(1, (root) => root.insert(0, [block("one")]));
  const deleted = log.by(2, (root) => textIn(root).delete(0, 3));
  const { insertions, deletions } = takeBackFrame(
    materialize(log.frames, { keepDeleted: true }),
    deleted,
    [],
  );
  const present = () => materialize(log.frames, { keepDeleted: true });
  expect(revert(present(), { insertions: [], deletions: [] }, AGAIN)).toBeNull();
  expect(revert(present(), { insertions: deletions, deletions: insertions }, AGAIN)).toBeNull();
  expect(revert(present(), { insertions, deletions }, AGAIN)).not.toBeNull();
  const collected = Y.encodeStateAsUpdate(materialize(log.frames));
  expect(
    revert(materialize([collected], { keepDeleted: true }), { insertions, deletions }, AGAIN),
  ).toBeNull();
  log.by(3, (root) => root.delete(0, 1));
  expect(revert(present(), { insertions, deletions }, AGAIN)).toBeNull();
});

test("[YD60] what was written in thousands of pieces comes back in few, in the time that it takes to read it", () => {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const frames: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => frames.push(update));
  doc.getXmlFragment("default").insert(0, [block("")]);
  const text = textIn(doc.getXmlFragment("default"));
  const pieces = 20_000;
  doc.transact(() => {
    for (let i = 0; i < pieces; i++) text.insert(i % 2 === 0 ? 0 : text.length, "ab");
  });
  const wanted = text.toString();
  doc.getXmlFragment("default").delete(0, 1);
  const change = rollBack(frames.slice(0, -1), frames.slice(-1), RESTORER);
  const back = materialize(withChange(frames, change));
  expect(textIn(back.getXmlFragment("default")).toString()).toBe(wanted);
  expect(back.store.clients.get(RESTORER)?.length).toBeLessThan(pieces / 50);
});

/** What stands at an id, wherever Yjs cut the item that holds it. */
function unitAt(doc: Y.Doc, { client, clock }: IdRange): { deleted: boolean; content: unknown } {
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  const { content, deleted, id } = item;
  if (content instanceof Y.ContentType) return { deleted, content: content.type.constructor.name };
  if (content instanceof Y.ContentFormat) return { deleted, content: [content.key, content.value] };
  return { deleted, content: content.getContent()[clock - id.clock] };
}

/** Every UTF-16 unit that lives, by its id. */
function livingText(updates: readonly Uint8Array[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const structs of materialize(updates).store.clients.values()) {
    for (const struct of structs) {
      if (struct.deleted || !(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString))
        continue;
      const { client, clock } = struct.id;
      const { str } = struct.content;
      for (let i = 0; i < str.length; i++) found.set(`${client}:${clock + i}`, str[i] as string);
    }
  }
  return found;
}
