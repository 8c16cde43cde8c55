import type { Definition, Nodes, PhrasingContent } from "mdast";
import type { JSONMark, JSONNode } from "./documentJSON.ts";
import { readHTMLTag } from "./htmlTag.ts";
import { addMark, joinTexts } from "./markSet.ts";
import { isSafeHref } from "./safeHref.ts";

/** Where `[text][label]` points: the link definitions of the whole document by label. */
export type Definitions = ReadonlyMap<string, Definition>;

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
  href: string | undefined,
  title?: string | null,
): readonly JSONMark[] {
  if (!isSafeHref(href)) return marks;
  return addMark(marks, { type: "link", attrs: title ? { href, title } : { href } });
}

function convert(
  nodes: readonly PhrasingContent[],
  outer: readonly JSONMark[],
  definitions: Definitions,
  depth: number,
): JSONNode[] {
  if (depth > maxInlineDepth) return nodes.flatMap((node) => text(textOf(node), outer));
  const within = (node: { children: PhrasingContent[] }, marks: readonly JSONMark[]) =>
    convert(node.children, marks, definitions, depth + 1);
  const open: { name: string; marks: readonly JSONMark[] }[] = [];
  let marks = outer;
  return nodes.flatMap((node): JSONNode[] => {
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
      case "break":
        return [{ type: "hardBreak" }];
      case "link":
        return within(node, linked(marks, node.url, node.title));
      case "linkReference": {
        const definition = definitions.get(node.identifier);
        return within(node, linked(marks, definition?.url, definition?.title));
      }
      case "image":
        return text(node.alt || node.url, linked(marks, node.url, node.title));
      case "imageReference": {
        const definition = definitions.get(node.identifier);
        return text(node.alt || (definition?.url ?? ""), linked(marks, definition?.url, definition?.title));
      }
      case "html": {
        const tag = readHTMLTag(node.value);
        if (tag.kind === "text") return text(node.value, marks);
        if (tag.kind === "break") return [{ type: "hardBreak" }];
        if (tag.kind === "open") {
          open.push({ name: tag.name, marks });
          marks = tag.mark === "link" ? linked(marks, tag.href) : addMark(marks, { type: tag.mark });
        }
        if (tag.kind === "close") {
          const index = open.findLastIndex((other) => other.name === tag.name);
          if (index >= 0) marks = open.splice(index)[0]?.marks ?? outer;
        }
        return [];
      }
      default:
        return text(textOf(node), marks);
    }
  });
}

/** The text, breaks and marks of a paragraph, heading or cell. */
export function inlineFromMdast(nodes: readonly PhrasingContent[], definitions: Definitions): JSONNode[] {
  return joinTexts(convert(nodes, [], definitions, 0));
}
