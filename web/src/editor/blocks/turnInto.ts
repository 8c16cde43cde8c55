import { Fragment, type Node, type Schema } from "@tiptap/pm/model";
import { TextSelection, type Transaction } from "@tiptap/pm/state";
import { type BlockRange, isItem, isList, nodesIn } from "./blockRange.ts";
import type { Kind } from "./kinds.ts";

function made(
  schema: Schema,
  name: string,
  attrs: object | null,
  content: Fragment | Node | Node[] | null,
): Node {
  const type = schema.nodes[name];
  if (type === undefined) throw new Error(`The schema has no ${name}`);
  return type.createChecked(attrs as Record<string, unknown> | null, content);
}

const look = ({ attrs }: Node) => ({ dir: attrs.dir ?? null, tint: attrs.tint ?? null });

function lines(schema: Schema, text: string): Node[] {
  return text
    .split("\n")
    .map((each) => made(schema, "paragraph", null, each === "" ? null : schema.text(each)));
}

/** A block without its kind: the plain blocks that hold what it says. */
function plain(node: Node): Node[] {
  const { schema } = node.type;
  if (isList(node)) return node.children.flatMap(plain);
  switch (node.type.name) {
    case "listItem":
    case "taskItem":
    case "callout":
    case "blockquote":
      return [...node.children];
    case "details":
      return node.children.flatMap((each) =>
        each.type.name === "detailsSummary"
          ? [made(schema, "paragraph", { dir: each.attrs.dir }, each.content)]
          : [...each.children],
      );
    case "heading":
      return [made(schema, "paragraph", { ...look(node), textAlign: node.attrs.textAlign }, node.content)];
    case "codeBlock":
      return lines(schema, node.textContent);
    case "blockMath":
      return lines(schema, String(node.attrs.latex));
    default:
      return [node];
  }
}

/** Text without what cannot stand in code. */
const textOf = (nodes: readonly Node[]): string =>
  nodes.map((node) => node.textBetween(0, node.content.size, "\n", "\n")).join("\n");

function listOf(schema: Schema, name: string, blocks: readonly Node[]): Node {
  const item = name === "taskList" ? "taskItem" : "listItem";
  const items: Node[][] = [];
  for (const block of blocks) {
    if (block.type.name === "paragraph") items.push([block]);
    else if (items.length === 0) items.push([made(schema, "paragraph", null, null), block]);
    else items.at(-1)?.push(block);
  }
  return made(
    schema,
    name,
    null,
    items.map((content) => made(schema, item, null, content)),
  );
}

/** Blocks as another kind; null where they cannot be that. */
export function turned(nodes: readonly Node[], kind: Kind): readonly Node[] | null {
  const schema = nodes[0]?.type.schema;
  if (schema === undefined) return null;
  const blocks = nodes.flatMap(plain);
  const [first] = blocks;
  if (first === undefined) return null;
  switch (kind.name) {
    case "paragraph":
      return blocks;
    case "heading":
      return blocks.map((block, index) =>
        block.type.name === "paragraph" && (index === 0 || nodes.length > 1)
          ? made(
              schema,
              "heading",
              { ...look(block), textAlign: block.attrs.textAlign, level: kind.level },
              block.content,
            )
          : block,
      );
    case "bulletList":
    case "orderedList":
    case "taskList":
      return [listOf(schema, kind.name, blocks)];
    case "quote":
      return [made(schema, "blockquote", null, blocks)];
    case "callout":
      return [made(schema, "callout", { kind: kind.callout }, blocks)];
    case "toggle": {
      const begins = first.type.name === "paragraph";
      const rest = begins ? blocks.slice(1) : blocks;
      return [
        made(schema, "details", null, [
          made(
            schema,
            "detailsSummary",
            begins ? { dir: first.attrs.dir } : null,
            begins ? first.content : null,
          ),
          made(
            schema,
            "detailsContent",
            null,
            rest.length > 0 ? rest : [made(schema, "paragraph", null, null)],
          ),
        ]),
      ];
    }
    case "code": {
      const text = textOf(blocks);
      return [made(schema, "codeBlock", null, text === "" ? null : schema.text(text))];
    }
    case "math":
      return [made(schema, "blockMath", { latex: textOf(blocks) }, null)];
  }
}

/** Puts blocks where others stand; items that become something else divide the list around them. */
function replaceBlocks(tr: Transaction, range: BlockRange, nodes: readonly Node[]): number | null {
  const $from = tr.doc.resolve(range.from);
  const { parent } = $from;
  if (!isList(parent) || nodes.every(isItem)) {
    tr.replaceWith(range.from, range.to, Fragment.from([...nodes]));
    return range.from;
  }
  const before = parent.content.cut(0, range.from - $from.start());
  const after = parent.content.cut(range.to - $from.start());
  const divided = [
    ...(before.size > 0 ? [parent.copy(before)] : []),
    ...nodes,
    ...(after.size > 0 ? [parent.copy(after)] : []),
  ];
  const around = tr.doc.resolve($from.before());
  const [index, content] = [around.index(), Fragment.from(divided)];
  if (!around.parent.canReplace(index, index + 1, content)) return null;
  tr.replaceWith($from.before(), $from.after(), content);
  return $from.before() + (before.size > 0 ? parent.copy(before).nodeSize : 0);
}

/** Turns blocks into another kind and puts the caret where it was in their text. False where that cannot be. */
export function turnInto(tr: Transaction, range: BlockRange, kind: Kind): boolean {
  const { $from } = tr.selection;
  const inside = $from.pos > range.from && $from.pos < range.to && $from.parent.inlineContent;
  const offset = inside ? $from.pos - $from.start() : 0;
  // Of several lines the caret's own is found again by how many there are before it.
  let line = 0;
  if (inside)
    tr.doc.nodesBetween(range.from, $from.start() - 1, (node, pos) => {
      if (node.isTextblock && pos >= range.from) line++;
    });
  const nodes = turned(nodesIn(tr.doc, range), kind);
  if (nodes === null) return false;
  const at = replaceBlocks(tr, range, nodes);
  if (at === null) return false;
  const end = at + nodes.reduce((size, node) => size + node.nodeSize, 0);
  let caret: number | null = null;
  tr.doc.nodesBetween(at, end, (node, pos) => {
    if (!node.isTextblock || pos < at) return;
    if (line >= 0) caret = pos + 1 + Math.min(line === 0 ? offset : 0, node.content.size);
    line--;
  });
  if (caret !== null) tr.setSelection(TextSelection.create(tr.doc, caret));
  tr.scrollIntoView();
  return true;
}
