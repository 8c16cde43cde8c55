import {
  caseCount,
  collect,
  forEachSeed,
  type Random,
  randomEdit,
  randomHistory,
  view,
} from "@palimpsest/testkit";
import { boundaries } from "@palimpsest/testkit/updates-edit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type ClientId, compact, materialize, rollBack } from "../src/index.ts";
import type { Reverted } from "../src/revert.ts";

const LONG = { timeout: 60_000 };
const HISTORIES = caseCount("ROLL_BACK_HISTORIES", 2000);
const RESTORER = 4_000_000_000 as ClientId;
const AGAIN = 4_000_000_001 as ClientId;

/** A history cut somewhere before its end. */
function cut(random: Random, { atoms = false, steps = 80 } = {}) {
  const writers = 2 + random.int(3);
  const { frames } = randomHistory(random, { writers, steps: 20 + random.int(steps), atoms });
  const at = random.int(frames.length + 1);
  return { frames, target: frames.slice(0, at), later: frames.slice(at) };
}

function viewOf(updates: readonly Uint8Array[]): unknown {
  return view(materialize(updates));
}

function withChange(frames: readonly Uint8Array[], change: Reverted | null): Uint8Array[] {
  return change === null ? [...frames] : [...frames, change.update];
}

test("[YD30] the head with the change applied looks exactly like the target", LONG, () => {
  forEachSeed(1, HISTORIES, (random) => {
    const { frames, target, later } = cut(random, { atoms: true, steps: 40 });
    const change = rollBack(target, later, RESTORER);
    expect(viewOf(withChange(frames, change))).toEqual(viewOf(target));
  });
});

test("[YD31] a target whose deleted content was collected is brought back as exactly", LONG, () => {
  forEachSeed(1, Math.ceil(HISTORIES / 5), (random) => {
    const { frames, target, later } = cut(random);
    const { update } = compact(materialize(target));
    const change = rollBack([update], later, RESTORER);
    expect(viewOf(withChange(frames, change))).toEqual(viewOf(target));
  });
});

test("[YD32] rolling back to the head gives nothing to append", () => {
  forEachSeed(1, 60, (random) => {
    const { frames } = cut(random);
    expect(rollBack(frames, [], RESTORER)).toBeNull();
    expect(rollBack([compact(materialize(frames)).update], [], RESTORER)).toBeNull();
  });
});

test("[YD32] frames that changed nothing to see, and were not undone since, give null as well", () => {
  const doc = new Y.Doc();
  doc.getXmlFragment("default").insert(0, [new Y.XmlElement("paragraph")]);
  const before = Y.encodeStateAsUpdate(doc);
  expect(rollBack([before], [before], RESTORER)).toBeNull();
});

test("[YD37] a present that looks like the target gives null, however it came to", () => {
  forEachSeed(5000, 80, (random) => {
    const { target, later } = cut(random);
    const change = rollBack(target, later, RESTORER);
    if (change !== null) expect(rollBack(target, [...later, change.update], AGAIN)).toBeNull();
  });
});

test("[YD37] values that JSON does not know, and long texts, can be rolled back", () => {
  const doc = new Y.Doc();
  doc.getMap("meta").set("big", 12n);
  doc.getMap("meta").set("nested", { big: [1n] });
  doc.getText("text").insert(0, "x".repeat(300_000));
  const target = Y.encodeStateAsUpdate(doc);
  doc.getMap("meta").set("big", 13n);
  const later = Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(target));
  const change = rollBack([target], [later], RESTORER);
  const back = materialize([target, later, ...(change === null ? [] : [change.update])]);
  expect(back.getMap("meta").get("big")).toBe(12n);
  expect(rollBack([target], [], RESTORER)).toBeNull();
});

test("[YD33] rolling back to the head before a roll back undoes it exactly", () => {
  forEachSeed(1000, Math.ceil(HISTORIES / 10), (random) => {
    const { frames, target, later } = cut(random);
    const change = rollBack(target, later, RESTORER);
    if (change === null) return;
    const undone = rollBack(frames, [change.update], AGAIN);
    expect(viewOf(withChange([...frames, change.update], undone))).toEqual(viewOf(frames));
  });
});

test("[YD34] what both states have is neither deleted nor inserted again", () => {
  forEachSeed(2000, Math.ceil(HISTORIES / 10), (random) => {
    const { frames, target, later } = cut(random);
    const change = rollBack(target, later, RESTORER);
    const after = visibleIds(withChange(frames, change));
    const now = visibleIds(frames);
    for (const id of visibleIds(target)) if (now.has(id)) expect(after.has(id), id).toBe(true);
  });
});

test("[YD34] positions in surviving text point at the same character afterwards", () => {
  forEachSeed(3000, 60, (random) => {
    const { frames, target, later } = cut(random);
    const doc = materialize(frames);
    const before = collect(doc.getXmlFragment("default"), Y.XmlText).flatMap((text) =>
      boundaries(text)
        .slice(0, -1)
        .map((at) => ({ position: Y.createRelativePositionFromTypeIndex(text, at), sees: unitAt(text, at) })),
    );
    const change = rollBack(target, later, RESTORER);
    if (change !== null) Y.applyUpdate(doc, change.update);
    for (const { position, sees } of before) {
      const { item } = position;
      if (item === null || Y.getItem(doc.store, item).deleted) continue;
      const found = Y.createAbsolutePositionFromRelativePosition(position, doc);
      expect(found?.type).toBeInstanceOf(Y.XmlText);
      expect(unitAt(found?.type as Y.XmlText, found?.index ?? -1)).toEqual(sees);
    }
  });
});

test("[YD35] edits made elsewhere meanwhile merge with it, in either order", () => {
  forEachSeed(4000, Math.ceil(HISTORIES / 10), (random) => {
    const { frames, target, later } = cut(random);
    const change = rollBack(target, later, RESTORER);
    if (change === null) return;
    const other = materialize(frames);
    other.clientID = 77;
    const typed: Uint8Array[] = [];
    other.on("update", (update: Uint8Array) => typed.push(update));
    for (let i = 0; i < 5; i++) randomEdit(other, random);
    const here = materialize([...frames, change.update, ...typed]);
    const there = materialize([...frames, ...typed, change.update]);
    expect(view(here)).toEqual(view(there));
    expect(Y.encodeStateVector(here)).toEqual(Y.encodeStateVector(there));
    expect(compact(here).deleteSet).toEqual(compact(there).deleteSet);
  });
});

test("[YD36] a mark that the later changes made superfluous returns with what it marked", () => {
  for (const seed of [260, 307, 503, 888]) {
    forEachSeed(seed, 1, (random) => {
      const { frames, target, later } = cut(random);
      const change = rollBack(target, later, RESTORER);
      expect(viewOf(withChange(frames, change))).toEqual(viewOf(target));
    });
  }
});

/** The ids of everything that is not deleted, as text. */
function visibleIds(updates: readonly Uint8Array[]): Set<string> {
  const ids = new Set<string>();
  for (const structs of materialize(updates).store.clients.values()) {
    for (const { id, length, deleted } of structs) {
      if (!deleted) for (let i = 0; i < length; i++) ids.add(`${id.client}:${id.clock + i}`);
    }
  }
  return ids;
}

/** What stands at an index of a text: a UTF-16 unit or an embed. */
function unitAt(text: Y.XmlText, index: number): unknown {
  let at = index;
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    const length = typeof insert === "string" ? insert.length : 1;
    if (at < length) return typeof insert === "string" ? insert[at] : insert;
    at -= length;
  }
  return undefined;
}
