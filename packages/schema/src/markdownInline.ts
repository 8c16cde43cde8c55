import { colourName } from "./colours.ts";
import type { JSONMark, JSONNode } from "./documentJSON.ts";
import { codeSpan, escapeText, linkTarget, plainLine } from "./escapeMarkdown.ts";
import type { AssetAddress } from "./image.ts";
import { type Inline, inlineTree } from "./inlineTree.ts";
import { inlineTypes } from "./inlineTypes.ts";
import { fileMarkdown, imageMarkdown, inlineMathMarkdown, mentionMarkdown } from "./markdownAtoms.ts";
import { isSafeHref } from "./safeHref.ts";

/** Marks Markdown has no sign for are written as the HTML tags that `markdownToJSON` reads back. */
const tags: Readonly<Record<string, string>> = {
  bold: "strong",
  italic: "em",
  strike: "del",
  underline: "u",
  highlight: "mark",
  textColor: "span",
  subscript: "sub",
  superscript: "sup",
};

type Block = "paragraph" | "heading" | "cell";

interface Context {
  readonly block: Block;
  /** The last leaf of the block, where a backslash would be text and trailing spaces would go. */
  readonly last: JSONNode | undefined;
  /** Whether a `$` that is text could close a formula. */
  readonly hasDollars: boolean;
  readonly assetAddress: AssetAddress;
  readonly inBold: boolean;
  readonly inLink: boolean;
  /** What stands around these siblings: `""` is the edge of a line, `"<"` any punctuation. */
  readonly before: string;
  readonly after: string;
}

function writable(mark: JSONMark, node: JSONNode): boolean {
  // A mention is written as a link, and links do not stand in each other.
  if (mark.type === "link") return isSafeHref(mark.attrs?.href) && node.type !== "mention";
  if (mark.type === "textColor") return colourName(mark.attrs?.color) !== null;
  return mark.type === "code" || Object.hasOwn(tags, mark.type);
}

function isCode(node: JSONNode): boolean {
  return node.marks?.some((mark) => mark.type === "code") ?? false;
}

function isSpace(character: string): boolean {
  return character === "" || /\s/u.test(character);
}

function isPunctuation(character: string): boolean {
  return /[\p{P}\p{S}]/u.test(character);
}

/** The last or first character, as a code unit (what the parser classifies) and as a code point (what the standard says). */
function edges(text: string, end: "first" | "last"): string[] {
  if (text === "") return [""];
  const point =
    end === "first"
      ? String.fromCodePoint(text.codePointAt(0) ?? 0)
      : (Array.from(text.slice(-2)).at(-1) ?? "");
  return [end === "first" ? text.charAt(0) : text.charAt(text.length - 1), point];
}

/** CommonMark's flanking rules: whether a delimiter between `outside` and `inside` opens (or, mirrored, closes). */
function flanks(outside: readonly string[], inside: readonly string[], delimiter: string): boolean {
  return inside.every((inner, index) => {
    const outer = outside[index] ?? outside[0] ?? "";
    const apart = isSpace(outer) || isPunctuation(outer);
    if (isSpace(inner) || inner === delimiter || outer === delimiter) return false;
    return apart || (delimiter !== "_" && !isPunctuation(inner));
  });
}

function emphasis(mark: JSONMark, inner: string, context: Context, before: string, after: string): string {
  const fits = (delimiter: string) =>
    flanks(edges(before, "last"), edges(inner, "first"), delimiter) &&
    flanks(edges(after, "first"), edges(inner, "last"), delimiter);
  if (mark.type === "bold" && fits("*")) return `**${inner}**`;
  if (mark.type === "strike" && fits("~")) return `~~${inner}~~`;
  if (mark.type === "italic") {
    if (fits("_")) return `_${inner}_`;
    // Beside or inside other stars a star could pair with the wrong one.
    const alone = !context.inBold && !inner.includes("*") && before !== "<" && after !== "<";
    if (alone && fits("*")) return `*${inner}*`;
  }
  const tag = tags[mark.type] ?? "span";
  const color = colourName(mark.attrs?.color);
  return `<${tag}${color === null ? "" : ` data-color="${color}"`}>${inner}</${tag}>`;
}

/** `<https://…>` where the text is the address itself. */
function autolink(span: Inline & { kind: "span" }, inCell: boolean): string | null {
  const child = span.children[0];
  const href = span.mark.attrs?.href;
  if (span.children.length !== 1 || child?.kind !== "leaf" || typeof href !== "string") return null;
  const { text } = child.node;
  if (text === undefined || isCode(child.node) || span.mark.attrs?.title) return null;
  if (/[\s<>\p{C}]/u.test(text) || (inCell && text.includes("|"))) return null;
  if (text === href && /^https?:/i.test(text)) return `<${text}>`;
  return `mailto:${text}` === href && /^[\w.+-]+@[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)+$/.test(text)
    ? `<${text}>`
    : null;
}

function leaf(
  node: JSONNode,
  context: Context,
  before: string,
  place: { after: string; isAfterMath: boolean },
) {
  const inCell = context.block === "cell";
  switch (node.type) {
    case "hardBreak":
      return context.block === "paragraph" && node !== context.last ? "\\\n" : "<br>";
    case "mention":
      return mentionMarkdown(node, inCell);
    case "image":
      return imageMarkdown(node, inCell, context.assetAddress);
    case "file":
      return fileMarkdown(node, inCell, context.assetAddress);
    case "inlineMath":
    case "blockMath":
      return inlineMathMarkdown(node, { inCell, inLink: context.inLink, ...place });
    default:
      return text(node, context, before);
  }
}

function text(node: JSONNode, context: Context, before: string): string {
  const { block, hasDollars } = context;
  const inCell = block === "cell";
  const place = {
    lineStart: before === "",
    blockEnd: node === context.last,
    inHeading: block === "heading",
    inCell,
    hasDollars,
  };
  if (!isCode(node)) return escapeText(node.text ?? "", place);
  // "[`a]: b`](…)" at the start of a block is a link definition: labels end before code spans are looked for.
  const definition = context.inLink && node.text?.includes("]:");
  const code = definition ? null : codeSpan(node.text ?? "", inCell);
  return (
    code ?? `<code>${escapeText(node.text ?? "", { ...place, lineStart: false, blockEnd: false })}</code>`
  );
}

/** The edge of a neighbour that is only written later: its text if it is plain text, else "some punctuation". */
function neighbour(inline: Inline | undefined, outside: string): string {
  if (inline === undefined) return outside;
  if (inline.kind === "span" || inline.node.type !== "text" || isCode(inline.node)) return "<";
  return plainLine(inline.node.text ?? "");
}

function siblings(inlines: readonly Inline[], context: Context): string {
  let before = context.before;
  const parts: string[] = [];
  for (const [index, inline] of inlines.entries()) {
    const after = neighbour(inlines[index + 1], context.after);
    if (inline.kind === "leaf") {
      const previous = inlines[index - 1];
      const isAfterMath = previous?.kind === "leaf" && isMath(previous.node);
      parts.push(leaf(inline.node, context, before, { after, isAfterMath }));
      const breaksLine = inline.node.type === "hardBreak" && parts.at(-1) !== "<br>";
      before = breaksLine ? "" : neighbour(inline, "<");
      continue;
    }
    const { mark } = inline;
    const inBold = context.inBold || mark.type === "bold";
    const inLink = context.inLink || mark.type === "link";
    const inner = siblings(inline.children, { ...context, inBold, inLink, before: "<", after: "<" });
    if (mark.type === "link") {
      const inCell = context.block === "cell";
      const target = linkTarget(String(mark.attrs?.href), mark.attrs?.title, inCell);
      parts.push(autolink(inline, inCell) ?? `[${inner}](${target})`);
    } else {
      parts.push(emphasis(mark, inner, context, before, after));
    }
    before = "<";
  }
  return parts.join("");
}

function isMath(node: JSONNode): boolean {
  return node.type === "inlineMath" || node.type === "blockMath";
}

/** What cannot stand in a line of Markdown is reduced to the text it holds. */
function flatten(nodes: readonly JSONNode[], block: Block): JSONNode[] {
  const stands = ({ type }: JSONNode) =>
    inlineTypes.has(type) ||
    (block === "cell" && (type === "image" || type === "file" || type === "blockMath"));
  return nodes.flatMap((node) => (stands(node) ? [node] : flatten(node.content ?? [], block)));
}

/** Whether any `$` may close a formula, whatever is written around it: conservative, `\$` reads as well as `$`. */
function canCloseMath(nodes: readonly JSONNode[]): boolean {
  if (nodes.some(isMath)) return true;
  const texts = nodes
    .flatMap(({ text, attrs, marks = [] }) => [text, attrs, ...marks.map((mark) => mark.attrs)])
    .flatMap((value): unknown[] => (typeof value === "object" ? Object.values(value) : [value]))
    .filter((value) => typeof value === "string");
  const signs = texts.reduce((sum, text) => sum + text.split("$").length - 1, 0);
  return signs > 1 && texts.some((text) => /(?:^\s*|\S)\$(?!\d)/.test(text));
}

/** Writes inline nodes as Markdown that reads back as the same nodes; a paragraph's hard breaks make several lines. */
export function markdownInline(nodes: readonly JSONNode[], block: Block, assetAddress: AssetAddress): string {
  const flat = flatten(nodes, block);
  const tree = inlineTree(flat, writable, (mark) => mark.type !== "code");
  let last = tree.at(-1);
  while (last?.kind === "span") last = last.children.at(-1);
  const edges = { before: "", after: "" };
  const hasDollars = canCloseMath(flat);
  return siblings(tree, {
    block,
    assetAddress,
    hasDollars,
    last: last?.node,
    inBold: false,
    inLink: false,
    ...edges,
  });
}
