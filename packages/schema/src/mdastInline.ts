import type { Definition, Link, LinkReference, Nodes, PhrasingContent } from "mdast";
import { assetReference, readFile, readImage } from "./assetReference.ts";
import type { JSONMark, JSONNode } from "./documentJSON.ts";
import { readHTMLTag } from "./htmlTag.ts";
import { addMark, joinTexts, setMark } from "./markSet.ts";
import { mentionId, mentionLabel } from "./mention.ts";
import { isSafeHref } from "./safeHref.ts";

/** What is known of the whole text while a part of it is read. */
export interface Reading {
  /** Where `[text][label]` points: the link definitions of the whole document by label. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The text that the positions in the tree are in. */
  readonly source: string;
  /** The asset that an address stands for, if it is one of the document's own. */
  readonly ownAsset: (address: string) => string | null;
}

const maxInlineDepth = 60;

/** All text below, without recursion: emphasis can nest as deep as the input is long. */
export function textOf(root: Nodes): string {
  const parts: string[] = [];
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ("value" in node) parts.push(node.value);
    if ("children" in node) waiting.push(...node.children.toReversed());
  }
  return parts.join("");
}

function text(value: string, marks: readonly JSONMark[]): JSONNode[] {
  const flat = value.replace(/[ \t]*(?:\r\n|\r|\n)[ \t]*/g, " ");
  if (flat === "") return [];
  return [marks.length > 0 ? { type: "text", text: flat, marks: [...marks] } : { type: "text", text: flat }];
}

function linked(
  marks: readonly JSONMark[],
  href: string | null | undefined,
  title?: string | null,
): readonly JSONMark[] {
  if (!isSafeHref(href)) return marks;
  return addMark(marks, { type: "link", attrs: title ? { href, title } : { href } });
}

/** A picture, or where it may not be shown what it is called. */
function image(
  address: string | null | undefined,
  alt: string | null | undefined,
  attributes: Readonly<Record<string, unknown>>,
  marks: readonly JSONMark[],
  reading: Reading,
): JSONNode[] {
  const found = readImage(address, { alt, ...attributes }, reading.ownAsset);
  if (found !== null) return [found];
  const caption = typeof attributes.caption === "string" ? attributes.caption : null;
  return text(alt || (address ?? ""), linked(marks, address, caption));
}

const mentionScheme = "mention:";

function convert(
  nodes: readonly PhrasingContent[],
  outer: readonly JSONMark[],
  reading: Reading,
  depth: number,
): JSONNode[] {
  if (depth > maxInlineDepth) return nodes.flatMap((node) => text(textOf(node), outer));
  const within = (node: { children: PhrasingContent[] }, marks: readonly JSONMark[]) =>
    convert(node.children, marks, reading, depth + 1);
  const open: { name: string; marks: readonly JSONMark[] }[] = [];
  let marks = outer;
  /** Up to here the nodes belong to one that was read already. */
  let until = 0;

  const link = (node: Link | LinkReference, at: number): JSONNode[] => {
    const { url, title } = (node.type === "link" ? node : reading.definitions.get(node.identifier)) ?? {};
    const id = url?.startsWith(mentionScheme) ? mentionId(url.slice(mentionScheme.length)) : null;
    if (id !== null)
      return [{ type: "mention", attrs: { id, label: mentionLabel(textOf(node).replace(/^@/, "")) } }];
    const next = nodes[at + 1];
    const asset = assetReference(url, next?.type === "html" ? next.value : "", reading.ownAsset);
    if (asset === null) return within(node, linked(marks, url, title));
    if (asset.isDescribed) until = at + 2;
    return [readFile(asset, textOf(node))];
  };

  const html = (value: string, at: number): JSONNode[] => {
    const tag = readHTMLTag(value);
    switch (tag.kind) {
      case "text":
        return text(value, marks);
      case "break":
        return [{ type: "hardBreak" }];
      case "image": {
        const { attributes } = tag;
        const attr = (name: string) => attributes.getAttribute(name);
        const look = { width: attr("width"), align: attr("data-align"), ratio: attr("data-ratio") };
        return image(attr("src"), attr("alt"), { caption: attr("title"), ...look }, marks, reading);
      }
      case "open":
        open.push({ name: tag.name, marks });
        if (tag.mark?.type === "link")
          marks = linked(marks, tag.mark.attrs?.href as string, tag.mark.attrs?.title as string);
        else if (tag.mark !== null)
          marks = tag.mark.attrs ? setMark(marks, tag.mark) : addMark(marks, tag.mark);
        return [];
      case "close": {
        const index = open.findLastIndex((other) => other.name === tag.name);
        if (index >= 0) marks = open.splice(index)[0]?.marks ?? outer;
        return [];
      }
      case "atom": {
        const end = endOf(nodes, at, tag.name);
        if (end === null) open.push({ name: tag.name, marks });
        else until = end + 1;
        return end === null ? [] : [tag.node];
      }
      case "nothing":
        return [];
    }
  };

  return nodes.flatMap((node, at): JSONNode[] => {
    if (at < until) return [];
    switch (node.type) {
      case "text":
        return text(node.value, marks);
      case "strong":
        return within(node, addMark(marks, { type: "bold" }));
      case "emphasis":
        return within(node, addMark(marks, { type: "italic" }));
      case "delete":
        return within(node, addMark(marks, { type: "strike" }));
      case "inlineCode":
        return text(node.value, addMark(marks, { type: "code" }));
      case "inlineMath":
        return [{ type: "inlineMath", attrs: { latex: node.value } }];
      case "break":
        return [{ type: "hardBreak" }];
      case "link":
      case "linkReference":
        return link(node, at);
      case "image":
        return image(node.url, node.alt, { caption: node.title }, marks, reading);
      case "imageReference": {
        const definition = reading.definitions.get(node.identifier);
        return image(definition?.url, node.alt, { caption: definition?.title }, marks, reading);
      }
      case "html":
        return html(node.value, at);
      default:
        return text(textOf(node), marks);
    }
  });
}

/** Where the element that opens at `from` closes among its siblings. */
function endOf(nodes: readonly PhrasingContent[], from: number, name: string): number | null {
  let depth = 0;
  for (let at = from; at < nodes.length; at++) {
    const node = nodes[at];
    if (node?.type !== "html") continue;
    const tag = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)/.exec(node.value);
    if (tag?.[2]?.toLowerCase() !== name) continue;
    depth += tag[1] === "/" ? -1 : 1;
    if (depth === 0) return at;
  }
  return null;
}

/**
 * The text, breaks, formulas, mentions and marks of a paragraph, heading or cell. Pictures and files stand among them: they are
 * blocks of their own here, which `splitAtBlocks` takes out.
 */
export function inlineFromMdast(nodes: readonly PhrasingContent[], reading: Reading): JSONNode[] {
  return joinTexts(convert(nodes, [], reading, 0));
}
