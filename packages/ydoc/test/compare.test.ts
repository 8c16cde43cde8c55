import { caseCount, forEachSeed, type Random, randomHistory } from "@palimpsest/testkit";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type Draft, Drafter } from "../src/draft.ts";
import { type Compared, compare, materialize, Weave } from "../src/index.ts";

const HISTORIES = caseCount("COMPARE_HISTORIES", 300);
const nobody = () => 1;

function weaveOf(frames: readonly Uint8Array[]): Weave {
  return new Weave({ seq: 0, updates: [], frames: frames.map((update, i) => ({ seq: i + 1, update })) });
}

function history(random: Random) {
  const { frames } = randomHistory(random, {
    writers: 2 + random.int(3),
    steps: 20 + random.int(80),
    atoms: random.chance(0.5),
  });
  return { frames, from: random.int(frames.length + 1), to: random.int(frames.length + 1) };
}

/** One side of a comparison as plain data, neighbours with equal marks joined. */
function side(nodes: readonly Compared[], at: "from" | "to"): unknown[] {
  const absent = at === "from" ? ["inserted", "moved"] : ["deleted", "moved-away"];
  const out: unknown[] = [];
  for (const node of nodes) {
    if (node.change !== null && absent.includes(node.change.kind)) continue;
    const before = at === "from" ? node.change?.before : undefined;
    const values = sorted(before?.values ?? node.values);
    if (node.kind === "element") {
      out.push({ name: before?.name ?? node.name, values, children: side(node.children, at) });
      continue;
    }
    pushText(out, node.text, values);
  }
  return out;
}

function pushText(out: unknown[], text: string, values: unknown): void {
  const last = out.at(-1) as { text?: string; values?: unknown } | undefined;
  if (last?.text !== undefined && JSON.stringify(last.values) === JSON.stringify(values)) last.text += text;
  else out.push({ text, values });
}

function sorted(record: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function read(parent: Y.XmlFragment): unknown[] {
  const out: unknown[] = [];
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) {
      for (const { insert, attributes = {} } of child.toDelta() as {
        insert: unknown;
        attributes?: object;
      }[]) {
        if (typeof insert === "string") pushText(out, insert, sorted({ ...attributes }));
      }
    } else if (child instanceof Y.XmlElement) {
      out.push({ name: child.nodeName, values: sorted({ ...child.getAttributes() }), children: read(child) });
    }
  }
  return out;
}

const reference = (frames: readonly Uint8Array[]) => read(materialize(frames).getXmlFragment("default"));

test("[YD72] without what came a comparison is the first moment, without what went the second, whichever is earlier", () => {
  forEachSeed(1, HISTORIES, (random) => {
    const { frames, from, to } = history(random);
    const { nodes } = compare(weaveOf(frames), "default", from, to, nobody);
    expect(side(nodes, "from")).toEqual(reference(frames.slice(0, from)));
    expect(side(nodes, "to")).toEqual(reference(frames.slice(0, to)));
  });
});

/** Each visible character with its id, in reading order. */
function characters(doc: Y.Doc): { readonly id: string; readonly unit: string }[] {
  const out: { id: string; unit: string }[] = [];
  const walk = (type: Y.XmlFragment | Y.XmlText) => {
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted) continue;
      if (item.content instanceof Y.ContentString) {
        for (let i = 0; i < item.length; i++)
          out.push({ id: `${item.id.client}:${item.id.clock + i}`, unit: item.content.str[i] as string });
      } else if (item.content instanceof Y.ContentType) walk(item.content.type as Y.XmlFragment);
    }
  };
  walk(doc.getXmlFragment("default"));
  return out;
}

test("[YD73] each character that came or went names the frame that brought it or took it away", () => {
  forEachSeed(1, HISTORIES, (random) => {
    const { frames } = history(random);
    // the naive way: after each frame, what is new and what is missing is that frame's
    const doc = new Y.Doc();
    const came = new Map<string, number>();
    const went = new Map<string, number>();
    const at: Set<string>[] = [new Set()];
    frames.forEach((update, i) => {
      Y.applyUpdate(doc, update);
      const there = new Set(characters(doc).map(({ id }) => id));
      for (const id of there) if (!came.has(id)) came.set(id, i + 1);
      for (const id of at[i] as Set<string>) if (!there.has(id)) went.set(id, i + 1);
      at.push(there);
    });
    const [from, to] = [random.int(frames.length + 1), random.int(frames.length + 1)].sort(
      (a, b) => a - b,
    ) as [number, number];
    const weave = weaveOf(frames);
    const drafts = new Drafter(weave.timeline, false).draft(weave.between("default", from, to));
    const seen = { came: new Map<string, number>(), went: new Map<string, number>() };
    const walk = (nodes: readonly Draft[]) => {
      for (const node of nodes) {
        if (node.kind === "element") walk(node.children);
        else if (node.state !== "kept") {
          for (const { client, clock, length } of node.ranges) {
            for (let i = 0; i < length; i++) {
              const id = `${client}:${clock + i}`;
              // a run that several frames brought names the last of them; its author is the same
              if (node.state === "inserted") seen.came.set(id, node.seq);
              else seen.went.set(id, node.seq);
            }
          }
        }
      }
    };
    walk(drafts);
    const expectedGone = [...(at[from] as Set<string>)].filter((id) => !(at[to] as Set<string>).has(id));
    expect([...seen.went].sort()).toEqual(expectedGone.map((id) => [id, went.get(id)] as const).sort());
    const expectedCome = [...(at[to] as Set<string>)].filter((id) => !(at[from] as Set<string>).has(id));
    expect([...seen.came.keys()].sort()).toEqual(expectedCome.sort());
    for (const [id, seq] of seen.came) expect(seq).toBeGreaterThanOrEqual(came.get(id) as number);
  });
});

/** A document in one replica, and the frames of what is done to it, each by one person. */
function written(...acts: readonly (readonly [author: number, act: (root: Y.XmlFragment) => void])[]) {
  const doc = new Y.Doc();
  const frames: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => frames.push(update));
  for (const [author, act] of acts) {
    doc.clientID = author;
    doc.transact(() => act(doc.getXmlFragment("default")));
  }
  return { weave: weaveOf(frames), authorOf: (seq: number) => acts[seq - 1]?.[0] ?? 0 };
}

function paragraph(text: string, name = "paragraph"): Y.XmlElement {
  const element = new Y.XmlElement(name);
  element.insert(0, [new Y.XmlText(text)]);
  return element;
}

const textAt = (root: Y.XmlFragment, i: number) => (root.get(i) as Y.XmlElement).get(0) as Y.XmlText;

/** "kind author text" for each change that holds text or stands alone. */
function told(nodes: readonly Compared[], authorOf: (seq: number) => number): string[] {
  return nodes.flatMap((node) => {
    const { change } = node;
    const own =
      change === null
        ? []
        : [
            `${change.n} ${change.kind} ${authorOf(change.seq)} ${node.kind === "text" ? node.text : node.name}`,
          ];
    return node.kind === "text" ? own : [...own, ...told(node.children, authorOf)];
  });
}

test("[YD74] neighbouring characters of one person are one change; two people's are two", () => {
  const { weave, authorOf } = written(
    [1, (root) => root.insert(0, [paragraph("The fox")])],
    [2, (root) => textAt(root, 0).insert(4, "red ")],
    [3, (root) => textAt(root, 0).insert(8, "big ")],
    [2, (root) => textAt(root, 0).insert(4, "very ")],
    [2, (root) => textAt(root, 0).delete(0, 4)],
  );
  const { nodes, changes, shares } = compare(weave, "default", 1, 5, authorOf);
  expect(told(nodes, authorOf)).toEqual(["1 deleted 2 The ", "2 inserted 2 very red ", "3 inserted 3 big "]);
  expect(changes).toBe(3);
  expect(shares).toEqual([
    { author: 2, inserted: 9, deleted: 4 },
    { author: 3, inserted: 4, deleted: 0 },
  ]);
});

test("[YD75] a block that was replaced by one of another type, or with other attributes, has changed there", () => {
  const { weave, authorOf } = written(
    [1, (root) => root.insert(0, [paragraph("Title"), paragraph("Text")])],
    [
      2,
      (root) => {
        root.delete(0, 1);
        root.insert(0, [paragraph("Title", "heading")]);
      },
    ],
    [3, (root) => (root.get(1) as Y.XmlElement).setAttribute("textAlign", "right")],
    [4, (root) => textAt(root, 1).format(0, 2, { bold: true })],
  );
  const { nodes } = compare(weave, "default", 1, 4, authorOf);
  expect(told(nodes, authorOf)).toEqual(["1 type 2 heading", "2 attributes 3 paragraph", "3 marks 4 Te"]);
  expect(nodes[0]?.change?.before).toEqual({ name: "paragraph", values: {} });
});

test("[YD76] what stands somewhere else is moved, as a block and as the end of a paragraph that was split", () => {
  const { weave, authorOf } = written(
    [
      1,
      (root) =>
        root.insert(0, [
          paragraph("First block"),
          paragraph("Second block"),
          paragraph("A sentence, and its end."),
        ]),
    ],
    [
      2,
      (root) => {
        root.delete(0, 1);
        root.insert(1, [paragraph("First block")]);
      },
    ],
    [
      3,
      (root) => {
        textAt(root, 2).delete(10, 14);
        root.insert(3, [paragraph(", and its end.")]);
      },
    ],
    [3, (root) => textAt(root, 2).insert(10, "!")],
  );
  const moved = compare(weave, "default", 1, 2, authorOf);
  expect(moved.changes).toBe(1);
  expect(told(moved.nodes, authorOf)).toEqual([
    "1 moved-away 2 paragraph",
    "1 moved-away 2 First block",
    "1 moved 2 paragraph",
    "1 moved 2 First block",
  ]);
  expect(moved.shares).toEqual([]);
  const split = compare(weave, "default", 2, 3, authorOf);
  expect(told(split.nodes, authorOf)).toEqual([
    "1 moved-away 3 , and its end.",
    "2 inserted 3 paragraph",
    "1 moved 3 , and its end.",
  ]);
});

test("[YD77] what was deleted and inserted again at its place is no change", () => {
  const { weave, authorOf } = written(
    [1, (root) => root.insert(0, [paragraph("Same text"), paragraph("Other")])],
    [2, (root) => root.delete(0, 1)],
    [3, (root) => root.insert(0, [paragraph("Same text")])],
    [
      3,
      (root) => {
        textAt(root, 1).delete(0, 5);
        textAt(root, 1).insert(0, "Other");
      },
    ],
  );
  expect(compare(weave, "default", 1, 4, authorOf).changes).toBe(0);
});
