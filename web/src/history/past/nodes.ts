import { Fragment, type Mark, type Node, type Schema, Slice } from "@tiptap/pm/model";
import { ReplaceStep, type Step } from "@tiptap/pm/transform";
import type { MarkJSON, NodeJSON } from "./answers.ts";

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) =>
    sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

export function marksFrom(schema: Schema, marks: readonly MarkJSON[] | undefined): readonly Mark[] {
  return (marks ?? []).flatMap(({ type, attrs }) => schema.marks[type]?.create(attrs ?? null) ?? []);
}

/**
 * Builds the nodes of an answer, telling `visit` where each one stands. Keys that ProseMirror does not know are left alone, and
 * so is the schema's grammar: what is there at either of two moments need not be a document that could be written.
 */
export function grow<Json extends NodeJSON & { readonly content?: readonly Json[] }>(
  schema: Schema,
  json: Json,
  visit: (json: Json, node: Node, pos: number, parent: Json | null) => void,
): Node {
  const build = (each: Json, pos: number, parent: Json | null): Node | null => {
    if (each.type === "text") {
      if (!each.text) return null;
      const text = schema.text(each.text, marksFrom(schema, each.marks));
      visit(each, text, pos, parent);
      return text;
    }
    const type = schema.nodes[each.type];
    if (type === undefined) return null;
    const children: Node[] = [];
    let at = pos + 1;
    for (const child of each.content ?? []) {
      const built = build(child, at, each);
      if (built === null) continue;
      children.push(built);
      at += built.nodeSize;
    }
    const node = type.create(each.attrs ?? null, Fragment.fromArray(children), marksFrom(schema, each.marks));
    visit(each, node, pos, parent);
    return node;
  };
  const doc = build(json, -1, null);
  if (doc === null || doc.childCount === 0)
    return schema.topNodeType.create(null, schema.nodes.paragraph?.create());
  return doc;
}

export type Grown = { readonly json: NodeJSON; readonly doc: Node };

/**
 * The document of a moment. Blocks at its start and end that are those of the last one are shared with it, so that a moment costs
 * what differs and not the whole document, in building it as well as in comparing and drawing it.
 */
export function growShared(schema: Schema, json: NodeJSON, last: Grown | null): Node {
  const blocks = json.content ?? [];
  const before = last?.json.content ?? [];
  // Blocks that could not be built, or the one that stands for an empty document, are no pairs of what was asked for.
  if (last === null || last.doc.childCount !== before.length)
    return grow<NodeJSON>(schema, json, () => undefined);
  const most = Math.min(blocks.length, before.length);
  let start = 0;
  while (start < most && sameValue(blocks[start], before[start])) start++;
  let end = 0;
  while (end < most - start && sameValue(blocks.at(-1 - end), before.at(-1 - end))) end++;
  const children: Node[] = [];
  for (let index = 0; index < start; index++) children.push(last.doc.child(index));
  const middle = blocks.slice(start, blocks.length - end);
  if (middle.length > 0)
    grow<NodeJSON>(schema, { type: "doc", content: middle }, () => undefined).forEach((node) => {
      children.push(node);
    });
  for (let index = end; index > 0; index--) children.push(last.doc.child(before.length - index));
  return children.length === 0
    ? grow<NodeJSON>(schema, json, () => undefined)
    : schema.topNodeType.create(null, Fragment.fromArray(children));
}

function narrowStep(before: Node, after: Node): Step | null {
  const start = before.content.findDiffStart(after.content);
  const end = before.content.findDiffEnd(after.content);
  if (start === null || end === null) return null;
  // "aa" → "aaa": counted from both sides, what is equal overlaps.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  return new ReplaceStep(start, end.a + overlap, after.slice(start, end.b + overlap));
}

function blockStep(before: Node, after: Node): Step {
  const most = Math.min(before.childCount, after.childCount);
  let start = 0;
  let from = 0;
  while (start < most && before.child(start).eq(after.child(start))) from += before.child(start++).nodeSize;
  let end = 0;
  let to = before.content.size;
  while (
    end < most - start &&
    before.child(before.childCount - 1 - end).eq(after.child(after.childCount - 1 - end))
  )
    to -= before.child(before.childCount - 1 - end++).nodeSize;
  const middle: Node[] = [];
  for (let index = start; index < after.childCount - end; index++) middle.push(after.child(index));
  return new ReplaceStep(from, to, new Slice(Fragment.fromArray(middle), 0, 0));
}

/** The step that turns one document into another by replacing only what differs; null when nothing does. */
export function stepBetween(before: Node, after: Node): Step | null {
  const narrow = narrowStep(before, after);
  if (narrow === null) return null;
  try {
    if (narrow.apply(before).doc?.eq(after)) return narrow;
  } catch (_doesNotFit) {
    // Between unlike depths, or inside a block that breaks the schema's grammar: whole blocks always fit.
  }
  return blockStep(before, after);
}
