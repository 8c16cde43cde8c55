import { caseCount, forEachSeed, type Random, randomHistory } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { compact, condense, materialize, Weave, type Woven } from "../src/index.ts";

const HISTORIES = caseCount("WEAVE_HISTORIES", 300);

interface Plain {
  readonly name: string;
  readonly attributes: unknown;
  readonly children: readonly unknown[];
}

/** What a walk shows at one of its two moments, with equal neighbours joined. */
function shown(nodes: readonly Woven[], side: "before" | "after"): unknown[] {
  const out: unknown[] = [];
  for (const node of nodes) {
    if (!node[side]) continue;
    if (node.kind === "element") {
      const values = side === "before" ? node.attributesBefore : node.attributesAfter;
      const attributes = sorted([...values].map(([key, { value }]) => [key, value]));
      out.push({ name: node.name, attributes, children: shown(node.children, side) } satisfies Plain);
      continue;
    }
    const marks = side === "before" ? node.marksBefore : node.marksAfter;
    const living = [...marks]
      .filter(([, { value }]) => value !== null)
      .map(([key, { value }]) => [key, value]);
    pushText(out, node.text, sorted(living));
  }
  return out;
}

function pushText(out: unknown[], text: string, marks: unknown): void {
  const last = out.at(-1) as { text?: string; marks?: unknown } | undefined;
  if (last?.text !== undefined && JSON.stringify(last.marks) === JSON.stringify(marks)) last.text += text;
  else out.push({ text, marks });
}

function sorted(entries: readonly (readonly unknown[])[]): unknown {
  return [...entries].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** The same of a document that was built up to the moment and no further. */
function reference(updates: readonly Uint8Array[]): unknown[] {
  return read(materialize(updates).getXmlFragment("default"));
}

function read(parent: Y.XmlFragment): unknown[] {
  const out: unknown[] = [];
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) {
      for (const { insert, attributes = {} } of child.toDelta() as {
        insert: unknown;
        attributes?: object;
      }[]) {
        if (typeof insert === "string") pushText(out, insert, sorted(Object.entries(attributes)));
      }
    } else if (child instanceof Y.XmlElement) {
      const attributes = sorted(Object.entries(child.getAttributes()));
      out.push({ name: child.nodeName, attributes, children: read(child) });
    }
  }
  return out;
}

function strandsOf(frames: readonly Uint8Array[], from: number, base: readonly Uint8Array[]) {
  return {
    seq: from,
    updates: base,
    frames: frames.slice(from).map((update, i) => ({ seq: from + i + 1, update })),
  };
}

function history(random: Random) {
  const atoms = random.chance(0.5);
  return randomHistory(random, { writers: 2 + random.int(3), steps: 20 + random.int(80), atoms }).frames;
}

test("[YD70] a weave shows each moment of its stretch as the replay up to there does", () => {
  forEachSeed(1, HISTORIES, (random) => {
    const frames = history(random);
    const weave = new Weave(strandsOf(frames, 0, []));
    for (let seq = 0; seq <= frames.length; seq++) {
      const there = weave.between("default", seq, seq);
      expect(shown(there, "after")).toEqual(reference(frames.slice(0, seq)));
      const title = materialize(frames.slice(0, seq)).getMap("meta").get("title");
      expect(weave.valueAt("meta", "title", seq)).toEqual(title);
    }
  });
});

test("[YD70] … also when it begins at a state whose garbage was collected", () => {
  forEachSeed(5_000, HISTORIES, (random) => {
    const frames = history(random);
    const from = random.int(frames.length + 1);
    const { update } = compact(materialize(frames.slice(0, from)));
    const weave = new Weave(strandsOf(frames, from, [update]));
    expect(weave.covers(from - 1)).toBe(false);
    for (let seq = from; seq <= frames.length; seq++) {
      expect(weave.covers(seq)).toBe(true);
      expect(shown(weave.between("default", seq, seq), "before")).toEqual(reference(frames.slice(0, seq)));
    }
    expect(weave.covers(frames.length + 1)).toBe(false);
  });
});

test("[YD70] … also when it begins at a state that keeps what was deleted before", () => {
  forEachSeed(6_000, HISTORIES, (random) => {
    const frames = history(random);
    const collected = random.int(frames.length + 1);
    const from = collected + random.int(frames.length - collected + 1);
    const { update } = compact(materialize(frames.slice(0, collected)));
    const base = [update, condense(frames.slice(collected, from))];
    const all = () => new Weave(strandsOf(frames, from, base));
    const [weave, late] = [all(), Math.min(from + 1, frames.length)];
    for (let seq = from; seq <= frames.length; seq++) {
      expect(shown(weave.between("default", seq, seq), "before")).toEqual(reference(frames.slice(0, seq)));
    }
    const both = all().between("default", from, late);
    expect(shown(both, "before")).toEqual(reference(frames.slice(0, from)));
    expect(shown(both, "after")).toEqual(reference(frames.slice(0, late)));
  });
});

test("[YD70] … also as the first thing that is asked of it, when it is where it ends", () => {
  forEachSeed(7_000, HISTORIES, (random) => {
    const frames = history(random);
    const from = random.int(frames.length + 1);
    const seq = from + random.int(frames.length - from + 1);
    const { update } = compact(materialize(frames.slice(0, from)));
    const fresh = () => new Weave(strandsOf(frames.slice(0, seq), from, [update]));
    expect(shown(fresh().between("default", seq, seq), "after")).toEqual(reference(frames.slice(0, seq)));
    const title = materialize(frames.slice(0, seq)).getMap("meta").get("title");
    expect(fresh().valueAt("meta", "title", seq)).toEqual(title);
  });
});

test("[YD71] between two moments stands what is at either, each at its place", () => {
  forEachSeed(9_000, HISTORIES, (random) => {
    const frames = history(random);
    const weave = new Weave(strandsOf(frames, 0, []));
    const [a, b] = [random.int(frames.length + 1), random.int(frames.length + 1)].sort((x, y) => x - y);
    const both = weave.between("default", a as number, b as number);
    expect(shown(both, "before")).toEqual(reference(frames.slice(0, a)));
    expect(shown(both, "after")).toEqual(reference(frames.slice(0, b)));
  });
});
