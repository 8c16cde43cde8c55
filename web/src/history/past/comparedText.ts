import type { Node, Schema } from "@tiptap/pm/model";
import type { Change, ChangeKind, DiffNode, MarkJSON } from "./answers.ts";
import { splitPictures } from "./changedPictures.ts";
import { grow } from "./nodes.ts";
import type { Piece } from "./pieces.ts";
import { pastText } from "./text.ts";

/** One change as people count them; it may consist of many pieces. */
export type ShownChange = {
  readonly n: number;
  readonly kind: ChangeKind;
  readonly by: number | null;
  readonly at: string | null;
  readonly from: number;
  readonly to: number;
  /** True when something of it was deleted, and can be put back. */
  readonly deletes: boolean;
  readonly excerpt: string;
  /** What became of which property, in words. */
  readonly differences: readonly string[];
};

export type ComparedText = {
  readonly doc: Node;
  readonly pieces: readonly Piece[];
  readonly changes: readonly ShownChange[];
};

const excerptLength = 80;

const said = (value: unknown): string => {
  if (value === null || value === undefined || value === "") return pastText.none;
  if (typeof value === "boolean") return value ? pastText.on : pastText.off;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};
const typeName = (type: string) => pastText.types[type] ?? type;

function attributeDifferences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [was, is] = [said(before[name]), said(after[name])];
    // how high a picture is for its width says nothing to anybody, and neither does the id of its bytes
    if (name === "ratio") return [];
    if (name === "src" && was !== is) return [pastText.replaced];
    return was === is ? [] : [pastText.difference(pastText.attributes[name] ?? name, was, is)];
  });
}

function markDifferences(before: readonly MarkJSON[], after: readonly MarkJSON[]): string[] {
  const types = [...new Set([...before, ...after].map(({ type }) => type))];
  return types.flatMap((type) => {
    const was = before.find((mark) => mark.type === type);
    const is = after.find((mark) => mark.type === type);
    const name = pastText.marks[type] ?? type;
    if (was === undefined) return [pastText.difference(name, pastText.off, pastText.on)];
    if (is === undefined) return [pastText.difference(name, pastText.on, pastText.off)];
    return attributeDifferences(was.attrs ?? {}, is.attrs ?? {});
  });
}

/** What a change of type, attributes or marks did, property by property: "level: 1 → 2". */
export function differencesOf({ type, attrs, marks, change }: DiffNode): readonly string[] {
  const before = change?.before;
  if (before === undefined) return [];
  return [
    ...(before.type === undefined || before.type === type
      ? []
      : [pastText.difference(pastText.kind, typeName(before.type), typeName(type))]),
    ...(before.attrs === undefined ? [] : attributeDifferences(before.attrs, attrs ?? {})),
    ...(before.marks === undefined ? [] : markDifferences(before.marks, marks ?? [])),
  ];
}

type Gathering = Omit<ShownChange, "kind" | "from" | "to" | "deletes" | "excerpt" | "differences"> & {
  kind: ChangeKind;
  from: number;
  to: number;
  deletes: boolean;
  excerpt: string;
  differences: Set<string>;
};

function gather(changes: Map<number, Gathering>, change: Change, from: number, to: number): Gathering {
  const known = changes.get(change.n);
  if (known !== undefined) {
    // The place that a change is shown at is where something is: a move's old place is only its shadow.
    if (change.kind === "moved-away") return known;
    if (known.kind === "moved-away") Object.assign(known, { kind: change.kind, from, to });
    known.from = Math.min(known.from, from);
    known.to = Math.max(known.to, to);
    return known;
  }
  const { n, kind, by, at } = change;
  const begun = { n, kind, by, at, from, to, deletes: false, excerpt: "", differences: new Set<string>() };
  changes.set(n, begun);
  return begun;
}

/** Both moments as one document, the pieces of it that differ, and the changes that they belong to. */
export function comparedText(schema: Schema, content: DiffNode): ComparedText {
  const pieces: Piece[] = [];
  const changes = new Map<number, Gathering>();
  const { content: shown, halves } = splitPictures(content);
  const doc = grow<DiffNode>(schema, shown, (json, node, pos, parent) => {
    const { change } = json;
    if (change === undefined || pos < 0) return;
    const [from, to] = [pos, pos + node.nodeSize];
    const gathered = gather(changes, change, from, to);
    if (change.kind === "deleted") gathered.deletes = true;
    if (node.isText && gathered.excerpt.length < excerptLength)
      gathered.excerpt = (gathered.excerpt + node.text).slice(0, excerptLength);
    for (const each of differencesOf(json)) gathered.differences.add(each);
    const shape = node.isInline ? "inline" : /^table(Cell|Header)$/.test(json.type) ? "cell" : "block";
    // A list that was inserted with its items and their text is one thing at the margin, not four.
    const within = parent?.change?.n === change.n && parent.change.kind === change.kind;
    if (shape === "block" && within && !node.isLeaf) return;
    pieces.push({ from, to, shape, kind: halves.get(json) ?? change.kind, n: change.n, by: change.by });
  });
  return {
    doc,
    pieces,
    changes: [...changes.values()]
      .sort((a, b) => a.n - b.n)
      .map((each) => ({ ...each, differences: [...each.differences] })),
  };
}
