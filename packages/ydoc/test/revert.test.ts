import { caseCount, forEachSeed, type Random, randomEdit, randomHistory, view } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type ClientId, DeleteSet, deleteSetOf, type IdRange, materialize, rollBack } from "../src/index.ts";
import { type Reverted, type RevertOptions, revert } from "../src/revert.ts";
import { takeBackFrame } from "../src/take-back.ts";

const HISTORIES = caseCount("REVERT_HISTORIES", 2000);
const RESTORER = 4_000_000_000 as ClientId;
const AGAIN = 4_000_000_001 as ClientId;

/** A history, restored to somewhere before its end. */
function restored(random: Random, steps = 40) {
  const writers = 2 + random.int(3);
  const { frames } = randomHistory(random, { writers, steps: 20 + random.int(steps), images: true });
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
  for (let i = 0; i < count; i++) randomEdit(doc, random, { images: true });
  return typed;
}

test("[YD50] taking back exactly what a restore did gives the state before it", { timeout: 60_000 }, () => {
  forEachSeed(1, HISTORIES, (random) => {
    const { frames, restore } = restored(random);
    if (restore === null) return;
    const all = [...frames, restore.update];
    expect(viewOf(withChange(all, takeBack(all, restore.update)))).toEqual(viewOf(frames));
  });
});

test("[YD51] what others did on text that was there before stays as if the restore had never been", () => {
  forEachSeed(10_000, 400, (random) => {
    const { frames, restore } = restored(random);
    if (restore === null) return;
    const typed = editsOn(frames, random.chance(0.5) ? 77 : 4_200_000_000, random);
    const all = [...frames, restore.update, ...typed];
    const back = takeBack(all, restore.update, { keepForeign: true });
    expect(viewOf(withChange(all, back))).toEqual(viewOf([...frames, ...typed]));
  });
});

test("[YD52] what others wrote into restored text stays, and what holds it", () => {
  forEachSeed(20_000, 400, (random) => {
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

test("[YD53] moves tell of everything that was inserted again where it came from", () => {
  forEachSeed(30_000, 400, (random) => {
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
