import { caseCount, forEachSeed, type Random, randomHistory } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type ClientId, DeleteSet, deleteSetOf, type IdRange, materialize } from "../src/index.ts";
import { Moved } from "../src/moves.ts";
import { revert } from "../src/revert.ts";
import { personReversal } from "../src/take-back.ts";

const UNDOER = 4_000_000_000 as ClientId;

/** What somebody did in a part of a history is taken back, others' work is left alone. */
function undoPerson(random: Random) {
  const writers = 2 + random.int(3);
  const { frames, authors } = randomHistory(random, { writers, steps: 20 + random.int(60), atoms: true });
  const after = random.int(frames.length + 1);
  const through = after + random.int(frames.length - after + 1);
  const person = random.int(writers);
  const isTheirs = frames.map((_, i) => i >= after && i < through && authors[i] === person);
  const stretch = frames.slice(after, through).map((update, i) => ({
    update,
    isTheirs: isTheirs[after + i] as boolean,
  }));
  const elsewhere = new DeleteSet();
  for (const update of [...frames.slice(0, after), ...frames.slice(through)]) {
    elsewhere.addAll(deleteSetOf(update));
  }
  const doc = materialize(frames, { keepDeleted: true });
  const change = revert(doc, personReversal(doc, stretch, elsewhere), UNDOER, { keepForeign: true });
  const all = change === null ? frames : [...frames, change.update];
  return {
    before: materialize(frames, { keepDeleted: true }),
    result: materialize(all, { keepDeleted: true }),
    moved: new Moved([change?.moves ?? []]),
    model: new Model(frames, isTheirs),
  };
}

/** Says from the frames alone what there would be if somebody's frames had deleted nothing. */
class Model {
  readonly #inserted = new Set<string>();
  readonly #deletedByOthers = new Set<string>();

  constructor(frames: readonly Uint8Array[], isTheirs: readonly boolean[]) {
    frames.forEach((update, i) => {
      const { structs, ds } = Y.decodeUpdate(update);
      if (isTheirs[i])
        for (const { id, length } of structs) addAll(this.#inserted, id.client, id.clock, length);
      else {
        for (const [client, ranges] of ds.clients) {
          for (const { clock, len } of ranges) addAll(this.#deletedByOthers, client, clock, len);
        }
      }
    });
  }

  isTheirs(client: number, clock: number): boolean {
    return this.#inserted.has(`${client}:${clock}`);
  }

  /** Nobody else deleted it, nor what holds it, nor set another value in its place. */
  isLeft(item: Y.Item, clock: number): boolean {
    if (this.#deletedByOthers.has(`${item.id.client}:${clock}`)) return false;
    for (let right = item.right; item.parentSub !== null && right !== null; right = right.right) {
      if (!this.isTheirs(right.id.client, right.id.clock)) return false;
    }
    const holder = (item.parent as Y.AbstractType<unknown>)._item;
    return holder === null || this.isLeft(holder, holder.id.clock);
  }
}

function addAll(set: Set<string>, client: number, clock: number, length: number): void {
  for (let i = 0; i < length; i++) set.add(`${client}:${clock + i}`);
}

function* units(doc: Y.Doc): Generator<{ item: Y.Item; client: ClientId; clock: number }> {
  for (const [client, structs] of doc.store.clients) {
    if (client === UNDOER) continue;
    for (const item of structs) {
      if (!(item instanceof Y.Item)) throw new Error("nothing is collected here");
      for (let i = 0; i < item.length; i++) {
        yield { item, client: client as ClientId, clock: item.id.clock + i };
      }
    }
  }
}

function lives(doc: Y.Doc, { client, clock }: Pick<IdRange, "client" | "clock">): boolean {
  return !Y.getItem(doc.store, Y.createID(client, clock)).deleted;
}

const LONG = { timeout: 60_000 };
const HISTORIES = caseCount("PERSON_HISTORIES", 400);

test("[YD54] all that somebody inserted in a stretch is gone, but for what holds others' work", LONG, () => {
  forEachSeed(1, HISTORIES, (random) => {
    const { result, model } = undoPerson(random);
    for (const { item, client, clock } of units(result)) {
      if (item.deleted || !model.isTheirs(client, clock)) continue;
      const holder = item.parentSub === null ? item : (item.parent as Y.AbstractType<unknown>)._item;
      expect(holder !== null && holdsOthers(holder, model), `${client}:${clock}`).toBe(true);
    }
  });
});

test(
  "[YD55] what they deleted of others' is back, unless somebody else deleted it too; nothing else is",
  LONG,
  () => {
    forEachSeed(1, HISTORIES, (random) => {
      const { before, result, moved, model } = undoPerson(random);
      for (const { item, client, clock } of units(before)) {
        if (model.isTheirs(client, clock)) continue;
        const holder = (item.parent as Y.AbstractType<unknown>)._item;
        // marks and attributes of what they inserted do not keep it
        if (holder !== null && isBare(item) && isUnder(holder, model)) continue;
        const isBack = lives(result, { client, clock }) || lives(result, moved.newest({ client, clock }));
        expect(isBack, `${client}:${clock}`).toBe(model.isLeft(item, clock));
      }
    });
  },
);

test("[YD56] nothing living that others wrote is deleted, or inserted again", LONG, () => {
  forEachSeed(1, HISTORIES, (random) => {
    const { before, result, model } = undoPerson(random);
    for (const { item, client, clock } of units(before)) {
      if (item.deleted || model.isTheirs(client, clock) || isBare(item)) continue;
      expect(lives(result, { client, clock }), `${client}:${clock}`).toBe(true);
    }
  });
});

/** A mark, an attribute, a text that may be empty. */
function isBare({ countable, parentSub, content }: Y.Item): boolean {
  return (
    !countable || parentSub !== null || (content instanceof Y.ContentType && content.type instanceof Y.Text)
  );
}

/** It, or something that holds it, is theirs. */
function isUnder(item: Y.Item, model: Model): boolean {
  if (model.isTheirs(item.id.client, item.id.clock)) return true;
  const holder = (item.parent as Y.AbstractType<unknown>)._item;
  return holder !== null && isUnder(holder, model);
}

function holdsOthers({ content, id, deleted }: Y.Item, model: Model): boolean {
  if (!(content instanceof Y.ContentType) || deleted) return false;
  for (let item = content.type._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const isTheirs = id.client !== UNDOER && model.isTheirs(item.id.client, item.id.clock);
    if ((!isTheirs && !isBare(item)) || holdsOthers(item, model)) return true;
  }
  return false;
}
